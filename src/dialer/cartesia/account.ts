/** An organization's account with Cartesia: the provider's fields as a client writes them, and as a read shows them. */

import { z } from "zod";
import { optional, text } from "../../calling/requests/fields.ts";

const MAX_SECRET_CHARACTERS = 256;
const secret = text(MAX_SECRET_CHARACTERS);

export const cartesiaFields = z.object({
  api_key: secret.describe("An API key of Cartesia's, like `sk_car_…`."),
  webhook_secret: optional(secret).describe(
    "The secret of the agents' webhook to `/callbacks/cartesia`. Without it, callbatch ignores webhooks and asks Cartesia about each call.",
  ),
});
export type CartesiaAccount = z.output<typeof cartesiaFields>;

export const cartesiaChanges = z.object({
  api_key: secret.optional(),
  /** `null` removes it: then calls are asked about. */
  webhook_secret: secret.nullable().optional(),
});

export const cartesiaShown = z.object({
  api_key: z.string().describe("Masked."),
  has_webhook_secret: z
    .boolean()
    .describe("Whether webhooks are used. If not, callbatch asks Cartesia about each call."),
});

export const showCartesia = (account: CartesiaAccount): z.output<typeof cartesiaShown> => ({
  api_key: `…${account.api_key.slice(-4)}`,
  has_webhook_secret: account.webhook_secret !== null,
});
