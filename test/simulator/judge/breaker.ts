/**
 * A circuit breaker that must have opened: the batch dials nobody but one trial call after each cool-down. Judged by the
 * carrier's record, and only from what the product has certainly heard.
 */

import type { CarrierCall, Telephone } from "../carriers/telephone.ts";
import type { Command } from "../clients/commands.ts";
import type { Known, KnownBatch } from "../clients/known.ts";
import type { Platform } from "../platform/platform.ts";

const MINUTE = 60_000;
/** A call that was decided on leaves within this time (`rules.ts`), and rows of other calls may be durable later. */
const UNDER_WAY_MS = 5_000;

type Breaker = {
  readonly min_calls: number;
  readonly failure_share: number;
  readonly window_minutes: number;
  readonly cool_down_minutes: number;
};

/** These change who waits, or close the breaker. */
const CHANGES: ReadonlySet<string> = new Set(["append", "retry", "change", "pause", "resume", "cancel_call"]);

const hasFailed = ({ end }: CarrierCall): boolean => end === "failed";
/** When it showed that the carrier works: by an answer, or by any end but a failure. */
const workedAt = ({ answeredAt, end, endedAt }: CarrierCall): number | null =>
  answeredAt ?? (end === null || end === "failed" ? null : endedAt);

export function watchBreakers(
  platform: Platform,
  telephone: Telephone,
  known: Known,
  commands: readonly Command[],
): void {
  const changed = new Set(commands.flatMap((one) => ("batch" in one && CHANGES.has(one.kind) ? [one.batch] : [])));
  const placed = (call: CarrierCall): void => {
    const batch = known.byId.get(call.batchId);
    if (batch?.batch.circuit_breaker == null || changed.has(batch.name)) return;
    judge(platform, telephone, batch, batch.batch.circuit_breaker as Breaker, call);
  };
  telephone.watchers.push({ placed });
}

function judge(platform: Platform, telephone: Telephone, batch: KnownBatch, policy: Breaker, call: CarrierCall): void {
  const slackMs = UNDER_WAY_MS + 2 * platform.mostSkewMs;
  const calls = telephone.calls.filter(({ batchId, leftAt }) => batchId === call.batchId && leftAt < call.leftAt);
  // Who is called the first time has waited since the create.
  if (calls.some(({ recipientId }) => recipientId === call.recipientId)) return;
  if (batch.paused.all.some(({ sentAt }) => sentAt > batch.createdAt && sentAt <= call.leftAt)) return;
  const trippedAt = certainlyTrippedAt(calls, policy, slackMs);
  if (trippedAt === null) return;
  const coolMs = policy.cool_down_minutes * MINUTE - slackMs;
  // The first of them may be a trial: the breaker may have opened before it certainly had.
  const last = calls
    .filter(({ leftAt }) => leftAt > trippedAt + slackMs)
    .toSorted((one, other) => one.leftAt - other.leftAt)
    .at(-1);
  if (last !== undefined && call.leftAt < last.leftAt + coolMs) {
    const at = new Date(trippedAt).toISOString();
    platform.problem(
      `${call.callId} left so soon after ${last.callId}, and the circuit breaker of ${batch.name} opened by ${at}`,
    );
  }
}

/**
 * When the calls in this window had certainly opened it. Nothing can have closed it since: from the first counted failure
 * on, each call that was dialed, answered or over had failed. Null: not certain.
 */
function certainlyTrippedAt(calls: readonly CarrierCall[], policy: Breaker, slackMs: number): number | null {
  const { min_calls, failure_share, window_minutes } = policy;
  const worked = calls.filter((one) => workedAt(one) !== null);
  // A call that works is heard of at last, and may have closed the breaker until then.
  const closedBy = Math.max(0, ...worked.map(({ heardAt }) => (heardAt ?? Number.POSITIVE_INFINITY) + slackMs));
  const failures = calls
    .filter((one) => hasFailed(one) && one.leftAt > closedBy + slackMs)
    .toSorted((one, other) => (one.heardAt ?? Infinity) - (other.heardAt ?? Infinity));
  for (const [index, { heardAt }] of failures.entries()) {
    if (heardAt === null) return null;
    const from = heardAt - window_minutes * MINUTE + slackMs;
    const counted = failures.slice(0, index + 1).filter(({ endedAt }) => (endedAt ?? 0) > from).length;
    const beside = worked.filter((one) => (workedAt(one) ?? 0) > from - 2 * slackMs).length;
    if (counted >= min_calls && counted / (counted + beside) >= failure_share) return heardAt;
  }
  return null;
}
