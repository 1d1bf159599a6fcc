/** Every calling rule, checked with the carrier's record of when each request left and how the call went. */

import type { CarrierCall, Telephone } from "../carriers/telephone.ts";
import type { WindowBody } from "../clients/commands.ts";
import type { Known, KnownBatch, KnownOrganization } from "../clients/known.ts";
import { NUMBERS, numberId, providerId } from "../clients/known.ts";
import type { Ordered } from "../clients/timeline.ts";
import type { Platform } from "../platform/platform.ts";
import { isOpen, readingOf } from "./local-time.ts";

const MINUTE = 60_000;
/** A request to a lane leaves within this time (`batch/dialing/lane.ts`); writes may be durable later. */
/** A dialer recognizes a repeat, so a request whose answer was lost leaves once more. */
const REPEATED_WITHIN_MS = 10_000;
const LEAVES_WITHIN_MS = 2_600;
/** Calls are cleared this far ahead, and dialed this late (`calling/messages/clearance.ts`). */
const BUNCHED_MS = 8_000;

export type Judged = {
  readonly platform: Platform;
  readonly telephone: Telephone;
  readonly known: Known;
  /** The zones that a number may be in, by its prefix. */
  readonly zonesOf: (number: string, timezone: string | null) => readonly string[];
  /** The carrier could not always be asked. */
  readonly mayBeUnknown: boolean;
};

/** Judges each call when it is placed, with the calls before it. */
export class RulesOfCalling {
  readonly #judged: Judged;
  /** By number and organization, by recipient, and by everything with a pace; in the order in which requests left. */
  readonly #lists = new Map<string, CarrierCall[]>();
  /** Calls of batches whose ids the client does not know yet. */
  readonly #unknown = new Map<string, CarrierCall[]>();

  constructor(judged: Judged) {
    this.#judged = judged;
  }

  placed(call: CarrierCall): void {
    const judged = this.#judged;
    const { known } = judged;
    const organization = known.organizations.find(({ plan }) => plan.id === call.organizationId);
    if (organization === undefined) return;
    judgeWindow(judged, call, organization.window, "its organization's window");
    judgeListed(judged, call, organization);
    const { id } = organization.plan;
    const contacts = listed(this.#lists, `${id} ${call.to}`, call);
    for (const one of contacts.slice(contacts.indexOf(call))) judgeContacts(judged, contacts, one, organization);
    this.#judgePaces(call, organization);
    const batch = known.byId.get(call.batchId);
    if (batch !== undefined) this.#judgeOfBatch(call, batch, contacts);
    else listed(this.#unknown, call.batchId, call);
  }

  /** The client learns the batch's id. Direct calls belong to no batch. */
  learned(batch: KnownBatch): void {
    const calls = this.#unknown.get(batch.batchId ?? "") ?? [];
    this.#unknown.delete(batch.batchId ?? "");
    for (const call of calls) {
      this.#judgeOfBatch(call, batch, this.#lists.get(`${batch.organization.plan.id} ${call.to}`) ?? []);
    }
  }

  #judgeOfBatch(call: CarrierCall, batch: KnownBatch, contacts: readonly CarrierCall[]): void {
    const judged = this.#judged;
    judgeOfBatch(judged, call, batch);
    judgeOwnContacts(judged, contacts, call, batch);
    judgeAttempts(judged, listed(this.#lists, call.recipientId, call), batch);
    const { name, pace } = batch;
    judgePace(judged, listed(this.#lists, `pace of ${name}`, call), call, pace, name, LEAVES_WITHIN_MS);
  }

  #judgePaces(call: CarrierCall, organization: KnownOrganization): void {
    const { id } = organization.plan;
    const via = VIAS.find((one) => NUMBERS[one] === call.from);
    const paced: [string, Ordered<number | null> | undefined][] = [[id, organization.pace]];
    for (const one of via === undefined ? [] : [providerId(via), numberId(via)]) {
      paced.push([`${id} ${one}`, organization.paces.get(one)]);
    }
    for (const [whose, pace] of paced) {
      if (pace === undefined) continue;
      judgePace(this.#judged, listed(this.#lists, `pace of ${whose}`, call), call, pace, whose, BUNCHED_MS);
    }
  }
}

/** The list with the call inserted, by when its request left. */
function listed(lists: Map<string, CarrierCall[]>, key: string, call: CarrierCall): CarrierCall[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  let at = list.length;
  while (at > 0 && (list[at - 1]?.leftAt ?? 0) > call.leftAt) at -= 1;
  list.splice(at, 0, call);
  return list;
}

const VIAS = ["twilio", "http"] as const;

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

/** In all zones that the person may be in, from the request to the last ring. */
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
  const leavesWithin = LEAVES_WITHIN_MS + (batch.via === "http" ? REPEATED_WITHIN_MS : 0);
  for (const { batchId, answeredAt, until } of judged.telephone.pauses) {
    const isMeanwhile = call.leftAt > answeredAt + leavesWithin && call.leftAt < until - skewOf(judged) - 500;
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

/** The organization's gaps and daily limits: for a number, over all batches. */
function judgeContacts(
  judged: Judged,
  contacts: readonly CarrierCall[],
  call: CarrierCall,
  { gap, cap }: KnownOrganization,
): void {
  const earlier = contacts.slice(0, contacts.indexOf(call));
  for (const before of earlier) judgeGap(judged, before, call, certainGap(gap, before, call));
  judgeDay(judged, call.to, [...earlier, call], certainCap(cap, call));
}

/** The rules of a batch's policy, over the calls of all batches. */
function judgeOwnContacts(
  judged: Judged,
  contacts: readonly CarrierCall[],
  call: CarrierCall,
  batch: KnownBatch,
): void {
  const earlier = contacts.slice(0, contacts.indexOf(call));
  const existed = existedBy(batch, contacts);
  for (const before of earlier) judgeGap(judged, before, call, ownGap(batch, existed, before, call));
  // Before the batch existed its rule was unknown, so earlier calls may not have been recorded.
  const since = earlier.filter(({ leftAt }) => leftAt > existed + MINUTE);
  judgeDay(judged, call.to, [...since, call], ownCap(batch, call));
}

function judgeGap(judged: Judged, before: CarrierCall, call: CarrierCall, minutes: number): void {
  if (call.leftAt - before.leftAt >= MINUTE * minutes - skewOf(judged)) return;
  judged.platform.problem(`${about(call)}, ${minutes} minutes have not passed since ${before.callId}`);
}

/** The gap that must have been in force between the two calls; 0: none. */
function certainGap(ordered: Ordered<number | null>, from: CarrierCall, to: CarrierCall): number {
  return Math.min(...ordered.possible(from.leftAt - MINUTE, to.leftAt).map((minutes) => minutes ?? 0));
}

/** When its create had arrived at the latest: it was answered, or the batch called. Requests before may have been lost. */
function existedBy({ batchId, acceptedAt }: KnownBatch, contacts: readonly CarrierCall[]): number {
  const called = contacts.find((call) => call.batchId === batchId)?.leftAt;
  return Math.min(acceptedAt ?? Number.POSITIVE_INFINITY, called ?? Number.POSITIVE_INFINITY);
}

function ownGap(batch: KnownBatch, existed: number, from: CarrierCall, to: CarrierCall): number {
  if (existed > from.leftAt - MINUTE) return 0;
  return Math.min(...batch.policy.possible(from.leftAt - MINUTE, to.leftAt).map((one) => one?.min_gap_minutes ?? 0));
}

/** A day may have one hour more. */
const DAY = 25 * 60 * MINUTE;
const NONE = Number.POSITIVE_INFINITY;

function certainCap(ordered: Ordered<number | null>, call: CarrierCall): number {
  return Math.max(...ordered.possible(call.leftAt - DAY, call.leftAt).map((most) => most ?? NONE));
}

function ownCap(batch: KnownBatch, call: CarrierCall): number {
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

/** Any calls under one order of pace are at most as many as it allows. `sorted` includes `call`. */
function judgePace(
  judged: Judged,
  sorted: readonly CarrierCall[],
  call: CarrierCall,
  ordered: Ordered<number | null>,
  whose: string,
  bunchedMs: number,
): void {
  if (ordered.all.every(({ value }) => value === null)) return;
  const slackMs = bunchedMs + skewOf(judged);
  const its = sorted.indexOf(call);
  for (let from = its; from >= 0; from -= 1) {
    const first = sorted[from];
    if (first === undefined) break;
    let mayReachFurther = false;
    for (let to = Math.max(its, from + 2); to < sorted.length; to += 1) {
      const last = sorted[to];
      if (last === undefined) break;
      const paces = ordered.possible(first.leftAt - slackMs, last.leftAt);
      const fastest = Math.max(...paces.map((pace) => pace ?? NONE));
      if (fastest === NONE) break;
      const passedMs = last.leftAt - first.leftAt + slackMs;
      if (to - from > 1 + (fastest * passedMs) / 1_000) {
        judged.platform.problem(
          `${to - from + 1} calls until ${about(last)}, above the pace of ${whose}: ${fastest} a second`,
        );
        return;
      }
      if (passedMs > 4 * slackMs + 4_000 / fastest) break;
      mayReachFurther = true;
    }
    if (!mayReachFurther && from < its - 2) return;
  }
}

const RETRYABLE: ReadonlySet<string> = new Set(["dial_busy", "dial_no_answer", "dial_failed"]);

/** A recipient is called again only by the policy, after its time, and never while a call to it may be in flight. */
function judgeAttempts(judged: Judged, attempts: readonly CarrierCall[], batch: KnownBatch): void {
  const { platform } = judged;
  let byPolicy = 1;
  attempts.forEach((call, index) => {
    const before = attempts[index - 1];
    if (before === undefined) return;
    // A request for it may have been under way while the call failed.
    const isRetried = batch.retries.all.some(
      ({ sentAt, endedAt }) => (endedAt ?? sentAt) > before.leftAt && sentAt <= call.leftAt,
    );
    byPolicy += 1;
    // If questions fail for long, it may not be known, and then a human's retry calls again.
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
    // The product may name an end otherwise, if the carrier has no term for it or a question ended it.
    const isKnown = !judged.mayBeUnknown && RETRYABLE.has(before.endReason ?? "");
    const retries = new Set(policies.flatMap(({ retry_on }) => retry_on));
    if (isKnown && !hasHumans && !retries.has(before.endReason ?? "")) {
      platform.problem(
        `${about(call)}, though ${before.callId} ended with ${before.endReason}, and the policy is for others`,
      );
    }
    const least = Math.min(...policies.flatMap(({ intervals_minutes }) => intervals_minutes));
    const restMs = call.leftAt - (before.endedAt ?? call.leftAt);
    if (restMs < least * MINUTE - skewOf(judged) - 2_000) {
      platform.problem(`${about(call)}, ${Math.round(restMs / 1_000)} s after ${before.callId}: the policy waits`);
    }
  });
}
