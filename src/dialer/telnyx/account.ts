/** An organization's account with Telnyx: the provider's fields as a client writes them, and as a read shows them. */

import { z } from "zod";
import { text } from "../../calling/requests/fields.ts";

const MAX_SECRET_CHARACTERS = 256;
/** Bytes of an Ed25519 public key (RFC 8032). */
const PUBLIC_KEY_BYTES = 32;

/** It is sent as a header. */
const apiKey = text(MAX_SECRET_CHARACTERS)
  .refine((value) => /^[\x21-\x7e]*$/.test(value), {
    error: "must consist of printable ASCII characters without spaces",
  })
  .describe("An API key of version 2, like `KEY…`.");

const publicKey = z
  .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
  .refine((value) => /^[A-Za-z0-9+/]{43}=$/.test(value) && atob(value).length === PUBLIC_KEY_BYTES, {
    error: "must be the account's public key: base64 of 32 bytes, from Keys & Credentials",
  })
  .meta({
    description: "The account's public key, which verifies the signature of every callback.",
    examples: ["11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="],
  });

export const telnyxFields = z.object({
  api_key: apiKey,
  connection_id: z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .regex(/^\d{1,20}$/, { error: "must be the id of a Call Control application: digits" })
    .describe("The id of the Voice API (Call Control) application that places the calls."),
  public_key: publicKey,
});
export type TelnyxAccount = z.output<typeof telnyxFields>;

/** The application cannot change: its calls could no longer be asked about. */
export const telnyxChanges = z.object({ api_key: apiKey.optional(), public_key: publicKey.optional() });

export const telnyxShown = z.object({
  api_key: z.string().describe("Masked."),
  connection_id: z.string(),
  public_key: z.string(),
});

export const showTelnyx = (account: TelnyxAccount): z.output<typeof telnyxShown> => ({
  api_key: `…${account.api_key.slice(-4)}`,
  connection_id: account.connection_id,
  public_key: account.public_key,
});
