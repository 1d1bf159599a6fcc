/** Why a batch dials nobody at the moment, although somebody waits in it. */

export const WAITING_REASONS = [
  /** Somebody paused it. */
  "paused",
  /** Its time has not come. */
  "scheduled",
  /** The organization's other batches hold the slots, and older ones come first. */
  "organization_concurrency",
  /** All of its own slots are taken by calls in flight. */
  "batch_concurrency",
  /** Calls are handed to the carrier as fast as they may be, and others come before it. */
  "pace",
  /** The carrier asked to come back later, or cannot be reached. */
  "carrier",
  /** Nobody who waits may be called at this time of their day. */
  "window",
  /** The recipient was called before, and is called again later. */
  "retry_delay",
  /** The recipient was called too short a time ago, by any batch. */
  "contact_gap",
  /** The recipient was called as often today as may be, by any batch. */
  "daily_cap",
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/** `until`: epoch ms, as far as it is known. */
export type Waiting = { readonly reason: WaitingReason; readonly until: number | null };
