/** Agents, providers, phone numbers, organizations and API keys. Contract: "Telephony resources", "Ours". */

import { z } from "zod";
import { API_KEY, isChosenId, organizationOfApiKey } from "../../calling/ids.ts";
import { MAX_CONCURRENCY_LIMIT, MAX_NAME_CHARACTERS } from "../../calling/limits.ts";
import { TWILIO_REGIONS } from "../../calling/region.ts";
import { windowFloor } from "./calling-window.ts";
import { integer, optional, phoneNumber, reference, text } from "./common.ts";

const chosenId = (prefix: Parameters<typeof isChosenId>[0]) =>
  optional(
    z
      .string({ error: "must be a string" })
      .refine((id) => isChosenId(prefix, id), { error: `must be ${prefix} and 1 to 64 letters, digits, - or _` })
      .meta({ pattern: `^${prefix}[A-Za-z0-9_-]{1,64}$` }),
  ).describe("Without it one is made.");

const MAX_URL_CHARACTERS = 2_048;
const MAX_SECRET_CHARACTERS = 256;

/** A WebSocket's URL. Whether it leads where it may is for the route to say: in development it may lead anywhere. */
const agentUrl = text(MAX_URL_CHARACTERS)
  .superRefine((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    const problem =
      url === null || !["wss:", "ws:"].includes(url.protocol)
        ? "must be a WebSocket URL, like wss://agent.example.com/audio"
        : url.username !== "" || url.password !== ""
          ? "must not carry credentials"
          : url.search !== "" || url.hash !== ""
            ? "must not have a query or a fragment: Twilio does not pass them on; use the stream's parameters"
            : null;
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({
    description: "Where an answered call's audio goes: a WebSocket's URL without credentials, query and fragment.",
    format: "uri",
    examples: ["wss://agent.example.com/audio"],
  });

const connection = z.object(
  { type: z.literal("websocket", { error: 'must be "websocket"' }), url: agentUrl },
  { error: 'must be an object {type: "websocket", url}' },
);

export const createAgentBody = z.object({ id: chosenId("agent_"), name: text(MAX_NAME_CHARACTERS), connection });
export const changeAgentBody = z.object({
  name: text(MAX_NAME_CHARACTERS).optional(),
  connection: connection.optional(),
});

const secret = text(MAX_SECRET_CHARACTERS);
const sid = (prefix: "AC" | "SK") =>
  z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), { error: `must be ${prefix} and 32 hexadecimal digits` });

export const createProviderBody = z.object({
  id: chosenId("app_"),
  type: z.literal("twilio", { error: 'must be "twilio": no other type is served yet' }),
  label: text(MAX_NAME_CHARACTERS),
  account_sid: sid("AC"),
  api_key_sid: sid("SK"),
  api_key_secret: secret,
  auth_token: optional(secret).describe("With it the signature of every callback is verified."),
  region: optional(z.enum(TWILIO_REGIONS, { error: `must be one of ${TWILIO_REGIONS.join(", ")}` })),
});
export const changeProviderBody = z.object({
  label: text(MAX_NAME_CHARACTERS).optional(),
  api_key_sid: sid("SK").optional(),
  api_key_secret: secret.optional(),
  /** `null` removes it: callbacks are then told apart by their token alone. */
  auth_token: secret.nullable().optional(),
});

export const importPhoneNumberBody = z.object({
  id: chosenId("ap_"),
  label: text(MAX_NAME_CHARACTERS),
  number: phoneNumber,
  provider: z.object({ id: reference }, { error: "must be an object {id}" }),
  agent_id: optional(reference),
});
export const changePhoneNumberBody = z.object({
  label: text(MAX_NAME_CHARACTERS).optional(),
  agent_id: reference.nullable().optional(),
});

const concurrencyLimit = integer(1, MAX_CONCURRENCY_LIMIT);
const usageLimit = integer(0, Number.MAX_SAFE_INTEGER);

export const createOrganizationBody = z.object({
  id: chosenId("org_"),
  name: text(MAX_NAME_CHARACTERS),
  agent_call_concurrency_limit: concurrencyLimit,
  agents_usage_limit: optional(usageLimit),
  calling_window: optional(windowFloor),
});
export const changeOrganizationBody = z.object({
  name: text(MAX_NAME_CHARACTERS).optional(),
  agent_call_concurrency_limit: concurrencyLimit.optional(),
  /** `null` removes it. */
  agents_usage_limit: usageLimit.nullable().optional(),
  /** `null` removes it. */
  calling_window: windowFloor.nullable().optional(),
});

/** A chosen key must lead to the organization that it is made for. */
export const createApiKeyBody = (organizationId: string) =>
  z.object({
    label: text(MAX_NAME_CHARACTERS),
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
    ).describe("A chosen key: `sk_<organization>_<secret>`. Without it one is made."),
  });
