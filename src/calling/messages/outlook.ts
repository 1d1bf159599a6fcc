/** What an organization knows about how a batch would go if it were created now. Nothing is stored. */

import type { BatchOrder } from "./batch-order.ts";
import type { CallingWindow } from "./calling-window.ts";
import type { ContactRules } from "./clearance.ts";

/** `slots`: of the concurrency limit. */
export type SlotProspect = {
  /** Free for batches now. */
  readonly free: number;
  /** Batches that already wait for slots, and come first. */
  readonly waitingBatches: number;
  /** A batch that asked now would get all its slots. */
  readonly isGrantedAtOnce: boolean;
};

/** The lowest pace of the organization, the provider and the number. */
export type PaceProspect = { readonly perSecond: number; readonly nextAt: number };

export type Outlook = {
  readonly now: number;
  /** As it would be settled. */
  readonly order: BatchOrder;
  /** The organization's window, which the batch's own can only narrow. */
  readonly callingWindow: CallingWindow | null;
  /** The organization's and the batch's; the stricter applies. */
  readonly rules: ContactRules;
  /** When those of the numbers that were called lately were called. */
  readonly contacts: ReadonlyMap<string, readonly number[]>;
  /** Null: unlimited. */
  readonly pace: PaceProspect | null;
  readonly slots: SlotProspect;
};
