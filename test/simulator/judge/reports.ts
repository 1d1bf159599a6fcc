/** At the end, an organization's report equals a recount of its batches and its calls, whatever was lost, doubled or broke off. */

import type { Client } from "../clients/client.ts";
import type { Platform } from "../platform/platform.ts";

type Counted = {
  readonly answered: number;
  readonly human: number;
  readonly machine: number;
  readonly completed: number;
  readonly started_minutes: number;
};
type Figures = Counted & {
  readonly dialed: number;
  readonly not_reached: Readonly<Record<string, number>>;
  readonly not_called: Readonly<Record<string, number>>;
  readonly completed_on_attempt: readonly number[];
};
type Report = { readonly total: Figures; readonly data: readonly (Figures & { readonly key: string })[] };
/** Of a batch, as it shows it. */
export type ShownAttempt = {
  readonly attempt: number;
  readonly status: string;
  readonly answered_at?: string;
  readonly answered_by?: string;
  readonly duration_seconds?: number;
};
type ShownCall = Omit<ShownAttempt, "attempt" | "answered_at"> & {
  readonly start_time?: string;
  readonly telephony_params: { readonly call_sid?: string };
};

const DAY_MS = 86_400_000;
/** Before the history, and until it has come to rest: the longest report is of 367 days. */
const DAYS = 300;

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

function recount(calls: readonly (Omit<ShownAttempt, "attempt"> & { readonly isAnswered: boolean })[]): Counted {
  const answered = calls.filter(({ isAnswered }) => isAnswered);
  const by = (who: string): number => answered.filter(({ answered_by }) => answered_by === who).length;
  return {
    answered: answered.length,
    human: by("human"),
    machine: by("machine"),
    completed: calls.filter(({ status }) => status === "completed").length,
    started_minutes: answered.reduce(
      (all, { duration_seconds: lasted = 0 }) => all + Math.max(1, Math.ceil(lasted / 60)),
      0,
    ),
  };
}

export class ReportJudge {
  readonly #platform: Platform;
  readonly #client: Client;

  constructor(platform: Platform, client: Client) {
    this.#platform = platform;
    this.#client = client;
  }

  /** `batches`: all of the organization's, by id. */
  async judge(
    key: string,
    name: string,
    batches: ReadonlyMap<string, { readonly name: string; readonly attempts: readonly ShownAttempt[] }>,
  ): Promise<void> {
    const report = await this.#report(key);
    const groups = new Map(report.data.map((group) => [group.key, group]));
    for (const [id, { name: batch, attempts }] of batches) {
      const over = attempts.filter(({ status }) => status === "completed" || status === "failed");
      const group = groups.get(id);
      if (group === undefined) {
        if (over.length > 0) this.#platform.problem(`the report does not know ${batch}, which has called`);
        continue;
      }
      const { dialed, answered, not_called, not_reached } = group;
      this.#compare(batch, group, recount(over.map((one) => ({ ...one, isAnswered: one.answered_at !== undefined }))));
      const reached = over.filter(({ status }) => status === "completed").map(({ attempt }) => Math.min(attempt, 5));
      const onAttempt = [1, 2, 3, 4, 5].map((turn) => reached.filter((one) => one === turn).length);
      const sums = { attempts: dialed + sum(not_called), calls: answered + sum(not_reached) };
      const expected = { attempts: over.length, calls: dialed };
      if (JSON.stringify([sums, group.completed_on_attempt]) !== JSON.stringify([expected, onAttempt])) {
        const said = JSON.stringify({ ...sums, reached: group.completed_on_attempt });
        const recounted = JSON.stringify({ ...expected, reached: onAttempt });
        this.#platform.problem(`the report says ${said} of ${batch}, and a recount ${recounted}`);
      }
    }
    const calls = (await this.#calls(key)).filter(({ telephony_params }) => telephony_params.call_sid !== undefined);
    const all = recount(calls.map((one) => ({ ...one, isAnswered: one.start_time !== undefined })));
    this.#compare(name, report.total, { ...all, dialed: calls.length });
  }

  #compare(of: string, said: Figures, recounted: Partial<Figures>): void {
    for (const [name, count] of Object.entries(recounted)) {
      const shown = said[name as keyof Figures];
      if (shown !== count) {
        this.#platform.problem(`the report says ${name} ${JSON.stringify(shown)} of ${of}, and a recount ${count}`);
      }
    }
  }

  async #report(key: string): Promise<Report> {
    const { now } = this.#platform.scheduler;
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const days = `from=${day(now - DAYS * DAY_MS)}&until=${day(now + 2 * DAY_MS)}`;
    const { body } = await this.#client.ask(key, "GET", `/agents/reports?by=batch&${days}`);
    return body as Report;
  }

  /** Of batches and direct calls. */
  async #calls(key: string): Promise<ShownCall[]> {
    const calls: ShownCall[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const after: string = next === "" ? "" : `&starting_after=${next}`;
      const { body } = await this.#client.ask(key, "GET", `/agents/calls?agent_id=agent_a&limit=100${after}`);
      const page = body as { data: ShownCall[]; next_page: string | null };
      calls.push(...page.data);
      next = page.next_page;
    }
    return calls;
  }
}
