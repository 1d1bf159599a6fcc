import { actOf, organizationOf, pathPart } from "../../context.ts";
import { deleted, operation, refusal } from "../../operation.ts";
import { ONE_NUMBER } from "./phone-number.ts";

export const deletePhoneNumber = operation({
  ...ONE_NUMBER,
  method: "DELETE",
  id: "deletePhoneNumber",
  summary: "Delete a phone number",
  answer: deleted,
  refusals: { 409: refusal("in_use", "An agent or a running batch uses it.") },
  handle: (c) => organizationOf(c).deletePhoneNumber(pathPart(c, "phone_number_id"), actOf(c)),
});
