/** Judges a run by its witnesses: the carrier's own records and the API. Pure: what was seen goes in, findings come out. */

import type { Batch } from "../local/wire.ts";

export type WitnessedCall = {
  readonly to: string;
  readonly agent_call_id: string | null;
  readonly recipient_id: string | null;
};
export type Witness = {
  readonly calls: readonly WitnessedCall[];
  readonly peak_in_flight: number;
  readonly in_flight: number;
};
export type LedgerSeen = {
  readonly in_use: number;
  readonly holding: readonly unknown[];
  readonly waiting: readonly unknown[];
};

export type Findings = {
  /** Attempts for which the carrier placed more than one call. */
  readonly doubled: readonly string[];
  /** Recipients who were called more often than they had attempts. */
  readonly overcalled: readonly string[];
  /** Recipients who are not over. */
  readonly lost: readonly string[];
  /** Completed, and the carrier has no call to them. */
  readonly unwitnessed: readonly string[];
  /** Failed without any reason shown. */
  readonly unexplained: readonly string[];
  /** Batches whose counters differ from a recount of their recipients. */
  readonly miscounted: readonly string[];
  /** How far the carrier's peak was above the limit. */
  readonly aboveLimit: number;
  /** Of what the webhook should have been told. */
  readonly untold: readonly string[];
  /** Slots still counted when nothing is left to do. */
  readonly leaked: number;
};

const over = new Set(["completed", "failed", "cancelled"]);

/**
 * `untold`: events that the webhook did not get. `attemptsEach`: how often a batch may call each recipient
 * automatically, including the first call.
 */
export function judge(
  batches: readonly Batch[],
  witness: Witness,
  ledger: LedgerSeen,
  limit: number,
  attemptsEach = 1,
  untold: readonly string[] = [],
): Findings {
  const recipients = batches.flatMap((batch) => batch.recipients);
  const callsOf = Map.groupBy(witness.calls, (call) => call.recipient_id ?? "");
  const callsOfAttempt = Map.groupBy(witness.calls, (call) => call.agent_call_id ?? "");
  const attemptsOf = new Map(
    batches.flatMap((batch) => batch.recipients.map(({ id }) => [id, attemptsEach * (1 + batch.retry_count)])),
  );
  return {
    doubled: [...callsOfAttempt].filter(([, calls]) => calls.length > 1).map(([id]) => id),
    overcalled: [...callsOf].filter(([id, calls]) => calls.length > (attemptsOf.get(id) ?? 0)).map(([id]) => id),
    lost: recipients.filter(({ status }) => !over.has(status)).map(({ id }) => id),
    unwitnessed: recipients.filter(({ id, status }) => status === "completed" && !callsOf.has(id)).map(({ id }) => id),
    unexplained: recipients
      .filter((one) => one.status === "failed" && !one.error_message && !one.end_reason)
      .map(({ id }) => id),
    miscounted: batches.filter(isMiscounted).map(({ id }) => id),
    aboveLimit: Math.max(0, witness.peak_in_flight - limit),
    untold,
    leaked: ledger.in_use + ledger.holding.length + ledger.waiting.length,
  };
}

function isMiscounted(batch: Batch): boolean {
  const finished = batch.recipients.filter(({ status }) => status === "completed" || status === "failed").length;
  const cancelled = batch.recipients.filter(({ status }) => status === "cancelled").length;
  return (
    batch.total_calls_scheduled !== batch.recipients.length ||
    batch.total_calls_finished !== finished ||
    batch.total_calls_dispatched !== batch.recipients.length - cancelled
  );
}

export const isClean = (findings: Findings): boolean =>
  Object.values(findings).every((found) => (typeof found === "number" ? found === 0 : found.length === 0));
