/** What makes an operation an assistant's tool, besides its own description. */

import { z } from "zod";

export type ApiAnswer = { readonly status: number; readonly body: unknown };
export type Arguments = Readonly<Record<string, unknown>>;
/** Calls the API with the caller's key. */
export type CallApi = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ApiAnswer>;

export type Tool = {
  readonly title: string;
  /** Replaces the operation's own description. */
  readonly description: string;
  /**
   * For a tool that starts or stops calls: how many people it concerns, found before it runs. If the result is not a
   * number, the assistant is told and nothing is done.
   */
  readonly concerns?: (given: Arguments, callApi: CallApi) => Promise<number | ApiAnswer>;
  /** What happens to them, like "called". */
  readonly fate?: string;
  /**
   * The assistant must state the number, and nothing is done unless it is right. So a person has seen it before anyone
   * is called.
   */
  readonly isConfirmed?: true;
  /** Shortens a large answer. */
  readonly digest?: (body: unknown) => unknown;
};

const BATCH = z.looseObject({
  recipients: z.array(
    z.object({
      to_number: z.string(),
      status: z.string(),
      end_reason: z.string().optional(),
      error_message: z.string().optional(),
    }),
  ),
});
/** Enough to see what goes wrong, few enough to read. */
const FAILURES_SHOWN = 20;

/** A batch without its list of recipients: counts by status, and the first failures. */
export function digestOfBatch(body: unknown): unknown {
  const { recipients, ...batch } = BATCH.parse(body);
  return {
    ...batch,
    recipients_by_status: countBy(recipients.map(({ status }) => status)),
    end_reasons: countBy(recipients.flatMap(({ end_reason }) => end_reason ?? [])),
    failed: recipients.filter(({ status }) => status === "failed").slice(0, FAILURES_SHOWN),
  };
}

const countBy = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));

/** How many of the batch's recipients have a status. */
export const countOf =
  (status: string): NonNullable<Tool["concerns"]> =>
  async ({ batch_id }, callApi) => {
    const answer = await callApi("GET", `/agents/calls/batches/${encodeURIComponent(String(batch_id))}`);
    if (answer.status >= 400) return answer;
    return BATCH.parse(answer.body).recipients.filter((one) => one.status === status).length;
  };
