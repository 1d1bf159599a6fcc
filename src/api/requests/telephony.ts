/** Agents, phone numbers, organizations and API keys. As in the published API. */

import { z } from "zod";
import { MAX_CONCURRENCY_LIMIT, MAX_NAME_CHARACTERS } from "../../calling/requests/limits.ts";
import { API_KEY, organizationOfApiKey } from "../../calling/secrets/ids.ts";
import { JURISDICTIONS, jurisdictionOf } from "../../calling/words/jurisdiction.ts";
import { REGIONS } from "../../calling/words/region.ts";
import { ROLE_MEANS, ROLES } from "../../calling/words/role.ts";
import { TWILIO_REGIONS } from "../../dialer/twilio/account.ts";
import { windowFloor } from "./calling-window.ts";
import {
  callsPerSecond,
  chosenId,
  contactRules,
  instant,
  integer,
  named,
  optional,
  phoneNumber,
  reference,
  text,
} from "./common.ts";
import { archive, retentionDays } from "./settings.ts";

const MAX_URL_CHARACTERS = 2_048;

/** A WebSocket URL. The route checks where it leads: in development it may lead anywhere. */
const agentUrl = text(MAX_URL_CHARACTERS)
  .superRefine((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    const problem =
      url === null || !["wss:", "ws:"].includes(url.protocol)
        ? "must be a WebSocket URL, like wss://agent.example.com/audio"
        : url.username !== "" || url.password !== ""
          ? "must not contain credentials"
          : url.search !== "" || url.hash !== ""
            ? "must not have a query or a fragment: Twilio does not pass them on; use the stream's parameters"
            : null;
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({
    description: "The WebSocket that gets an answered call's audio: a URL without credentials, query and fragment.",
    format: "uri",
    examples: ["wss://agent.example.com/audio"],
  });

const MAX_CARRIER_ID_CHARACTERS = 256;
const carrierId = text(MAX_CARRIER_ID_CHARACTERS);

/** One for each type of `AgentConnection`. */
const CONNECTIONS = [
  z.object({ type: z.literal("websocket"), url: agentUrl }),
  z.object({ type: z.literal("cartesia"), agent_id: carrierId.describe("The agent's id at Cartesia.") }),
  z.object({ type: z.literal("livekit"), agent_name: carrierId.describe("The agent's name at LiveKit.") }),
] as const;
const CONNECTION_TYPES = CONNECTIONS.map(({ shape }) => `"${shape.type.value}"`).join(", ");

const connection = z.discriminatedUnion("type", CONNECTIONS, {
  error: ({ input }) =>
    typeof input === "object" && input !== null && !Array.isArray(input)
      ? `must be one of ${CONNECTION_TYPES}`
      : 'must be an object like {type: "websocket", url}',
});

const webhookId = reference.describe(
  "The webhook for events of this agent's calls and batches. A webhook that agents name gets only their events; one that no agent names gets all events.",
);
export const createAgentBody = z.object({
  id: chosenId("agent_"),
  name: named(MAX_NAME_CHARACTERS),
  connection,
  webhook_id: optional(webhookId),
});
export const changeAgentBody = z.object({
  name: named(MAX_NAME_CHARACTERS).optional(),
  connection: connection.optional(),
  /** `null` removes it. */
  webhook_id: webhookId.nullable().optional(),
});

const A_PROVIDER = 'must be an object {id}, or {type: "twilio", account_sid, region?}';
/** A provider's id, or its Twilio account. */
const providerReference = z
  .union(
    [
      z.object({ id: reference }),
      z.object({
        type: z.literal("twilio"),
        account_sid: reference,
        region: optional(z.enum(TWILIO_REGIONS)).describe("Required if the account is linked in several regions."),
      }),
    ],
    { error: A_PROVIDER },
  )
  .transform((named) => ("id" in named ? named : { accountSid: named.account_sid, region: named.region }));

export const importPhoneNumberBody = z.object({
  id: chosenId("ap_"),
  label: named(MAX_NAME_CHARACTERS),
  number: phoneNumber,
  provider: providerReference,
  carrier_number_id: optional(carrierId).describe("The number's id at its carrier, if the carrier uses ids."),
  agent_id: optional(reference),
  calls_per_second: optional(callsPerSecond).describe("The most calls from this number that may begin in a second."),
});
export const changePhoneNumberBody = z.object({
  label: named(MAX_NAME_CHARACTERS).optional(),
  agent_id: reference.nullable().optional(),
  provider: providerReference
    .optional()
    .describe("Another provider of the same type. Refused (409) while a batch or a direct call uses the number."),
  /** `null` removes it. */
  calls_per_second: callsPerSecond.nullable().optional(),
});

const concurrencyLimit = integer(1, MAX_CONCURRENCY_LIMIT);
const reservedConcurrency = integer(0, MAX_CONCURRENCY_LIMIT - 1).describe(
  "Slots reserved for direct calls: batches never get them. Must be below the limit; 0: none.",
);
const usageLimit = integer(0, Number.MAX_SAFE_INTEGER);

const jurisdiction = optional(z.enum(JURISDICTIONS, { error: `must be one of ${JURISDICTIONS.join(", ")}` })).describe(
  "Where the law keeps all of the organization's data. Its id and its keys begin with it: `org_eu.acme`. It cannot change. Default: as the deployment.",
);

const newOrganization = z.object({
  id: chosenId("org_"),
  name: named(MAX_NAME_CHARACTERS),
  jurisdiction,
  region: optional(z.enum(REGIONS, { error: `must be one of ${REGIONS.join(", ")}` })).describe(
    "Where the organization is stored; every request of its clients goes there. It cannot change. Default: near the sender of this request.",
  ),
  agent_call_concurrency_limit: concurrencyLimit,
  reserved_concurrency: reservedConcurrency.nullish().transform((value) => value ?? 0),
  agents_usage_limit: optional(usageLimit),
  calling_window: optional(windowFloor),
  min_gap_minutes: optional(contactRules.min_gap_minutes),
  max_attempts_per_number_per_day: optional(contactRules.max_attempts_per_number_per_day),
  calls_per_second: optional(callsPerSecond),
  retention_days: retentionDays.nullish().transform((value) => value ?? 0),
  archive: archive.nullish().transform((value) => value ?? false),
});
export const createOrganizationBody = newOrganization.superRefine(({ id, jurisdiction: wanted, region }, context) => {
  const named = id === null ? wanted : jurisdictionOf(id);
  const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (wanted !== null && wanted !== named) problem("id", `must begin with org_${wanted}. for this jurisdiction`);
  if (named !== null && region !== null)
    problem("region", `cannot be chosen in a jurisdiction: leave it out, ${named} decides where the data is`);
});
export const changeOrganizationBody = z.object({
  name: named(MAX_NAME_CHARACTERS).optional(),
  agent_call_concurrency_limit: concurrencyLimit.optional(),
  reserved_concurrency: reservedConcurrency.optional(),
  /** `null` removes it. */
  agents_usage_limit: usageLimit.nullable().optional(),
  /** `null` removes it. */
  calling_window: windowFloor.nullable().optional(),
  /** `null` removes each of the following. */
  min_gap_minutes: contactRules.min_gap_minutes.nullable().optional(),
  max_attempts_per_number_per_day: contactRules.max_attempts_per_number_per_day.nullable().optional(),
  calls_per_second: callsPerSecond.nullable().optional(),
  retention_days: retentionDays.optional(),
  archive: archive.optional(),
});

const keyExpiry = optional(instant.refine((at) => at > Date.now(), { error: "must be in the future" })).describe(
  "The key is refused from then on. Default: it does not expire.",
);

/** Made by an organization's own admin. */
export const createKeyBody = z.object({
  label: named(MAX_NAME_CHARACTERS),
  role: z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }).describe(ROLE_MEANS),
  expires_at: keyExpiry,
});

export const revokeKeyQuery = z.object({
  confirm: z
    .literal("own", { error: "must be own" })
    .describe("`own`: revoke the key even if it is the one of this request.")
    .optional(),
});

/** A chosen key must name the organization that it is made for. */
export const createApiKeyBody = (organizationId: string) =>
  z.object({
    label: named(MAX_NAME_CHARACTERS),
    key: optional(
      z
        .string({ error: "must be a string" })
        .refine(
          (key) => {
            const organization = organizationOfApiKey(key);
            return organization.ok && organization.value === organizationId;
          },
          {
            error: `must be sk_${organizationId.slice("org_".length)}_ and at least 8 letters, digits or -`,
          },
        )
        .meta({ pattern: API_KEY.source }),
    ).describe("A chosen key: `sk_<organization>_<secret>`. Default: a generated one."),
    role: z
      .enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` })
      .describe(ROLE_MEANS)
      .default("admin"),
    expires_at: keyExpiry,
  });
