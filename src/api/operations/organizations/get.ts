import { ok, operation } from "../../operation.ts";
import { ONE_ORGANIZATION, ORGANIZATION, ofOrganization } from "./organization.ts";

export const getOrganization = operation({
  ...ONE_ORGANIZATION,
  method: "GET",
  id: "getOrganization",
  summary: "Read an organization",
  answer: ok("The organization.", ORGANIZATION),
  handle: (c) => ofOrganization(c, (one) => one.describe()),
});
