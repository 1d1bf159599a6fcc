/**
 * The oldest batch first. If no message was lost and nothing delays a batch's recipients, a younger batch never gets
 * slots before an older one that waits.
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

export function judgeOrder(platform: Platform, organization: KnownOrganization, admitted: readonly Admitted[]): void {
  if (!hasNoRules(organization)) return;
  const slackMs = 2 * platform.mostSkewMs + 50;
  for (const older of admitted) {
    if (!isAlwaysReady(older.batch) || older.batch.acceptedAt === null) continue;
    for (const younger of admitted) {
      if (younger.batch.createdAt <= older.batch.acceptedAt || younger.admittedAt + slackMs >= older.admittedAt)
        continue;
      platform.problem(`${younger.batch.name} was admitted before ${older.batch.name}, which is older and waited`);
    }
  }
}
