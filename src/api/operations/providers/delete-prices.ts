import { err, ok } from "../../../calling/requests/result.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import type { ApiError } from "../../envelope.ts";
import { deleted, operation } from "../../operation.ts";
import { day } from "../../requests/day.ts";
import { PRICES } from "./prices.ts";

const NO_LIST: ApiError = { code: "not_found", message: "there is no price list that begins on this day" };

export const deletePrices = operation({
  ...PRICES,
  method: "DELETE",
  path: `${PRICES.path}/:valid_from`,
  id: "deletePrices",
  summary: "Delete a price list",
  description: "The list before it holds on. Without one, the calls have no price.",
  answer: deleted,
  handle: async (c) => {
    const from = day.safeParse(pathPart(c, "valid_from"));
    // No list begins on what is no day; the provider is still looked for first.
    const gone = await organizationOf(c).deletePrices(pathPart(c, "provider_id"), from.data ?? -1, actOf(c));
    if (!gone.ok) return gone;
    return gone.value ? ok(null) : err(NO_LIST);
  },
});
