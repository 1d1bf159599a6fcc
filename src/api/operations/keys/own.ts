import { known, timeOrNull } from "../../../calling/answers/json.ts";
import { ok as done } from "../../../calling/requests/result.ts";
import { jurisdictionOf } from "../../../calling/words/jurisdiction.ts";
import { defaultJurisdiction } from "../../../jurisdiction.ts";
import { ownKeyAnswer } from "../../answers/organization/organization.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation } from "../../operation.ts";

export const getOwnKey = operation({
  audience: "client",
  tag: "Keys",
  method: "GET",
  path: "/agents/key",
  id: "getOwnKey",
  summary: "See what this key may do",
  answer: ok("The key of the request.", content("OwnKey", ownKeyAnswer, samples.ownKey)),
  handle: (c) => {
    const { role, expiresAt } = c.get("standing");
    const organization_id = c.get("organizationId");
    const jurisdiction = jurisdictionOf(organization_id) ?? defaultJurisdiction(c.env);
    const more = known({ expires_at: timeOrNull(expiresAt), jurisdiction });
    return done({ ...c.get("client"), organization_id, role, ...more });
  },
});
