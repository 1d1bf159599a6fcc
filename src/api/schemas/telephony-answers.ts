/** Agents, phone numbers, organizations and API keys in answers. `api/answers/organization.ts` makes them. */

import { z } from "zod";
import { JURISDICTIONS } from "../../calling/words/jurisdiction.ts";
import { ROLE_MEANS, ROLES } from "../../calling/words/role.ts";
import { providerAnswer } from "../requests/providers.ts";
import { windowAnswer } from "./calling-window-answer.ts";
import { paceFields, pageOf, time } from "./common-answers.ts";

export type PaceAnswer = z.output<z.ZodObject<typeof paceFields>>;

export const agentAnswer = z.object({
  id: z.string().meta({ examples: ["agent_Fo7pKNBUwLZxrTd6jvhpaE"] }),
  name: z.string(),
  connection: z.discriminatedUnion("type", [
    z.object({ type: z.literal("websocket"), url: z.string() }),
    z.object({ type: z.literal("cartesia"), agent_id: z.string() }),
    z.object({ type: z.literal("livekit"), agent_name: z.string() }),
  ]),
  webhook_id: z
    .string()
    .nullable()
    .describe("The webhook for events of its calls. `null`: the webhooks for all agents."),
  created_at: time,
  updated_at: time,
});
export type AgentAnswer = z.output<typeof agentAnswer>;

export const phoneNumberAnswer = z.object({
  id: z.string().meta({ examples: ["ap_Q8PRh7lXyZsawXJmN2KcT5"] }),
  label: z.string(),
  number: z.string(),
  carrier_number_id: z.string().optional(),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  provider: providerAnswer,
  ...paceFields,
  created_at: time,
  updated_at: time,
});
export type PhoneNumberAnswer = z.output<typeof phoneNumberAnswer>;

const jurisdiction = z
  .enum(JURISDICTIONS)
  .optional()
  .describe("Where the law keeps all data of the organization. Absent: anywhere.");

export const organizationAnswer = z.object({
  id: z.string().meta({ examples: ["org_acme"] }),
  name: z.string(),
  jurisdiction,
  agent_call_concurrency_limit: z.int(),
  reserved_concurrency: z.int().describe("The slots for direct calls, which batches never get."),
  agents_usage_limit: z.int().optional().describe("How many recipients may be accepted in all."),
  calling_window: windowAnswer.optional().describe("No one is called outside of it, whatever a batch sets."),
  min_gap_minutes: z.int().optional().describe("Minutes between two calls to one number, whatever a batch sets."),
  max_attempts_per_number_per_day: z
    .int()
    .optional()
    .describe("The most calls to one number in a day, whatever a batch sets."),
  ...paceFields,
  agents_usage: z.int().describe("How many recipients were accepted so far."),
  created_at: time,
});
export type OrganizationAnswer = z.output<typeof organizationAnswer>;

export const apiKeyAnswer = z.object({
  id: z.string(),
  label: z.string(),
  key: z.string().describe("Complete in the answer that creates it, masked in all others."),
  role: z.enum(ROLES).describe(ROLE_MEANS),
  expires_at: time.optional().describe("From then on it is not accepted. Absent: it stays."),
  last_used_at: time.optional().describe("To the hour. Absent before its first use."),
  created_at: time,
});
export const ownKeyAnswer = apiKeyAnswer
  .pick({ id: true, label: true, role: true, expires_at: true })
  .extend({ organization_id: z.string(), jurisdiction });
export type ApiKeyAnswer = z.output<typeof apiKeyAnswer>;

const slots = z.int().describe("Calls at once.");

export const ledgerAnswer = z.object({
  limit: z.int(),
  reserved: z.int().describe("The slots that batches never get."),
  in_use: z.int(),
  calls_outside_batches: z.int().describe("The slots that direct calls hold."),
  holding: z
    .array(
      z.object({
        batch_id: z.string(),
        kind: z.enum(["batch", "direct"]).describe("direct: a request for direct calls, which is not a batch."),
        slots,
        draining: z.boolean().describe("No recipient of it waits: its slots shrink to its calls in flight."),
        confirmed: z.boolean().describe("The batch knows its grant."),
        created_at: time,
      }),
    )
    .describe("Oldest first."),
  waiting: z
    .array(z.object({ batch_id: z.string(), slots, created_at: time }))
    .describe("In the order of their grants."),
});
export type LedgerAnswer = z.output<typeof ledgerAnswer>;

export const resealAnswer = pageOf(
  z.object({
    organization_id: z.string(),
    resealed: z.int().describe("Secrets that an older key had sealed, and the newest key seals now."),
    current: z.int().describe("Secrets that the newest key had already sealed."),
    unopened: z.int().describe("Secrets that no key opens: the key that sealed them is missing."),
  }),
);
export type ResealAnswer = z.output<typeof resealAnswer>;

const batchSlots = {
  batch: z.object({ id: z.string(), name: z.string() }),
  slots,
  created_at: time,
};
export const concurrencyAnswer = z.object({
  limit: z.int().describe("The most calls at once, for all batches and direct calls of the organization."),
  reserved: z.int().describe("The slots for direct calls, which batches never get."),
  in_use: z.int().describe("Slots granted to batches and to direct calls."),
  free: z.int().describe("The rest of the limit. A batch gets it only if no older one waits."),
  calls_outside_batches: z.int().describe("The slots that direct calls hold."),
  holding: z
    .array(
      z.object({
        ...batchSlots,
        draining: z.boolean().describe("No recipient of it waits: its slots shrink to its calls in flight."),
        calls_in_flight: z
          .int()
          .describe("As reported some seconds ago. If it is far below its slots, the batch needs fewer slots."),
      }),
    )
    .describe("Oldest first."),
  waiting: z.array(z.object(batchSlots)).describe("In the order of their grants."),
});
export type ConcurrencyAnswer = z.output<typeof concurrencyAnswer>;
