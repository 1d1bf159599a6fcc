/**
 * How long a batch would take, if every call had the same length and no recipient were called twice. The calls of a
 * preview are placed into the batch's slots, within the pace and each recipient's hours. Pure.
 */

import type { Outlook } from "../../calling/messages/outlook.ts";
import type { Chance, Preview } from "./preview.ts";

export type CourseSettings = {
  /** Calls at once. */
  readonly slots: number;
  /** From dialing to the end of the call. */
  readonly callMs: number;
  /** Between two calls' beginnings; 0: no pace. */
  readonly paceMs: number;
  /** The pace lets no call begin earlier. */
  readonly pacedUntil: number;
};

export function settingsOf({ order, pace }: Outlook, callSeconds: number): CourseSettings {
  const perSecond = Math.min(
    pace?.perSecond ?? Number.POSITIVE_INFINITY,
    order.callsPerSecond ?? Number.POSITIVE_INFINITY,
  );
  const longestMs = (order.ringing_timeout_seconds + order.max_call_duration_minutes * 60) * 1_000;
  return {
    slots: order.target_concurrency_limit,
    callMs: Math.min(callSeconds * 1_000, longestMs),
    paceMs: 1_000 / perSecond,
    pacedUntil: pace?.nextAt ?? 0,
  };
}

/**
 * `endsAt`: null if no recipient is called. `calls`: those that begin before the windows expire, and within a year. The
 * others are not reached.
 */
export type Course = { readonly calls: number; readonly endsAt: number | null };

/** The remaining recipients of one group, by their earliest time, then in the order submitted. */
type Queue = { readonly chances: readonly (Chance & { readonly place: number })[]; next: number; notBefore: number };

export function courseOf(
  { chances, hours, startsAt, looksUntil, expiresAt }: Preview,
  settings: CourseSettings,
): Course {
  const { slots, callMs, paceMs } = settings;
  const queues = queuesOf(chances);
  const begins: number[] = [];
  let paced = settings.pacedUntil;
  for (;;) {
    // Calls begin in order and have the same length, so slots become free in the order in which they were taken.
    const slotFreeAt = begins.length < slots ? startsAt : (begins[begins.length - slots] ?? startsAt) + callMs;
    const from = Math.max(startsAt, slotFreeAt, paced);
    const begin = takeNext(queues, from, hours.opensAt);
    if (begin === null || begin > looksUntil || (expiresAt !== null && expiresAt <= begin)) break;
    begins.push(begin);
    paced = begin + paceMs;
  }
  const last = begins.at(-1);
  return { calls: begins.length, endsAt: last === undefined ? null : last + callMs };
}

function queuesOf(chances: readonly Chance[]): Map<number, Queue> {
  const placed = chances.map((chance, place) => ({ ...chance, place }));
  const groups = Map.groupBy(placed, ({ group }) => group);
  return new Map(
    [...groups].map(([group, members]) => [
      group,
      { chances: members.sort((a, b) => a.at - b.at || a.place - b.place), next: 0, notBefore: 0 },
    ]),
  );
}

/**
 * Takes the recipient who may be called first from `from` on; of several, the first submitted. Returns when; null if
 * none is left. Keeps the result for each group, because asking its windows costs most.
 */
function takeNext(
  queues: Map<number, Queue>,
  from: number,
  opensAt: (group: number, from: number) => number | null,
): number | null {
  for (;;) {
    let best: { group: number; queue: Queue; at: number; place: number } | null = null;
    for (const [group, queue] of queues) {
      const head = queue.chances[queue.next];
      if (head === undefined) {
        queues.delete(group);
        continue;
      }
      const at = Math.max(from, head.at, queue.notBefore);
      if (best === null || at < best.at || (at === best.at && head.place < best.place)) {
        best = { group, queue, at, place: head.place };
      }
    }
    if (best === null) return null;
    const { group, queue, at } = best;
    const opens = opensAt(group, at);
    if (opens === null) queues.delete(group);
    else if (opens > at) queue.notBefore = opens;
    else {
      queue.next += 1;
      return at;
    }
  }
}
