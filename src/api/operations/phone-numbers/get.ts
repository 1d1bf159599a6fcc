import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { NUMBER, ONE_NUMBER } from "./phone-number.ts";

export const getPhoneNumber = operation({
  ...ONE_NUMBER,
  method: "GET",
  id: "getPhoneNumber",
  summary: "Read a phone number",
  answer: ok("The phone number.", NUMBER),
  handle: (c) => organizationOf(c).getPhoneNumber(pathPart(c, "phone_number_id")),
});
