/** When a batch stops by itself because its carrier fails. Ours; without it only a human pauses a batch. */

export type CircuitBreaker = {
  /** Fewer calls say nothing about a carrier. */
  readonly min_calls: number;
  /** Of the calls of the window, from which on it opens; above 0, at most 1. */
  readonly failure_share: number;
  readonly window_minutes: number;
  /** From opening to the trial call; null: only a human's resume closes it. */
  readonly cool_down_minutes: number | null;
};

export const USUAL_BREAKER: CircuitBreaker = {
  min_calls: 10,
  failure_share: 0.5,
  window_minutes: 10,
  cool_down_minutes: 5,
};
export const BREAKER_CALLS = { least: 1, most: 1_000 } as const;
/** A day. */
export const BREAKER_MINUTES = { least: 1, most: 24 * 60 } as const;

/** closed: the batch dials. open: it dials nobody. trial: one call is made, and decides. */
export const CIRCUIT_STATES = ["closed", "open", "trial"] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

/** Where a batch with a circuit breaker stands. */
export type CircuitStanding = {
  readonly state: CircuitState;
  /** Epoch ms; null where it has never opened. */
  readonly since: number | null;
  /** When the trial call is made; null where it is not open, or waits for a human. */
  readonly until: number | null;
  /** Of how many calls how many failed by the carrier's fault, when it opened; null where it is closed. */
  readonly opened: CircuitCounts | null;
};
export type CircuitCounts = { readonly calls: number; readonly failed: number };
