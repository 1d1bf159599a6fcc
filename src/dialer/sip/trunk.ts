/**
 * The trunk of a provider of the type `sip_trunk`: where its carrier takes calls, and how the gateway authenticates there.
 * The published API's field `outbound`, the same for every gateway.
 */

import { z } from "zod";
import type { Destination } from "../../calling/numbers/destinations.ts";
import { optional, text } from "../../calling/requests/fields.ts";

const MAX_HOST_CHARACTERS = 253;
const MAX_SECRET_CHARACTERS = 256;

const TRANSPORTS = ["udp", "tcp", "tls"] as const;
export const MEDIA_ENCRYPTIONS = ["disabled", "allowed", "required"] as const;

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

const hostname = text(MAX_HOST_CHARACTERS)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i, {
    error: "must be a host's name or address, with a port if need be, like trunk.example.com:5061",
  })
  .describe("Where the trunk's carrier takes calls: a host, with a port if need be.");

const credentials = z.object(
  { username: text(MAX_SECRET_CHARACTERS), password: text(MAX_SECRET_CHARACTERS) },
  { error: "must be an object {username, password}" },
);

const destinationCountry = z
  .string({ error: "must be a string" })
  .regex(/^[A-Z]{2}$/, { error: "must be two capital letters of ISO 3166, like US" });

const FIELDS = {
  hostname,
  transport: optional(oneOf(TRANSPORTS)),
  credentials: optional(credentials).describe("Write-only; a read shows the user's name as `auth_username`."),
  destination_country: optional(destinationCountry).describe("Where most calls go, for a gateway that routes by it."),
  media_encryption: optional(oneOf(MEDIA_ENCRYPTIONS)),
};

export const trunkFields = z.object(FIELDS, { error: "must be an object {hostname, transport?, credentials?}" });
export type Trunk = z.output<typeof trunkFields>;

/** What is not given stays; `null` clears. */
export const trunkChanges = z.object({
  hostname: hostname.optional(),
  transport: oneOf(TRANSPORTS).nullable().optional(),
  credentials: credentials.nullable().optional(),
  destination_country: destinationCountry.nullable().optional(),
  media_encryption: oneOf(MEDIA_ENCRYPTIONS).nullable().optional(),
});

/** The transport is part of it: without encryption others read along. Each gateway is sent the credentials, too. */
export const TRUNK_SENDS = {
  to: ["outbound.hostname", "outbound.transport"],
  secrets: ["outbound.credentials"],
} as const satisfies Destination;

/** By the path of the field that has it. */
export const trunkHosts = ({ hostname }: Trunk): Record<string, string> => ({ "outbound.hostname": hostname });

export const trunkShown = z.object({
  hostname: z.string(),
  transport: z.enum(TRANSPORTS).nullable(),
  auth_username: z.string().nullable(),
  destination_country: z.string().nullable(),
  media_encryption: z.enum(MEDIA_ENCRYPTIONS).nullable(),
});

export const showTrunk = ({ credentials, ...open }: Trunk): z.output<typeof trunkShown> => ({
  hostname: open.hostname,
  transport: open.transport,
  auth_username: credentials?.username ?? null,
  destination_country: open.destination_country,
  media_encryption: open.media_encryption,
});
