/**
 * By priority, and the oldest first within one. If no message was lost and nothing delays a batch's recipients, no batch
 * gets slots before one that waits and comes before it.
 */

import type { KnownBatch, KnownOrganization } from "../clients/known.ts";
import type { Faults } from "../platform/faults.ts";
import type { Platform } from "../platform/platform.ts";

export type Admitted = { readonly batch: KnownBatch; readonly admittedAt: number };

/** With one of these, the ledger may hear of a younger batch first. */
const DELAYS = [
  "crash",
  "eviction",
  "lateCommit",
  "messageLost",
  "answerLost",
  "messageLate",
  "neverAnswered",
  "brokenStub",
  "alarmLate",
  "alarmDropped",
  "clientLost",
] as const satisfies readonly (keyof Faults)[];

/** A grant, and the order that it follows from, may have been under way for so long. */
const UNDER_WAY_MS = 2_000;

export const isOrderCertain = (faults: Faults): boolean => DELAYS.every((fault) => faults[fault] === 0);

/** It could be dialed from its creation on, whatever came later. */
function isAlwaysReady({ batch, createdAt, window, policy, startsAt, paused, cancelled }: KnownBatch): boolean {
  const isPlain = policy.all.every(
    ({ value }) => value?.min_gap_minutes === undefined && value?.max_attempts_per_number_per_day === undefined,
  );
  return (
    isPlain &&
    batch.circuit_breaker === undefined &&
    window.all.every(({ value }) => value === null) &&
    startsAt.all.every(({ value }) => value <= createdAt) &&
    paused.all.every(({ value, sentAt }) => !value || sentAt < createdAt) &&
    cancelled.all.every(({ value }) => !value)
  );
}

const hasNoRules = ({ window, gap, cap, listed }: KnownOrganization): boolean =>
  listed.size === 0 && [window, gap, cap].every((rule) => rule.all.every(({ value }) => value === null));

/** Whether it came first, whatever was under way. A history is far shorter than the week that a level is worth. */
function isFirst(one: KnownBatch, other: KnownBatch, from: number, until: number): boolean {
  const worst = Math.max(...one.priority.possible(from, until));
  const best = Math.min(...other.priority.possible(from, until));
  const acceptedAt = one.acceptedAt ?? Number.POSITIVE_INFINITY;
  return worst < best ? acceptedAt < from : worst === best && acceptedAt < other.createdAt;
}

export function judgeOrder(platform: Platform, organization: KnownOrganization, admitted: readonly Admitted[]): void {
  if (!hasNoRules(organization)) return;
  const slackMs = 2 * platform.mostSkewMs + 50;
  for (const { batch, admittedAt } of admitted) {
    if (!isAlwaysReady(batch)) continue;
    for (const other of admitted) {
      const [from, until] = [other.admittedAt - UNDER_WAY_MS, other.admittedAt + slackMs];
      if (until >= admittedAt || !isFirst(batch, other.batch, from, until)) continue;
      platform.problem(`${other.batch.name} was admitted before ${batch.name}, which comes first and waited`);
    }
  }
}
