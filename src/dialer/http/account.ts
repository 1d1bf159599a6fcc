/** An organization's own dialer: the provider's fields as a client writes them, and as reads show them. */

import { z } from "zod";
import { optional, text } from "../../calling/requests/fields.ts";
import { webhookSecret } from "../../calling/secrets/webhook-secret.ts";

const MAX_URL_CHARACTERS = 2_048;
const TOKEN_CHARACTERS = { least: 16, most: 1_024 } as const;

/** It is sent as a header (RFC 6750, "Authorization Request Header Field"). */
const token = text(TOKEN_CHARACTERS.most)
  .refine((value) => /^[\x21-\x7e]*$/.test(value), {
    error: "must consist of printable ASCII characters without spaces",
  })
  .refine((value) => value.length >= TOKEN_CHARACTERS.least, {
    error: `must have at least ${TOKEN_CHARACTERS.least} characters`,
  })
  .meta({ minLength: TOKEN_CHARACTERS.least })
  .describe("Write-only. Every request to the dialer carries it as `Authorization: Bearer`.");

/** The route checks where it leads: in development it may lead anywhere. */
const url = text(MAX_URL_CHARACTERS)
  .superRefine((value, context) => {
    const parsed = URL.parse(value);
    if (parsed === null) context.addIssue({ code: "custom", message: "must be a URL that begins with https://" });
    else if (parsed.search !== "" || parsed.hash !== "")
      context.addIssue({ code: "custom", message: "must have no query and no fragment: paths are appended" });
  })
  .transform((value) => value.replace(/\/+$/, ""))
  .meta({
    description:
      "The base URL of the dialer's protocol: https, on a public host, without credentials, query and fragment.",
    format: "uri",
    examples: ["https://dialer.example.com/callbatch"],
  });

const detectsMachines = z
  .boolean({ error: "must be true or false" })
  .describe("The dialer tells a machine from a person; its `GET /protocol` must say so too.");

export const httpFields = z.object({
  url,
  token,
  webhook_secret: webhookSecret,
  detects_machines: optional(detectsMachines).transform((said) => said ?? false),
});
export type HttpAccount = z.output<typeof httpFields>;

/** The URL cannot change: existing calls could no longer be asked about. */
export const httpChanges = z.object({
  token: token.optional(),
  webhook_secret: webhookSecret.optional(),
  detects_machines: detectsMachines.optional(),
});

export const httpShown = z.object({
  url: z.string(),
  token: z.string().describe("Masked."),
  detects_machines: z.boolean(),
});

export const showHttp = (account: HttpAccount): z.output<typeof httpShown> => ({
  url: account.url,
  token: `…${account.token.slice(-4)}`,
  detects_machines: account.detects_machines,
});
