/**
 * The circuit breaker's states. A batch whose carrier fails stops dialing. It continues when a human resumes it, or when
 * one trial call after a cool-down has shown that the carrier works. Pure. The state is stored with the batch, in the
 * transaction of the change that caused it. It counts attempts' rows, so a restart changes nothing.
 *
 *     closed ──tripped──▶ open ──cooled_down──▶ trial ──worked──▶ closed
 *                          ▲ ◀──────failed───────┘
 *
 * A human's resume closes it from every state.
 */

import type { CircuitBreaker, CircuitCounts, CircuitState } from "../../calling/words/circuit-breaker.ts";
import { isOver } from "../../calling/words/recipient.ts";
import type { Evidence } from "../store/attempt-texts.ts";

/** Persisted, as JSON. `since`: when the state began; calls dialed before do not count. */
export type Breaker =
  | { readonly state: "closed"; readonly since: number }
  /** No recipient is dialed. `until`: when the trial call is made; null: only a human resumes. `counts`: what opened it. */
  | { readonly state: "open"; readonly since: number; readonly until: number | null; readonly counts: CircuitCounts }
  /** One call is made, and no other before its result. `call`: its attempt; null: not made yet. */
  | { readonly state: "trial"; readonly since: number; readonly call: number | null; readonly counts: CircuitCounts };

export const BREAKER_EVENTS = [
  /** Too many of the latest calls failed through the carrier's fault. */
  "tripped",
  /** The trial call showed that the carrier works. */
  "worked",
  /** The trial call failed through the carrier's fault. */
  "failed",
  /** The trial call proved nothing: the carrier refused this number, or has placed nothing yet. */
  "said_nothing",
  "cooled_down",
  /** A human resumed the batch. */
  "resumed",
] as const;
export type BreakerEvent = (typeof BREAKER_EVENTS)[number];

/** Total on both axes. An event that is too late, or makes no difference, leaves the state unchanged. */
export const BREAKER_STEPS = {
  closed: {
    tripped: "open",
    worked: "closed",
    failed: "closed",
    said_nothing: "closed",
    cooled_down: "closed",
    resumed: "closed",
  },
  open: {
    tripped: "open",
    worked: "open",
    failed: "open",
    said_nothing: "open",
    cooled_down: "trial",
    resumed: "closed",
  },
  trial: {
    tripped: "trial",
    worked: "closed",
    failed: "open",
    said_nothing: "trial",
    cooled_down: "trial",
    resumed: "closed",
  },
} as const satisfies Record<CircuitState, Record<BreakerEvent, CircuitState>>;

export const NEVER_OPENED: Breaker = { state: "closed", since: 0 };
const MINUTE = 60_000;

/** `counts`: what makes it open. Returns the same object without a change. */
export function breakerAfter(
  breaker: Breaker,
  event: BreakerEvent,
  policy: CircuitBreaker,
  counts: CircuitCounts,
  now: number,
): Breaker {
  const next = BREAKER_STEPS[breaker.state][event];
  if (breaker.state === "trial" && event === "said_nothing") return { ...breaker, call: null };
  if (next === breaker.state) return breaker;
  switch (next) {
    case "closed":
      return { state: "closed", since: now };
    case "open": {
      const { cool_down_minutes: coolDown } = policy;
      return { state: "open", since: now, until: coolDown === null ? null : now + coolDown * MINUTE, counts };
    }
    case "trial":
      return { state: "trial", since: now, call: null, counts: breaker.state === "open" ? breaker.counts : counts };
  }
}

/** What one call tells about the carrier: since when it is known, and when the call was dialed. */
export type Outcome = { readonly at: number; readonly dialedAt: number; readonly failed: boolean };

/** A SIP status by which the carrier, or a trunk behind it, reports its own failure. Carriers' own codes are longer. */
const SERVERS_FAULT = /^5\d\d$/;

/**
 * Null if the call tells nothing about the carrier: it has no result yet, was not dialed, or met "not now". Null too if
 * the carrier refused only this call with its own code (usually an invalid number).
 *
 * An answered call counts from its answer on, because failed calls end long before successful ones.
 */
export function outcomeOf(row: Omit<Evidence, "number">): Outcome | null {
  const { dispatched_at: dialedAt, answered_at: answeredAt, ended_at: endedAt } = row;
  if (dialedAt === null) return null;
  if (answeredAt !== null) return { at: answeredAt, dialedAt, failed: false };
  if (row.carrier_call_id === null) {
    // A request without an answer: it is asked about, and counts as a failure until the call is found.
    const isUnanswered = row.status === "dispatched" && row.error_message !== null;
    if (!isUnanswered && row.status !== "failed") return null;
    const isOfThisCall = row.carrier_code !== null && !SERVERS_FAULT.test(row.carrier_code);
    return isOfThisCall ? null : { at: endedAt ?? row.updated_at, dialedAt, failed: true };
  }
  return endedAt === null || !isOver(row.status) ? null : { at: endedAt, dialedAt, failed: isCarriersFault(row) };
}

/** A recipient who is busy or does not answer was reached. So was a callee's network that refused: SIP 4xx and 6xx. */
function isCarriersFault({
  status,
  end_reason,
  sip_code,
}: Pick<Evidence, "status" | "end_reason" | "sip_code">): boolean {
  if (status !== "failed") return false;
  if (end_reason === "error") return true;
  return end_reason === "dial_failed" && (sip_code === null || (sip_code >= 500 && sip_code < 600));
}

/** What is known since then counts. */
export const windowFrom = ({ window_minutes }: CircuitBreaker, now: number): number => now - window_minutes * MINUTE;

/** Counts the window's calls that were dialed since then. */
export function countsOf(
  outcomes: Iterable<Outcome>,
  since: number,
  policy: CircuitBreaker,
  now: number,
): CircuitCounts {
  const from = windowFrom(policy, now);
  let calls = 0;
  let failed = 0;
  for (const outcome of outcomes) {
    if (outcome.at <= from || outcome.dialedAt < since) continue;
    calls += 1;
    if (outcome.failed) failed += 1;
  }
  return { calls, failed };
}

export const isTooMany = ({ calls, failed }: CircuitCounts, { min_calls, failure_share }: CircuitBreaker): boolean =>
  calls >= min_calls && failed / calls >= failure_share;
