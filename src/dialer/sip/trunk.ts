/**
 * The trunk of a provider of type `sip_trunk`: where its carrier takes calls, and how the gateway authenticates. The
 * published API's field `outbound`, the same for every gateway.
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

const host = text(MAX_HOST_CHARACTERS)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i, {
    error: "must be a host's name or address, with an optional port, like trunk.example.com:5061",
  })
  .describe("Where the trunk's carrier accepts calls: `host` or `host:port`. Default port: 5060, or 5061 for tls.");

const credentials = z.object(
  { username: text(MAX_SECRET_CHARACTERS), password: text(MAX_SECRET_CHARACTERS) },
  { error: "must be an object {username, password}" },
);

const destinationCountry = z
  .string({ error: "must be a string" })
  .regex(/^[A-Z]{2}$/, { error: "must be two capital letters of ISO 3166, like US" });

/** The published name, and our earlier one. */
const NAMES = {
  address: host.optional(),
  hostname: host.optional().meta({ deprecated: true, description: "An older name of `address`." }),
};
type Named = { readonly address?: string | undefined; readonly hostname?: string | undefined };

/** The host under either name, stored and sent under LiveKit's. */
const hostOf = ({ address, hostname }: Named): string | undefined => address ?? hostname;
const isOneHost = ({ address, hostname }: Named): boolean =>
  address === undefined || hostname === undefined || address === hostname;
const TWO_HOSTS = { path: ["address"], error: "is another host than hostname, its older name; send address alone" };

const FIELDS = {
  transport: optional(oneOf(TRANSPORTS)),
  credentials: optional(credentials).describe("Write-only; reads show the user name as `auth_username`."),
  destination_country: optional(destinationCountry).describe(
    "The country of most calls, for a gateway that routes by it.",
  ),
  media_encryption: optional(oneOf(MEDIA_ENCRYPTIONS)),
};

export const trunkFields = z
  .object({ ...NAMES, ...FIELDS }, { error: "must be an object {address, transport?, credentials?}" })
  .refine(isOneHost, TWO_HOSTS)
  .refine((trunk) => hostOf(trunk) !== undefined, { path: ["address"], error: "is required" })
  .transform(({ address, hostname, ...rest }) => ({ hostname: hostOf({ address, hostname }) ?? "", ...rest }))
  .meta({ required: ["address"] });
export type Trunk = z.output<typeof trunkFields>;

/** Absent fields are left unchanged; `null` clears. */
export const trunkChanges = z
  .object({
    ...NAMES,
    transport: oneOf(TRANSPORTS).nullable().optional(),
    credentials: credentials.nullable().optional(),
    destination_country: destinationCountry.nullable().optional(),
    media_encryption: oneOf(MEDIA_ENCRYPTIONS).nullable().optional(),
  })
  .refine(isOneHost, TWO_HOSTS)
  .transform(({ address, hostname, ...rest }) => {
    const named = hostOf({ address, hostname });
    return named === undefined ? rest : { hostname: named, ...rest };
  });

/** The transport is part of it: without encryption others can read the credentials. Each gateway gets them too. */
export const TRUNK_SENDS = {
  to: ["outbound.hostname", "outbound.transport"],
  named: { "outbound.hostname": "outbound.address" },
  secrets: ["outbound.credentials"],
} as const satisfies Destination;

/** By the path of its field. */
export const trunkHosts = ({ hostname }: Trunk): Record<string, string> => ({ "outbound.address": hostname });

export const trunkShown = z.object({
  address: z.string().optional(),
  hostname: z.string().meta({ deprecated: true, description: "An older name of `address`." }),
  transport: z.enum(TRANSPORTS).nullable().describe("`null`: the gateway chooses."),
  auth_username: z.string().nullable().describe("Empty without credentials."),
  destination_country: z.string().nullish(),
  media_encryption: z.enum(MEDIA_ENCRYPTIONS).nullable(),
});

/** `encryption`: the gateway's default. */
export const showTrunk = (
  { hostname, transport, credentials, destination_country, media_encryption }: Trunk,
  encryption: (typeof MEDIA_ENCRYPTIONS)[number],
): z.output<typeof trunkShown> => ({
  address: hostname,
  hostname,
  transport,
  auth_username: credentials?.username ?? "",
  ...(destination_country === null ? {} : { destination_country }),
  media_encryption: media_encryption ?? encryption,
});
