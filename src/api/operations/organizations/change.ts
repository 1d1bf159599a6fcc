import { given } from "../../body/body.ts";
import { actOf } from "../../context.ts";
import { content, ok, operation } from "../../operation.ts";
import { changeOrganizationBody } from "../../requests/telephony.ts";
import { NO_BUCKET } from "../settings/settings.ts";
import { ONE_ORGANIZATION, ORGANIZATION, ofOrganization } from "./organization.ts";

export const changeOrganization = operation({
  ...ONE_ORGANIZATION,
  method: "PATCH",
  id: "changeOrganization",
  summary: "Change an organization",
  description: "Absent fields are left unchanged. A lower limit ends no calls in flight.",
  body: content("ChangeOrganization", changeOrganizationBody, { agent_call_concurrency_limit: 40 }),
  answer: ok("The organization after the change.", ORGANIZATION),
  refusals: NO_BUCKET,
  handle: (c, { body }) => ofOrganization(c, (one) => one.change(given(body), actOf(c))),
});
