/**
 * Runs the circuit breaker: hears every change of an attempt, and returns the changed row of the batch. The
 * outcomes since its window began are in memory, read from the rows on first use, so losing them is safe. A batch
 * without a circuit breaker reads and keeps nothing.
 */

import type { CircuitBreaker, CircuitCounts, CircuitStanding } from "../../calling/words/circuit-breaker.ts";
import { isInFlight } from "../../calling/words/recipient.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { Evidence } from "../store/attempt-texts.ts";
import type { BatchRow } from "../store/batch-row.ts";
import {
  type Breaker,
  type BreakerEvent,
  breakerAfter,
  countsOf,
  isTooMany,
  NEVER_OPENED,
  type Outcome,
  outcomeOf,
  windowFrom,
} from "./breaker.ts";

/** The columns of the batch's row that decide. */
type Circuitry = Pick<BatchRow, "circuit_breaker" | "breaker">;

export const breakerPolicyOf = ({ circuit_breaker }: Circuitry): CircuitBreaker | null =>
  circuit_breaker === null ? null : (JSON.parse(circuit_breaker) as CircuitBreaker);
const breakerOf = ({ breaker }: Circuitry): Breaker =>
  breaker === null ? NEVER_OPENED : (JSON.parse(breaker) as Breaker);

/** Null if the batch has no circuit breaker. */
export function circuitOf(row: Circuitry): CircuitStanding | null {
  if (row.circuit_breaker === null) return null;
  const breaker = breakerOf(row);
  return {
    state: breaker.state,
    since: breaker.since === 0 ? null : breaker.since,
    until: breaker.state === "open" ? breaker.until : null,
    opened: breaker.state === "closed" ? null : breaker.counts,
  };
}

/** Open: no recipient is dialed and no slot is requested. */
export const isOpen = (row: Circuitry): boolean => row.breaker !== null && breakerOf(row).state === "open";

/** Opened and not closed since, trials included. */
export const isBroken = (row: Circuitry): boolean => breakerOf(row).state !== "closed";

/** When the cool-down ends, epoch ms; null if the breaker is not open, or only a human can resume. */
export function trialDueAt(row: Circuitry): number | null {
  const breaker = breakerOf(row);
  return breaker.state === "open" ? breaker.until : null;
}

/** All recipients wait for the result of one trial call. */
export function isOnTrial(row: Circuitry): boolean {
  const breaker = breakerOf(row);
  return breaker.state === "trial" && breaker.call !== null;
}

/** How many of these free slots may be used: one for a trial call. */
export function usableSlots(row: Circuitry, free: number): number {
  const breaker = breakerOf(row);
  switch (breaker.state) {
    case "closed":
      return free;
    case "open":
      return 0;
    case "trial":
      return breaker.call === null ? Math.min(1, free) : 0;
  }
}

/** The row with its trial call made; the same row if none is due. */
export function withTrialCall(row: BatchRow, number: number): BatchRow {
  const breaker = breakerOf(row);
  return breaker.state === "trial" && breaker.call === null ? withBreaker(row, { ...breaker, call: number }) : row;
}

/** The row after its cool-down; the same row if that is not over. */
export function cooledDown(row: BatchRow, now: number): BatchRow {
  const policy = breakerPolicyOf(row);
  const dueAt = trialDueAt(row);
  if (policy === null || dueAt === null || dueAt > now) return row;
  return stepped(row, "cooled_down", policy, NO_CALLS, now);
}

/** Closed by a human. */
export function closedByHuman(row: BatchRow, now: number): BatchRow {
  const policy = breakerPolicyOf(row);
  return policy === null ? row : stepped(row, "resumed", policy, NO_CALLS, now);
}

/** The row with other settings, as JSON. Without settings it is closed for good. */
export function withPolicy(row: BatchRow, circuit_breaker: string | null, now: number): BatchRow {
  if (circuit_breaker === row.circuit_breaker) return row;
  const breaker = circuit_breaker === null ? null : row.breaker;
  return { ...row, circuit_breaker, breaker, changed_at: now };
}

const NO_CALLS: CircuitCounts = { calls: 0, failed: 0 };
const withBreaker = (row: BatchRow, breaker: Breaker): BatchRow => ({ ...row, breaker: JSON.stringify(breaker) });

function stepped(
  row: BatchRow,
  event: BreakerEvent,
  policy: CircuitBreaker,
  counts: CircuitCounts,
  now: number,
): BatchRow {
  const before = breakerOf(row);
  const after = breakerAfter(before, event, policy, counts, now);
  return after === before ? row : { ...withBreaker(row, after), changed_at: now };
}

export class Circuit {
  readonly #attempts: (since: number) => Iterable<Evidence>;
  /** By attempt, since a window of so many minutes began; null until they are read. */
  #known: { readonly minutes: number; readonly outcomes: Map<number, Outcome> } | null = null;

  /** `attempts`: at least those with news since then. Of an attempt that comes twice the last counts. */
  constructor(attempts: (since: number) => Iterable<Evidence>) {
    this.#attempts = attempts;
  }

  /**
   * The batch's row after a stored attempt has changed. `isWaitedFor`: recipients wait, so opening spares them a
   * failure.
   */
  heard(row: BatchRow, after: AttemptRow, isWaitedFor: boolean, now: number): BatchRow {
    const policy = breakerPolicyOf(row);
    if (policy === null) return row;
    const outcomes = this.#outcomes(policy, now);
    const outcome = put(outcomes, after);
    const breaker = breakerOf(row);
    switch (breaker.state) {
      case "open":
        return row;
      case "trial":
        return after.number === breaker.call ? this.#heardOfTrial(row, policy, after, outcome, now) : row;
      case "closed": {
        if (outcome?.failed !== true || !isWaitedFor) return row;
        const counts = countsOf(outcomes.values(), breaker.since, policy, now);
        return isTooMany(counts, policy) ? stepped(row, "tripped", policy, counts, now) : row;
      }
    }
  }

  /** The settings and the present counts of the window; null without a circuit breaker. */
  settings(row: Circuitry, now: number): { policy: CircuitBreaker; counts: CircuitCounts } | null {
    const policy = breakerPolicyOf(row);
    if (policy === null) return null;
    return { policy, counts: countsOf(this.#outcomes(policy, now).values(), breakerOf(row).since, policy, now) };
  }

  #heardOfTrial(
    row: BatchRow,
    policy: CircuitBreaker,
    after: AttemptRow,
    outcome: Outcome | null,
    now: number,
  ): BatchRow {
    if (outcome === null) return isInFlight(after.status) ? row : stepped(row, "said_nothing", policy, NO_CALLS, now);
    const counts = { calls: 1, failed: Number(outcome.failed) };
    return stepped(row, outcome.failed ? "failed" : "worked", policy, counts, now);
  }

  #outcomes(policy: CircuitBreaker, now: number): Map<number, Outcome> {
    const minutes = policy.window_minutes;
    if (this.#known?.minutes !== minutes) {
      const outcomes = new Map<number, Outcome>();
      for (const row of this.#attempts(windowFrom(policy, now))) put(outcomes, row);
      this.#known = { minutes, outcomes };
    }
    return this.#known.outcomes;
  }
}

function put(outcomes: Map<number, Outcome>, row: Evidence): Outcome | null {
  const outcome = outcomeOf(row);
  if (outcome === null) outcomes.delete(row.number);
  else outcomes.set(row.number, outcome);
  return outcome;
}
