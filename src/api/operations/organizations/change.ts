import { given } from "../../body.ts";
import { content, ok, operation } from "../../operation.ts";
import { changeOrganizationBody } from "../../schemas/telephony.ts";
import { ONE_ORGANIZATION, ORGANIZATION, ofOrganization } from "./organization.ts";

export const changeOrganization = operation({
  ...ONE_ORGANIZATION,
  method: "PATCH",
  id: "changeOrganization",
  summary: "Change an organization",
  description: "Fields that are not given stay as they are. A lowered limit takes nothing back from who is talking.",
  body: content("ChangeOrganization", changeOrganizationBody, { agent_call_concurrency_limit: 40 }),
  answer: ok("As it is now.", ORGANIZATION),
  handle: (c, { body }) => ofOrganization(c, (one) => one.change(given(body))),
});
