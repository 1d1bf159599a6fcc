/** An organization's account with Twilio: the provider's fields as a client writes them, and as a read shows them. */

import { z } from "zod";
import { optional, text } from "../../calling/requests/fields.ts";
import type { Region } from "../../calling/words/region.ts";

/**
 * Processing regions that carry media streams (Twilio, "Regions"). An API key and an auth token are valid in one of
 * them.
 */
export const TWILIO_REGIONS = ["us1", "ie1", "au1"] as const;
export type TwilioRegion = (typeof TWILIO_REGIONS)[number];
export const REGION_OF_TWILIO = { us1: "US", ie1: "EU", au1: "APAC" } as const satisfies Record<TwilioRegion, Region>;

const MAX_SECRET_CHARACTERS = 256;
const secret = text(MAX_SECRET_CHARACTERS);
const sid = (prefix: "AC" | "SK") =>
  z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), { error: `must be ${prefix} and 32 hexadecimal digits` });

const region = z.enum(TWILIO_REGIONS, { error: `must be one of ${TWILIO_REGIONS.join(", ")}` });

export const twilioFields = z.object({
  account_sid: sid("AC"),
  api_key_sid: sid("SK"),
  api_key_secret: secret,
  auth_token: optional(secret).describe("With it, the signature of every callback is verified."),
  region: optional(region).transform((given): TwilioRegion => given ?? "us1"),
});
export type TwilioAccount = z.output<typeof twilioFields>;

/** The account cannot change: existing calls could no longer be asked about. */
export const twilioChanges = z.object({
  api_key_sid: sid("SK").optional(),
  api_key_secret: secret.optional(),
  /** `null` removes it: then only the token authenticates callbacks. */
  auth_token: secret.nullable().optional(),
  region: region
    .optional()
    .describe(
      "Must be sent with its credentials, which are valid in one region. Refused (409) while a call may use it.",
    ),
});

export const twilioShown = z.object({
  account_sid: z.string(),
  api_key_sid: z.string().describe("Masked."),
  region: z.enum(TWILIO_REGIONS),
  has_auth_token: z.boolean().describe("Whether the signatures of callbacks are verified."),
});

/** `SK…4f2a`. */
const maskedSid = (value: string): string => `${value.slice(0, 2)}…${value.slice(-4)}`;

export const showTwilio = (account: TwilioAccount): z.output<typeof twilioShown> => ({
  account_sid: account.account_sid,
  api_key_sid: maskedSid(account.api_key_sid),
  region: account.region,
  has_auth_token: account.auth_token !== null,
});
