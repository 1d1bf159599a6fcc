/**
 * Which deliveries of a webhook are tried now. Pure. Few are under way at once, and one alone while none succeeds: so a
 * receiver that is slow or down takes little of what all receivers share.
 */

/** A delivery that waits. */
export type Waiting = { readonly attempts: number; readonly dueAt: number };

/**
 * So many wait at most, which are some 15 MB of its object's memory: a receiver that is down for hours, with a large
 * organization behind it, must not take more than an object has. What comes on top fails at once, and is shown so.
 */
export const WAITING_AT_MOST = 100_000;

const AT_ONCE = 20;
const AT_ONCE_WHILE_FAILING = 1;
/** So many failures in a row, and it counts as failing. */
const FAILURES_IN_A_ROW = 5;
/**
 * A message without an answer for so long is sent again: longer than the consumer takes
 * (`api/webhook-delivery.ts`, its time limit) with a queue in front of it.
 */
export const UNHEARD_MS = 45_000;

/**
 * So many the object delivers itself, of the platform's six connections; the queue has the others. All organizations share the
 * queue's 5,000 messages a second ("Queues, Limits"), so that what is ordinary must not need it.
 */
const OWN_AT_ONCE = 4;
/** An object that waits is billed, and a Worker that waits is not: a receiver that takes longer is left to the queue for a while. */
export const QUICK_MS = 1_000;
export const SLOW_FOR_MS = 60_000;
/** So long nothing is sent to a queue that has refused messages ("Too Many Requests"). */
export const REFUSED_FOR_MS = 5_000;

/** How the deliveries of a webhook fare at the moment. `own`: those that the object is delivering itself. */
export type Sending = {
  readonly own: number;
  readonly failuresInARow: number;
  readonly slowUntil: number;
  readonly refusedUntil: number;
};
/** By which way one more is tried; null: it waits, because the queue refuses messages and the object has no room. */
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
  waiting: ReadonlyMap<string, Waiting>,
  underWay: ReadonlyMap<string, number>,
  most: number,
  now: number,
): string[] {
  const chosen: string[] = [];
  let free = most;
  for (const sentAt of underWay.values()) if (isUnderWay(sentAt, now)) free -= 1;
  for (const [id, { dueAt }] of waiting) {
    if (chosen.length >= free) break;
    if (dueAt <= now && !isUnderWay(underWay.get(id), now)) chosen.push(id);
  }
  return chosen;
}

/**
 * When to look again, after everything was sent that could be; null where nothing waits. Later than `now` then: messages
 * without an answer take up no place, and those that find none wait for one that is under way.
 */
export function nextTryAt(
  waiting: ReadonlyMap<string, Waiting>,
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
  // Where all places are taken, the next one to come back makes room.
  if (free > 0) {
    for (const [id, { dueAt }] of waiting) if (!isUnderWay(underWay.get(id), now)) next = Math.min(next, dueAt);
  }
  return next === Number.POSITIVE_INFINITY ? null : next;
}
