import { actOf, organizationOf, pathPart } from "../../context.ts";
import { deleted, operation, refusal } from "../../operation.ts";
import { revokeKeyQuery } from "../../requests/telephony.ts";
import { OWN_KEYS } from "./key.ts";

export const revokeKey = operation({
  ...OWN_KEYS,
  method: "DELETE",
  path: `${OWN_KEYS.path}/:key_id`,
  id: "revokeKey",
  summary: "Revoke a key of this organization",
  description: "At once: what it watches ends within seconds. Operators can revoke the last key of an admin, too.",
  query: revokeKeyQuery,
  answer: deleted,
  refusals: {
    409: refusal(
      "last_admin_key",
      "It is the last key of an admin (`last_admin_key`). Or it is the key of this request, and that is not confirmed (`key_in_use`).",
    ),
  },
  handle: (c, { query: { confirm } }) => {
    const asked = { byKey: c.get("client").id, isConfirmed: confirm === "own" };
    return organizationOf(c).revokeApiKey(pathPart(c, "key_id"), actOf(c), asked);
  },
});
