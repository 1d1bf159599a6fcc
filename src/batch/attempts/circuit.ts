/**
 * The circuit breaker at work: hears of every change of an attempt, and says what the batch's row is then. In memory are
 * only the outcomes of the window, which are read from the rows when they are first needed; losing them is safe. A batch
 * without a circuit breaker reads and keeps nothing.
 */

import type { CircuitBreaker, CircuitCounts, CircuitStanding } from "../../calling/words/circuit-breaker.ts";
import { isInFlight } from "../../calling/words/recipient.ts";
import type { AttemptRow } from "../store/attempts.ts";
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
} from "./breaker.ts";

/** What of the batch's row it follows from. */
type Circuitry = Pick<BatchRow, "circuit_breaker" | "breaker">;

export const breakerPolicyOf = ({ circuit_breaker }: Circuitry): CircuitBreaker | null =>
  circuit_breaker === null ? null : (JSON.parse(circuit_breaker) as CircuitBreaker);
const breakerOf = ({ breaker }: Circuitry): Breaker =>
  breaker === null ? NEVER_OPENED : (JSON.parse(breaker) as Breaker);

/** Null where the batch has none. */
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

/** Nobody is dialed, and no slot is asked for. */
export const isOpen = (row: Circuitry): boolean => row.breaker !== null && breakerOf(row).state === "open";

/** It has opened and not closed since, trials included. */
export const isBroken = (row: Circuitry): boolean => breakerOf(row).state !== "closed";

/** When the cool-down is over, epoch ms; null where it is not open, or a human has to resume. */
export function trialDueAt(row: Circuitry): number | null {
  const breaker = breakerOf(row);
  return breaker.state === "open" ? breaker.until : null;
}

/** Everybody waits for what one call shows. */
export function isOnTrial(row: Circuitry): boolean {
  const breaker = breakerOf(row);
  return breaker.state === "trial" && breaker.call !== null;
}

/** Of so many free slots, how many may be used: a trial call is made alone. */
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

/** The row with its trial call made; the same row where none is due. */
export function withTrialCall(row: BatchRow, number: number): BatchRow {
  const breaker = breakerOf(row);
  return breaker.state === "trial" && breaker.call === null ? withBreaker(row, { ...breaker, call: number }) : row;
}

/** The time of the pause is over. The same row where it is not. */
export function cooledDown(row: BatchRow, now: number): BatchRow {
  const policy = breakerPolicyOf(row);
  const dueAt = trialDueAt(row);
  if (policy === null || dueAt === null || dueAt > now) return row;
  return stepped(row, "cooled_down", policy, NO_CALLS, now);
}

/** A human lets it go on. */
export function closedByHuman(row: BatchRow, now: number): BatchRow {
  const policy = breakerPolicyOf(row);
  return policy === null ? row : stepped(row, "resumed", policy, NO_CALLS, now);
}

/** The row with other settings, as JSON; without any it is closed for good. */
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
  readonly #attempts: () => readonly AttemptRow[];
  /** By attempt; null: not read yet. */
  #outcomes: Map<number, Outcome> | null = null;

  /** `attempts`: all that the batch has stored, in any order. */
  constructor(attempts: () => readonly AttemptRow[]) {
    this.#attempts = attempts;
  }

  /** What is in memory may not be what is stored. */
  forget(): void {
    this.#outcomes = null;
  }

  /** The batch's row after a stored attempt has changed. `isWaitedFor`: recipients wait, and opening spares them the failure. */
  heard(row: BatchRow, after: AttemptRow, isWaitedFor: boolean, now: number): BatchRow {
    const policy = breakerPolicyOf(row);
    if (policy === null) return row;
    const outcomes = this.#known();
    const outcome = outcomeOf(after);
    if (outcome === null) outcomes.delete(after.number);
    else outcomes.set(after.number, outcome);
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

  /** What it goes by, and what of the window counts now; null without a circuit breaker. */
  settings(row: Circuitry, now: number): { policy: CircuitBreaker; counts: CircuitCounts } | null {
    const policy = breakerPolicyOf(row);
    if (policy === null) return null;
    return { policy, counts: countsOf(this.#known().values(), breakerOf(row).since, policy, now) };
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

  #known(): Map<number, Outcome> {
    this.#outcomes ??= new Map(
      this.#attempts().flatMap((row) => {
        const outcome = outcomeOf(row);
        return outcome === null ? [] : [[row.number, outcome] as const];
      }),
    );
    return this.#outcomes;
  }
}
