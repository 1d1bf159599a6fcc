/**
 * Webhooks in requests. Published API's `{display_name, url, secret}`; `events` and `enabled` are ours.
 */

import { z } from "zod";
import { WEBHOOK_EVENTS } from "../../calling/messages/webhook.ts";
import { MAX_NAME_CHARACTERS } from "../../calling/requests/limits.ts";
import { named, text } from "./common.ts";

const MAX_URL_CHARACTERS = 2_048;

/** The route checks where it leads: in development it may lead anywhere. */
const url = text(MAX_URL_CHARACTERS).meta({
  description: "Where events are sent with POST: https, without credentials, on a public host.",
  format: "uri",
  examples: ["https://example.com/callbatch"],
});

const SECRET = "must have 1 to 256 printable ASCII characters, without spaces at its ends";
/** Any text that a header can carry, as in the published API. */
const webhookSecret = z
  .string({ error: SECRET })
  .regex(/^[!-~]([ -~]{0,254}[!-~])?$/, { error: SECRET })
  .meta({
    description:
      "Write-only; should be long and random. Either `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks), or any other text, which is the key itself.",
  });

const EVENTS = `must be an array of some of ${WEBHOOK_EVENTS.join(", ")}, each once`;
const events = z
  .array(z.enum(WEBHOOK_EVENTS, { error: `must be one of ${WEBHOOK_EVENTS.join(", ")}` }), { error: EVENTS })
  .min(1, { error: EVENTS })
  .max(WEBHOOK_EVENTS.length, { error: EVENTS })
  .refine((types) => new Set(types).size === types.length, { error: EVENTS })
  .meta({ uniqueItems: true });

export const createWebhookBody = z.object({
  display_name: named(MAX_NAME_CHARACTERS).nullish().describe("Default: the URL's host."),
  url,
  secret: webhookSecret.nullish().describe("Default: a generated one, shown only in this answer."),
  events: events.nullish().describe("Default: all events."),
});
export const changeWebhookBody = z.object({
  display_name: named(MAX_NAME_CHARACTERS).optional(),
  url: url.optional(),
  secret: webhookSecret
    .nullable()
    .optional()
    .describe("`null`: generates a new one, shown only in this answer. For a day the previous one signs too."),
  events: events.optional(),
  enabled: z.boolean({ error: "must be true or false" }).optional(),
});
