/**
 * What an assistant may do here, as MCP tools. Each is one or two requests to the public API under the caller's key, so
 * that what is allowed, validated and answered is the same as for any other client.
 *
 * A tool that makes phones ring takes the number of people as an argument and does nothing unless it is right: so the
 * number has been said, and seen by whoever watches the assistant, before anybody is called.
 */

import { z } from "zod";
import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";

export type ApiAnswer = { readonly status: number; readonly body: unknown };
export type CallApi = (
  method: "GET" | "POST",
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ApiAnswer>;

/** `isError`: the assistant reads why and may try again. */
export type ToolResult = { readonly text: string; readonly isError: boolean };

export type Tool<Shape extends z.ZodRawShape = z.ZodRawShape> = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Shape;
  readonly isReadOnly: boolean;
  readonly run: (callApi: CallApi, input: z.output<z.ZodObject<Shape>>) => Promise<ToolResult>;
};

const BATCHES = "/agents/calls/batches";
/** Enough to see what goes wrong, little enough to read. */
const FAILURES_SHOWN = 20;

const tool = <Shape extends z.ZodRawShape>(definition: Tool<Shape>): Tool => definition as unknown as Tool;

const batchId = z.string().describe("The batch's id, acb_…");
const people = z
  .int()
  .min(0)
  .describe("How many people will be called by this. It must be exactly right, or nobody is called.");

const newBatch = {
  name: z.string(),
  agent_id: z.string(),
  from_number_id: z.string(),
  recipients: z
    .array(z.object({ to_number: z.string(), metadata: z.record(z.string(), z.unknown()).optional() }))
    .min(1)
    .max(MAX_RECIPIENTS),
  target_concurrency_limit: z.int().optional(),
  scheduled_at: z.string().optional().describe("RFC 3339; nobody is called before"),
  ringing_timeout_seconds: z.int().optional(),
  max_call_duration_minutes: z.int().optional(),
};

const shown = ({ status, body }: ApiAnswer): ToolResult => ({
  text: JSON.stringify(body, null, 2),
  isError: status >= 400,
});
const refused = (text: string): ToolResult => ({ text, isError: true });
const noun = (count: number): string => (count === 1 ? "1 person" : `${count} people`);

const recipientOf = z.object({
  to_number: z.string(),
  status: z.string(),
  end_reason: z.string().optional(),
  error_message: z.string().optional(),
});
const detail = z.looseObject({ recipients: z.array(recipientOf) });

/** A batch without its recipients one by one: how many stand where, and the first failures. */
function digestOf(answer: ApiAnswer): ToolResult {
  if (answer.status >= 400) return shown(answer);
  const { recipients, ...batch } = detail.parse(answer.body);
  const failed = recipients.filter(({ status }) => status === "failed");
  const recipients_by_status = countBy(recipients.map(({ status }) => status));
  const end_reasons = countBy(recipients.flatMap(({ end_reason }) => end_reason ?? []));
  const digest = { ...batch, recipients_by_status, end_reasons, failed: failed.slice(0, FAILURES_SHOWN) };
  return { text: JSON.stringify(digest, null, 2), isError: false };
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}

async function countIn(callApi: CallApi, id: string, status: string): Promise<number | ToolResult> {
  const answer = await callApi("GET", `${BATCHES}/${encodeURIComponent(id)}`);
  if (answer.status >= 400) return shown(answer);
  return detail.parse(answer.body).recipients.filter((one) => one.status === status).length;
}

export const TOOLS: readonly Tool[] = [
  tool({
    name: "list_agents",
    title: "List agents",
    description: "The voice agents that can speak with people who answer.",
    input: {},
    isReadOnly: true,
    run: async (callApi) => shown(await callApi("GET", "/agents?limit=100")),
  }),
  tool({
    name: "list_phone_numbers",
    title: "List phone numbers",
    description: "The numbers that people can be called from.",
    input: {},
    isReadOnly: true,
    run: async (callApi) => shown(await callApi("GET", "/agents/phone-numbers?limit=100")),
  }),
  tool({
    name: "list_batches",
    title: "List batches",
    description: "Batches of calls, the newest first, with status and counts.",
    input: {
      agent_id: z.string().optional().describe("Only batches of this agent"),
      limit: z.int().min(1).max(100).optional(),
      starting_after: z.string().optional().describe("next_page of the list before"),
    },
    isReadOnly: true,
    run: async (callApi, input) => {
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
      return shown(await callApi("GET", `${BATCHES}?${query}`));
    },
  }),
  tool({
    name: "get_batch",
    title: "Watch a batch",
    description: "How far a batch is: counts by status and end reason, and the first failures.",
    input: { batch_id: batchId },
    isReadOnly: true,
    run: async (callApi, { batch_id }) => digestOf(await callApi("GET", `${BATCHES}/${encodeURIComponent(batch_id)}`)),
  }),
  tool({
    name: "preview_batch",
    title: "See what a batch would come to",
    description:
      "Who would be called, kept waiting, left out or failed, and why; how long it would take. Nobody is called and nothing is stored. Its counts are of the request; people of create_batch is the number of recipients in it.",
    input: { ...newBatch, expected_call_seconds: z.int().optional().describe("How long a call is assumed to take") },
    isReadOnly: true,
    run: async (callApi, batch) => shown(await callApi("POST", `${BATCHES}/preview`, batch)),
  }),
  tool({
    name: "create_batch",
    title: "Call people",
    description:
      "Queues phone calls to real people; the first may ring at once. Say to the user how many people will be called, and from which number and agent, and have it confirmed before.",
    input: {
      ...newBatch,
      people,
      idempotency_key: z.string().optional().describe("The same key for a repeat makes no second batch"),
    },
    isReadOnly: false,
    run: async (callApi, { people: said, idempotency_key, ...batch }) => {
      const count = batch.recipients.length;
      if (said !== count) {
        return refused(`Nobody was called. This would call ${noun(count)}, and people says ${said}.`);
      }
      const headers = idempotency_key === undefined ? {} : { "idempotency-key": idempotency_key };
      const answer = await callApi("POST", BATCHES, batch, headers);
      if (answer.status >= 400) return shown(answer);
      return { text: `${noun(count)} will be called.\n${shown(answer).text}`, isError: false };
    },
  }),
  tool({
    name: "retry_batch",
    title: "Call those again who failed",
    description:
      "Calls everybody in the batch again whose call failed. Say to the user how many that are (get_batch tells) and have it confirmed before.",
    input: { batch_id: batchId, people },
    isReadOnly: false,
    run: async (callApi, { batch_id, people: said }) => {
      const count = await countIn(callApi, batch_id, "failed");
      if (typeof count !== "number") return count;
      if (said !== count) {
        return refused(`Nobody was called. This would call ${noun(count)} again, and people says ${said}.`);
      }
      const answer = await callApi("POST", `${BATCHES}/${encodeURIComponent(batch_id)}/retry`);
      if (answer.status >= 400) return shown(answer);
      return { text: `${noun(count)} will be called again.\n${shown(answer).text}`, isError: false };
    },
  }),
  tool({
    name: "cancel_batch",
    title: "Cancel a batch",
    description: "Nobody who still waits is called any more. Calls that are under way run to their end.",
    input: { batch_id: batchId },
    isReadOnly: false,
    run: async (callApi, { batch_id }) => {
      const waiting = await countIn(callApi, batch_id, "queued");
      if (typeof waiting !== "number") return waiting;
      const answer = await callApi("POST", `${BATCHES}/${encodeURIComponent(batch_id)}/cancel`);
      if (answer.status >= 400) return shown(answer);
      return { text: `${noun(waiting)} waited and will not be called.\n${shown(answer).text}`, isError: false };
    },
  }),
];
