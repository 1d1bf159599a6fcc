/** When a batch stops automatically because its carrier fails. Ours; without it only a human pauses a batch. */

export type CircuitBreaker = {
  /** Fewer calls tell nothing about a carrier. */
  readonly min_calls: number;
  /** The share of failed calls in the window at which it opens; above 0, at most 1. */
  readonly failure_share: number;
  readonly window_minutes: number;
  /** From opening to the trial call; null: only a human closes it. */
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

/** closed: the batch dials. open: it does not dial. trial: one call is made, and decides. */
export const CIRCUIT_STATES = ["closed", "open", "trial"] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

/** The state of a batch's circuit breaker. */
export type CircuitStanding = {
  readonly state: CircuitState;
  /** Epoch ms; null if it has never opened. */
  readonly since: number | null;
  /** When the trial call is made; null if it is not open, or waits for a human. */
  readonly until: number | null;
  /** The counts that opened it: calls, and those that failed through the carrier's fault; null while it is closed. */
  readonly opened: CircuitCounts | null;
};
export type CircuitCounts = { readonly calls: number; readonly failed: number };
