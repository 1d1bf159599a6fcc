import { actOf, pathPart } from "../../context.ts";
import { deleted, operation } from "../../operation.ts";
import { KEYS, ofOrganization } from "./organization.ts";

export const revokeApiKey = operation({
  ...KEYS,
  method: "DELETE",
  path: `${KEYS.path}/:key_id`,
  id: "revokeApiKey",
  summary: "Revoke an API key",
  answer: deleted,
  handle: (c) => ofOrganization(c, (one) => one.revokeApiKey(pathPart(c, "key_id"), actOf(c))),
});
