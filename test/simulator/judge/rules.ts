/** Every rule of calling, by the carrier's record of when each request left and what became of the call. */

import type { CarrierCall, Telephone } from "../carriers/telephone.ts";
import type { WindowBody } from "../clients/commands.ts";
import type { Known, KnownBatch, KnownOrganization } from "../clients/known.ts";
import { NUMBERS, numberId, providerId } from "../clients/known.ts";
import type { Ordered } from "../clients/timeline.ts";
import type { Platform } from "../platform/platform.ts";
import { isOpen, readingOf } from "./local-time.ts";

const MINUTE = 60_000;
/** A request that was given to a lane leaves within this (`batch/dialing/lane.ts`), and what is written may be durable later. */
const LEAVES_WITHIN_MS = 2_600;
/** Calls are cleared so long ahead, and dialed so long after (`calling/messages/clearance.ts`). */
const BUNCHED_MS = 8_000;

export type Judged = {
  readonly platform: Platform;
  readonly telephone: Telephone;
  readonly known: Known;
  /** The zones that a number may be in, by its prefix alone. */
  readonly zonesOf: (number: string, timezone: string | null) => readonly string[];
  /** The carrier could not always be asked. */
  readonly mayBeUnknown: boolean;
};

export function judgeRules(judged: Judged): void {
  const { known, telephone } = judged;
  const ownBatches = new Map([...known.batches.values()].map((batch) => [batch.batchId, batch]));
  for (const organization of known.organizations) {
    const calls = telephone.calls
      .filter(({ organizationId }) => organizationId === organization.plan.id)
      .sort((a, b) => a.leftAt - b.leftAt);
    for (const call of calls) {
      const batch = ownBatches.get(call.batchId) ?? null;
      judgeWindow(judged, call, organization.window, "its organization's window");
      judgeListed(judged, call, organization);
      if (batch !== null) judgeOfBatch(judged, call, batch);
    }
    judgeContacts(judged, calls, organization, ownBatches);
    judgePaces(judged, calls, organization);
  }
  for (const batch of known.batches.values()) {
    const calls = telephone.calls.filter(({ batchId }) => batchId === batch.batchId);
    judgeAttempts(judged, calls, batch);
    judgePace(judged, calls, batch.pace, `${batch.name}'s own pace`, LEAVES_WITHIN_MS);
  }
}

const time = (at: number): string => new Date(at).toISOString();
const about = (call: CarrierCall): string => `${call.callId} to ${call.to} left at ${time(call.leftAt)}`;
const skewOf = ({ platform }: Judged): number => 2 * platform.mostSkewMs;

function judgeWindow(judged: Judged, call: CarrierCall, ordered: Ordered<WindowBody | null>, whose: string): void {
  const from = call.leftAt - LEAVES_WITHIN_MS - skewOf(judged);
  const windows = ordered.possible(from, call.leftAt);
  if (windows.length === 0 || windows.includes(null)) return;
  const timezone = judged.known.zones.get(call.to) ?? null;
  const isAllowed = windows.some((window) => window !== null && isOpenFor(judged, window, call, timezone));
  if (!isAllowed) judged.platform.problem(`${about(call)}, outside of ${whose}`);
}

/** In all zones that somebody may be in, from the request to the last ring. */
function isOpenFor(judged: Judged, window: WindowBody, call: CarrierCall, timezone: string | null): boolean {
  const zones = window.timezone_mode === "fixed" ? [window.timezone ?? "UTC"] : judged.zonesOf(call.to, timezone);
  if (zones.length === 0) return false;
  const slackMs = LEAVES_WITHIN_MS + skewOf(judged);
  const near = (zone: string, at: number): boolean =>
    [at, at - slackMs, at + slackMs].some((instant) => isOpen(window, zone, instant));
  return zones.every((zone) => near(zone, call.leftAt) && near(zone, call.leftAt + call.ringsAtMostMs));
}

function judgeListed(judged: Judged, call: CarrierCall, { listed }: KnownOrganization): void {
  const ordered = listed.get(call.to);
  const states = ordered?.possible(call.leftAt - LEAVES_WITHIN_MS, call.leftAt) ?? [];
  if (states.length > 0 && !states.includes(false)) {
    judged.platform.problem(`${about(call)}, and its number is on the do-not-call list`);
  }
}

function judgeOfBatch(judged: Judged, call: CarrierCall, batch: KnownBatch): void {
  const { platform } = judged;
  judgeWindow(judged, call, batch.window, `${batch.name}'s window`);
  const before = call.leftAt - LEAVES_WITHIN_MS;
  const isAll = (ordered: Ordered<boolean>): boolean => {
    const states = ordered.possible(before, call.leftAt);
    return states.length > 0 && !states.includes(false);
  };
  if (isAll(batch.paused)) platform.problem(`${about(call)}, and ${batch.name} is paused`);
  for (const { batchId, answeredAt, until } of judged.telephone.pauses) {
    const isMeanwhile = call.leftAt > answeredAt + LEAVES_WITHIN_MS && call.leftAt < until - skewOf(judged) - 500;
    if (batchId === call.batchId && isMeanwhile) {
      platform.problem(`${about(call)}, and the carrier had asked ${batch.name} to wait until ${time(until)}`);
    }
  }
  if (isAll(batch.cancelled)) platform.problem(`${about(call)}, and ${batch.name} is cancelled`);
  const starts = Math.min(...batch.startsAt.possible(0, call.leftAt));
  if (call.leftAt < starts - skewOf(judged)) {
    platform.problem(`${about(call)}, and ${batch.name} begins at ${time(starts)}`);
  }
}

/** Gaps and daily numbers: for a number, whoever of the organization calls it. */
function judgeContacts(
  judged: Judged,
  calls: readonly CarrierCall[],
  { gap, cap }: KnownOrganization,
  ownBatches: ReadonlyMap<string | null, KnownBatch>,
): void {
  const byNumber = Map.groupBy(calls, ({ to }) => to);
  for (const [number, contacts] of byNumber) {
    contacts.forEach((call, index) => {
      const earlier = contacts.slice(0, index);
      const batch = ownBatches.get(call.batchId) ?? null;
      for (const before of earlier) {
        const gapMs = MINUTE * Math.max(certainGap(gap, before, call), ownGap(batch, before, call));
        const slackMs = LEAVES_WITHIN_MS + skewOf(judged);
        if (call.leftAt - before.leftAt < gapMs - slackMs) {
          judged.platform.problem(`${about(call)}, ${gapMs / MINUTE} minutes have not passed since ${before.callId}`);
        }
      }
      judgeDay(judged, number, [...earlier, call], certainCap(cap, call));
      // Before the batch was there its rule was nobody's, and calls may not have been remembered.
      const since = earlier.filter(({ leftAt }) => batch !== null && leftAt > batch.createdAt + MINUTE);
      judgeDay(judged, number, [...since, call], ownCap(batch, call));
    });
  }
}

/** Of the rules that must have held from the one call to the other; 0: none. */
function certainGap(ordered: Ordered<number | null>, from: CarrierCall, to: CarrierCall): number {
  return Math.min(...ordered.possible(from.leftAt - MINUTE, to.leftAt).map((minutes) => minutes ?? 0));
}

function ownGap(batch: KnownBatch | null, from: CarrierCall, to: CarrierCall): number {
  if (batch === null || batch.createdAt > from.leftAt - MINUTE) return 0;
  return Math.min(...batch.policy.possible(from.leftAt - MINUTE, to.leftAt).map((one) => one?.min_gap_minutes ?? 0));
}

/** With the hour that a day may have more. */
const DAY = 25 * 60 * MINUTE;
const NONE = Number.POSITIVE_INFINITY;

function certainCap(ordered: Ordered<number | null>, call: CarrierCall): number {
  return Math.max(...ordered.possible(call.leftAt - DAY, call.leftAt).map((most) => most ?? NONE));
}

function ownCap(batch: KnownBatch | null, call: CarrierCall): number {
  if (batch === null) return NONE;
  const caps = batch.policy.possible(batch.createdAt, call.leftAt);
  return Math.max(...caps.map((policy) => policy?.max_attempts_per_number_per_day ?? NONE));
}

function judgeDay(judged: Judged, number: string, calls: readonly CarrierCall[], cap: number): void {
  const last = calls.at(-1);
  if (last === undefined || cap === NONE || calls.length <= cap) return;
  const known = judged.zonesOf(number, judged.known.zones.get(number) ?? null);
  const slackMs = LEAVES_WITHIN_MS + 5_000 + skewOf(judged);
  for (const zone of known.length === 0 ? ["UTC"] : known) {
    const dateOf = (at: number): string => readingOf(zone, at).date;
    const { date } = readingOf(zone, last.leftAt);
    if (dateOf(last.leftAt - slackMs) !== date || dateOf(last.leftAt + slackMs) !== date) continue;
    const that = calls.filter(({ leftAt }) => dateOf(leftAt - slackMs) === date && dateOf(leftAt + slackMs) === date);
    if (that.length > cap)
      judged.platform.problem(`${about(last)}, the ${that.length}th of its day in ${zone}: ${cap}`);
  }
}

function judgePaces(judged: Judged, calls: readonly CarrierCall[], organization: KnownOrganization): void {
  judgePace(judged, calls, organization.pace, `the pace of ${organization.plan.id}`, BUNCHED_MS);
  for (const via of ["twilio", "http"] as const) {
    const own = calls.filter(({ from }) => from === NUMBERS[via]);
    for (const id of [providerId(via), numberId(via)]) {
      const pace = organization.paces.get(id);
      if (pace !== undefined) judgePace(judged, own, pace, `the pace of ${id}`, BUNCHED_MS);
    }
  }
}

/** Between any two calls of one order of pace there are no more than it allows. */
function judgePace(
  judged: Judged,
  calls: readonly CarrierCall[],
  ordered: Ordered<number | null>,
  whose: string,
  bunchedMs: number,
): void {
  if (ordered.all.every(({ value }) => value === null)) return;
  const slackMs = bunchedMs + skewOf(judged);
  const sorted = [...calls].sort((a, b) => a.leftAt - b.leftAt);
  sorted.forEach((first, from) => {
    for (let to = from + 2; to < sorted.length; to += 1) {
      const last = sorted[to];
      if (last === undefined) break;
      const paces = ordered.possible(first.leftAt - slackMs, last.leftAt);
      const fastest = Math.max(...paces.map((pace) => pace ?? NONE));
      if (fastest === NONE) break;
      const passedMs = last.leftAt - first.leftAt + slackMs;
      if (to - from > 1 + (fastest * passedMs) / 1_000) {
        judged.platform.problem(`${to - from + 1} calls until ${about(last)}, above ${whose}: ${fastest} a second`);
        return;
      }
      if (passedMs > 4 * slackMs + 4_000 / fastest) break;
    }
  });
}

/** A recipient is called again by the policy alone, after its time, and never while a call to it may be going on. */
function judgeAttempts(judged: Judged, calls: readonly CarrierCall[], batch: KnownBatch): void {
  const { platform } = judged;
  for (const [, attempts] of Map.groupBy(calls, ({ recipientId }) => recipientId)) {
    attempts.sort((a, b) => a.leftAt - b.leftAt);
    let byPolicy = 1;
    attempts.forEach((call, index) => {
      const before = attempts[index - 1];
      if (before === undefined) return;
      const isRetried = batch.retries.all.some(({ sentAt }) => sentAt > before.leftAt && sentAt <= call.leftAt);
      byPolicy += 1;
      // Where questions fail for long it may not be known, and then a human's retry calls again.
      const isReached = before.endReason === "client_hangup" && before.answeredBy === "human";
      if (isReached && !judged.mayBeUnknown) {
        platform.problem(`${about(call)}, and ${before.callId} to the same recipient was completed`);
      }
      if (isRetried) {
        byPolicy = 1;
        return;
      }
      if (before.endedAt === null || before.endedAt > call.leftAt) {
        platform.problem(`${about(call)}, while ${before.callId} to the same recipient goes on`);
      }
      const policies = batch.policy.possible(batch.createdAt, call.leftAt).filter((policy) => policy !== null);
      const most = Math.max(0, ...policies.map(({ max_attempts }) => max_attempts));
      const hasHumans = batch.retries.all.length > 0;
      if (byPolicy > most && !hasHumans) {
        platform.problem(`${about(call)}, the ${byPolicy}th attempt by itself: the policy allows ${most}`);
      }
      const least = Math.min(...policies.flatMap(({ intervals_minutes }) => intervals_minutes));
      const restMs = call.leftAt - (before.endedAt ?? call.leftAt);
      if (restMs < least * MINUTE - skewOf(judged) - 2_000) {
        platform.problem(`${about(call)}, ${Math.round(restMs / 1_000)} s after ${before.callId}: the policy waits`);
      }
    });
  }
}
