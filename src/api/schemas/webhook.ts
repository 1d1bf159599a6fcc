/**
 * Webhooks in requests. Contract: the published API's `{display_name, url, secret}`; `events` and `enabled` are ours.
 */

import { z } from "zod";
import { WEBHOOK_EVENTS } from "../../calling/messages/webhook.ts";
import { MAX_NAME_CHARACTERS } from "../../calling/requests/limits.ts";
import { named, text } from "./common.ts";

const MAX_URL_CHARACTERS = 2_048;

/** The route checks where it leads: in development it may lead anywhere. */
const url = text(MAX_URL_CHARACTERS).meta({
  description: "Where events are sent with POST: https, without credentials, to a public host.",
  format: "uri",
  examples: ["https://example.com/callbatch"],
});

const SECRET = "must have 1 to 256 printable ASCII characters, and no space at its ends";
/** Any text that a header can carry, as in the published API. */
const webhookSecret = z
  .string({ error: SECRET })
  .regex(/^[!-~]([ -~]{0,254}[!-~])?$/, { error: SECRET })
  .meta({
    description:
      "Write-only, and best long and random. `whsec_` and base64 of 24 to 64 bytes, as Standard Webhooks has it; any other text is the key as it is.",
  });

const EVENTS = `must be an array of some of ${WEBHOOK_EVENTS.join(", ")}, each once`;
const events = z
  .array(z.enum(WEBHOOK_EVENTS, { error: EVENTS }), { error: EVENTS })
  .min(1, { error: EVENTS })
  .max(WEBHOOK_EVENTS.length, { error: EVENTS })
  .refine((types) => new Set(types).size === types.length, { error: EVENTS })
  .meta({ uniqueItems: true });

export const createWebhookBody = z.object({
  display_name: named(MAX_NAME_CHARACTERS).nullish().describe("Without it the URL's host."),
  url,
  secret: webhookSecret.nullish().describe("Without it one is made, and shown in this answer alone."),
  events: events.nullish().describe("Without it every event is sent."),
});
export const changeWebhookBody = z.object({
  display_name: named(MAX_NAME_CHARACTERS).optional(),
  url: url.optional(),
  secret: webhookSecret
    .nullable()
    .optional()
    .describe("`null` makes a new one, and shows it in this answer alone. For a day the one before signs too."),
  events: events.optional(),
  enabled: z.boolean({ error: "must be true or false" }).optional(),
});
