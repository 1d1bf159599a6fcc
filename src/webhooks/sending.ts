/**
 * Which deliveries of a webhook are tried now. Pure. At most 20 are in flight at once, and one while the receiver fails. So a
 * slow or broken receiver takes little of the capacity that all receivers share.
 */

import type { WaitingDeliveries } from "./waiting.ts";

/**
 * The most waiting deliveries; further ones fail at once, and are shown as failed. 100,000 take about 15 MB of the object's
 * memory, which a receiver that is down for hours must not exceed.
 */
export const WAITING_AT_MOST = 100_000;

const AT_ONCE = 20;
const AT_ONCE_WHILE_FAILING = 1;
/** After this many failures in a row, the webhook counts as failing. */
const FAILURES_IN_A_ROW = 5;
/**
 * A message without an answer is sent again after this time. It exceeds the consumer's time limit
 * (`api/webhooks/delivery.ts`) plus a wait in the queue.
 */
export const UNHEARD_MS = 45_000;

/**
 * Deliveries that the object makes itself, of the 6 connections that the platform allows; the queue makes the others.
 * All organizations share the queue's 5,000 messages a second ("Queues, Limits"), so ordinary traffic must not need it.
 */
const OWN_AT_ONCE = 4;
/**
 * If a receiver takes longer, its deliveries go through the queue for `SLOW_FOR_MS`. A waiting object is billed, a waiting Worker
 * is not.
 */
export const QUICK_MS = 1_000;
export const SLOW_FOR_MS = 60_000;
/** How long to send nothing to a queue that has refused messages ("Too Many Requests"). */
export const REFUSED_FOR_MS = 5_000;

/** The present state of a webhook's deliveries. `own`: how many the object is making itself. */
export type Sending = {
  readonly own: number;
  readonly failuresInARow: number;
  readonly slowUntil: number;
  readonly refusedUntil: number;
};
/** How the next delivery is made. Null: it waits, because the queue refuses messages and the object is at its limit. */
export function wayOf({ own, failuresInARow, slowUntil, refusedUntil }: Sending, now: number): "own" | "queue" | null {
  const isRefused = now < refusedUntil;
  if (own < OWN_AT_ONCE && (isRefused || (failuresInARow === 0 && now >= slowUntil))) return "own";
  return isRefused ? null : "queue";
}

export const atOnce = (failuresInARow: number): number =>
  failuresInARow >= FAILURES_IN_A_ROW ? AT_ONCE_WHILE_FAILING : AT_ONCE;

const isUnderWay = (sentAt: number | undefined, now: number): boolean =>
  sentAt !== undefined && now - sentAt < UNHEARD_MS;

/** `underWay`: when each was sent. */
export function toTry(
  waiting: WaitingDeliveries,
  underWay: ReadonlyMap<string, number>,
  most: number,
  now: number,
): string[] {
  const chosen: string[] = [];
  let free = most;
  for (const sentAt of underWay.values()) if (isUnderWay(sentAt, now)) free -= 1;
  if (free <= 0) return chosen;
  for (const { id, waiting: one } of waiting.byDue()) {
    if (one.dueAt > now) break;
    if (!isUnderWay(underWay.get(id), now)) chosen.push(id);
    if (chosen.length === free) break;
  }
  return chosen;
}

/**
 * When to look again, after all possible deliveries were sent; null if none waits. The result is later than `now`. Messages
 * without an answer take up no place. A delivery without a place waits until one in flight is over.
 */
export function nextTryAt(
  waiting: WaitingDeliveries,
  underWay: ReadonlyMap<string, number>,
  most: number,
  now: number,
): number | null {
  let next = Number.POSITIVE_INFINITY;
  let free = most;
  for (const sentAt of underWay.values()) {
    if (!isUnderWay(sentAt, now)) continue;
    free -= 1;
    next = Math.min(next, sentAt + UNHEARD_MS);
  }
  // If all places are taken, the next delivery that ends makes room.
  if (free > 0) {
    for (const { id, waiting: one } of waiting.byDue()) {
      if (isUnderWay(underWay.get(id), now)) continue;
      next = Math.min(next, one.dueAt);
      break;
    }
  }
  return next === Number.POSITIVE_INFINITY ? null : next;
}
