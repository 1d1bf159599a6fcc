/** When a batch that waits for slots will get them, as its organization foresees it. */

/**
 * What an estimate is made of, the best first. measured: the pace of the batches before it. typical: some of these have
 * too few calls, and take as long as the calls of others. assumed: no batch has enough calls, so a call is taken for
 * as long as a preview does.
 */
export const TURN_BASES = ["measured", "typical", "assumed"] as const;
export type TurnBasis = (typeof TURN_BASES)[number];

export type Turn = {
  /** 1: it is next. */
  readonly position: number;
  /** It waits until so many are free for it, beyond those that it has. */
  readonly slots: number;
  /** Free for batches now. */
  readonly free: number;
  /** Epoch ms; null if it cannot be foreseen. */
  readonly at: number | null;
  readonly basis: TurnBasis;
  /** From dialing to the end, for each call whose pace is not measured. */
  readonly callMs: number;
};
