/** An organization's accounts with jambonz, one for each region: a provider's fields as written and as shown. */

import { z } from "zod";
import { optional, text } from "../../calling/requests/fields.ts";
import { gatewayChangesOf, gatewaysOf, showGateways, shownGatewaysOf } from "../sip/gateways.ts";
import { showTrunk, trunkChanges, trunkFields, trunkShown } from "../sip/trunk.ts";

const MAX_URL_CHARACTERS = 2_048;
const MAX_SECRET_CHARACTERS = 256;
const secret = text(MAX_SECRET_CHARACTERS);
const url = text(MAX_URL_CHARACTERS).describe("The REST API's base, like `https://api.jambonz.cloud/v1`.");
const accountSid = z
  .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { error: "must be a UUID" });

const gateway = z.object(
  {
    url,
    account_sid: accountSid,
    api_key: secret.describe("A key of the account's."),
    webhook_secret: optional(secret).describe("With it, the signature of every status hook is verified."),
  },
  { error: "must be an object {url, account_sid, api_key, webhook_secret?}" },
);
export type JambonzGateway = z.output<typeof gateway>;

const MAX_VENDOR_CHARACTERS = 64;
const MAX_LANGUAGE_CHARACTERS = 32;
const MAX_LABEL_CHARACTERS = 64;
const vendor = text(MAX_VENDOR_CHARACTERS).describe("jambonz's name for it: `deepgram`, `google`, `microsoft` …");
const language = text(MAX_LANGUAGE_CHARACTERS).describe("The vendor's code, like `en-US`.");
const label = text(MAX_LABEL_CHARACTERS);

const recognizer = z.object(
  {
    vendor,
    language,
    label: optional(label).describe("The label of the account's speech credentials, if they have one."),
  },
  { error: "must be an object {vendor, language, label?}" },
);
export type JambonzRecognizer = z.output<typeof recognizer>;

const CANNOT_REQUIRE = "cannot be promised through jambonz, which encrypts media by its own settings; leave it out";

export const jambonzFields = z.object({
  outbound: trunkFields.refine(({ media_encryption }) => media_encryption !== "required", {
    path: ["media_encryption"],
    error: CANNOT_REQUIRE,
  }),
  regions: gatewaysOf(gateway),
  recognizer: optional(recognizer).describe(
    "The speech recognition that jambonz uses to tell a machine from a person. Every region's account needs speech credentials of this vendor.",
  ),
});
export type JambonzAccount = z.output<typeof jambonzFields>;

export const jambonzChanges = z.object({
  outbound: trunkChanges.optional(),
  regions: gatewayChangesOf(
    z.object({
      url: url.optional(),
      account_sid: accountSid.optional(),
      api_key: secret.optional(),
      webhook_secret: secret.nullable().optional(),
    }),
  ).optional(),
  recognizer: z
    .object({ vendor: vendor.optional(), language: language.optional(), label: label.nullable().optional() })
    .nullable()
    .optional(),
});

export const jambonzShown = z.object({
  outbound: trunkShown,
  regions: shownGatewaysOf(
    z.object({
      url: z.string(),
      account_sid: z.string(),
      api_key: z.string().describe("Masked."),
      has_webhook_secret: z.boolean().describe("Whether the signatures of status hooks are verified."),
    }),
  ),
  recognizer: z.object({ vendor: z.string(), language: z.string(), label: z.string().nullable() }).nullable(),
});

export const showJambonz = ({ outbound, regions, recognizer }: JambonzAccount): z.output<typeof jambonzShown> => ({
  // It encrypts media by its own settings.
  outbound: showTrunk(outbound, "allowed"),
  regions: showGateways(regions, ({ url, account_sid, api_key, webhook_secret }) => ({
    url,
    account_sid,
    api_key: `…${api_key.slice(-4)}`,
    has_webhook_secret: webhook_secret !== null,
  })),
  recognizer,
});
