/** Why a batch dials no recipient now, although one waits. */

export const WAITING_REASONS = [
  /** A human paused it. */
  "paused",
  /** Its start time has not come. */
  "scheduled",
  /** The organization's other batches hold the slots, or come first. */
  "organization_concurrency",
  /** All of its own slots are taken by calls in flight. */
  "batch_concurrency",
  /** Calls go to the carrier as fast as they may, and others come first. */
  "pace",
  /** The carrier asked to come back later, or cannot be reached. */
  "carrier",
  /** The calling window of every waiting recipient is closed. */
  "window",
  /** The recipient was called, and is called again later. */
  "retry_delay",
  /** The recipient was called too recently, by any batch. */
  "contact_gap",
  /** The recipient has reached its calls for today, by all batches. */
  "daily_cap",
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** `until`: epoch ms, if known. */
export type Waiting = { readonly reason: WaitingReason; readonly until: number | null };
