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
  description:
    "The next request with the key is refused, and live connections end within seconds. Only operators can revoke the last key of an admin.",
  query: revokeKeyQuery,
  answer: deleted,
  refusals: {
    409: refusal(
      "last_admin_key",
      "The key is the last one of an admin (`last_admin_key`), or the one of this request without `?confirm=own` (`key_in_use`).",
    ),
  },
  handle: (c, { query: { confirm } }) => {
    const asked = { byKey: c.get("client").id, isConfirmed: confirm === "own" };
    return organizationOf(c).revokeApiKey(pathPart(c, "key_id"), actOf(c), asked);
  },
});
