/** What makes an operation an assistant's tool, beside what it says of itself. */

import { z } from "zod";

export type ApiAnswer = { readonly status: number; readonly body: unknown };
export type Arguments = Readonly<Record<string, unknown>>;
/** The API under the caller's key. */
export type CallApi = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ApiAnswer>;

export type Tool = {
  readonly title: string;
  /** In place of the operation's own words. */
  readonly description: string;
  /**
   * Of a tool that calls people, or stops it: how many it concerns, found before it is used. An answer that is no number is
   * told to the assistant, and nothing is done.
   */
  readonly concerns?: (given: Arguments, callApi: CallApi) => Promise<number | ApiAnswer>;
  /** "called": what becomes of them. */
  readonly fate?: string;
  /** The assistant has to say the number, and nothing is done unless it is right: so somebody has seen it before anybody is called. */
  readonly isConfirmed?: true;
  /** What is shown of a large answer. */
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
/** Enough to see what goes wrong, little enough to read. */
const FAILURES_SHOWN = 20;

/** A batch without its recipients one by one: how many stand where, and the first failures. */
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
