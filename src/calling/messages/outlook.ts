/** What an organization knows that decides how a batch would go if it were created now. Nothing of it is stored. */

import type { BatchOrder } from "./batch-order.ts";
import type { CallingWindow } from "./calling-window.ts";
import type { ContactRules } from "./clearance.ts";

/** `slots`: of the concurrency limit. */
export type SlotProspect = {
  /** What batches could have now. */
  readonly free: number;
  /** Batches that wait for slots already, and come first. */
  readonly waitingBatches: number;
  /** A batch that asked now would be granted all that it asks for. */
  readonly isGrantedAtOnce: boolean;
};

/** The lowest of the organization's, the provider's and the number's. */
export type PaceProspect = { readonly perSecond: number; readonly nextAt: number };

export type Outlook = {
  readonly now: number;
  /** As it would be settled. */
  readonly order: BatchOrder;
  /** The organization's, which the batch's own can only narrow. */
  readonly callingWindow: CallingWindow | null;
  /** The organization's and the batch's; the stricter counts. */
  readonly rules: ContactRules;
  /** When the numbers among them that were called lately were. */
  readonly contacts: ReadonlyMap<string, readonly number[]>;
  /** Null: as fast as it goes. */
  readonly pace: PaceProspect | null;
  readonly slots: SlotProspect;
};
