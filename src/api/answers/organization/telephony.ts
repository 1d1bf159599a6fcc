/** Agents, providers and phone numbers in answers. */

import { z } from "zod";
import { known, time } from "../../../calling/answers/json.ts";
import { carrierNamed } from "../../../dialer/carriers.ts";
import type { AgentView, PhoneNumberView, ProviderView } from "../../../organization/messages/telephony.ts";
import { type ProviderAnswer, providerAnswer } from "../../requests/providers.ts";
import { paceFields, presentPace, timestamp } from "../parts/common.ts";

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
  created_at: timestamp,
  updated_at: timestamp,
});

export type AgentAnswer = z.output<typeof agentAnswer>;

export const presentAgent = (agent: AgentView): AgentAnswer => ({
  id: agent.id,
  name: agent.name,
  connection: agent.connection,
  webhook_id: agent.webhook_id ?? null,
  created_at: time(agent.createdAt),
  updated_at: time(agent.updatedAt),
});

/** The fields that the carrier's definition shows: secrets are left out or masked. */
export function presentProvider({ id, label, account, pace, createdAt, updatedAt }: ProviderView): ProviderAnswer {
  const { carrier, ...shown } = account;
  const { words } = carrierNamed(carrier);
  const times = { created_at: time(createdAt), updated_at: time(updatedAt) };
  return { id, ...words, label, ...shown, ...presentPace(pace), ...times } as ProviderAnswer;
}

export const phoneNumberAnswer = z.object({
  id: z.string().meta({ examples: ["ap_Q8PRh7lXyZsawXJmN2KcT5"] }),
  label: z.string(),
  number: z.string(),
  carrier_number_id: z.string().optional(),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  provider: providerAnswer,
  ...paceFields,
  created_at: timestamp,
  updated_at: timestamp,
});

export type PhoneNumberAnswer = z.output<typeof phoneNumberAnswer>;

export const presentPhoneNumber = (number: PhoneNumberView): PhoneNumberAnswer => ({
  id: number.id,
  label: number.label,
  number: number.number,
  ...known({ carrier_number_id: number.carrier_number_id }),
  agent: number.agent,
  provider: presentProvider(number.provider),
  ...presentPace(number.pace),
  created_at: time(number.createdAt),
  updated_at: time(number.updatedAt),
});
