/** The calling windows that hold for this batch: who may be called when, and who never. */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { NotDialed } from "../../calling/words/not-dialed.ts";
import { ALWAYS, expiryOf, type Hours, hoursOf } from "./hours.ts";
import type { WhoWaits } from "./queue.ts";
import type { Roster } from "./roster.ts";

export type Uncallable = { readonly who: WhoWaits; readonly why: NotDialed };

const uncallable = (who: WhoWaits, why: NotDialed): Uncallable | null =>
  who.positions.length + who.numbers.length === 0 ? null : { who, why };

export class CallingHours {
  #own: CallingWindow | null;
  readonly #recipients: () => readonly NewRecipient[];
  readonly #ringingMs: number;
  /** The organization's window. It comes with the line, so it is refreshed before recipients are dialed. */
  #floor: CallingWindow | null;
  /** Direct calls do not wait for a window. */
  readonly #isNowOrNever: boolean;
  #hours: Hours;
  #expiresAt: number | null;

  /** `own`, `floor`: JSON as stored. */
  constructor(
    own: string | null,
    recipients: () => readonly NewRecipient[],
    ringingMs: number,
    isNowOrNever = false,
    floor: string | null = null,
  ) {
    this.#own = parsed(own);
    this.#floor = parsed(floor);
    this.#recipients = recipients;
    this.#ringingMs = ringingMs;
    this.#isNowOrNever = isNowOrNever;
    this.#hours = this.#workOut();
    this.#expiresAt = expiryOf(this.windows);
  }

  /** The batch's own window; null without one. */
  get own(): CallingWindow | null {
    return this.#own;
  }
  get hours(): Hours {
    return this.#hours;
  }
  get isRestricted(): boolean {
    return this.#hours !== ALWAYS;
  }
  /** A recipient who waits at that time fails; null without such a time. */
  get expiresAt(): number | null {
    return this.#expiresAt;
  }

  /** Takes the organization's window. Returns whether it changed; then rosters have other groups. */
  learnFloor(floor: CallingWindow | null): boolean {
    if (JSON.stringify(floor) === JSON.stringify(this.#floor)) return false;
    this.#floor = floor;
    this.#workOutAnew();
    return true;
  }

  /** Takes the batch's own window, as stored. It or the recipients may have changed; then rosters have other groups. */
  changed(own: string | null): void {
    this.#own = parsed(own);
    this.#workOutAnew();
  }

  /** A copy with another window for the batch, as stored. */
  withOwn(own: string | null): CallingHours {
    const floor = this.#floor === null ? null : JSON.stringify(this.#floor);
    return new CallingHours(own, this.#recipients, this.#ringingMs, this.#isNowOrNever, floor);
  }

  /** When this recipient may be called; null: never. */
  opensAt(position: number, now: number): number | null {
    return this.#hours.opensAt(this.#hours.groupOf(position), now);
  }

  /** Recipients who can never be called: no window opens for them, or the batch's time is over (then all). Null: none. */
  uncallable(roster: Roster, now: number): Uncallable | null {
    if (roster.counts.queued === 0 || !this.isRestricted) return null;
    if (this.#isNowOrNever) return uncallable(roster.queue.notOpen(now), "not_now");
    const isExpired = this.#expiresAt !== null && this.#expiresAt <= now;
    return isExpired
      ? uncallable(roster.queue.everybodyWaiting(), "window_expired")
      : uncallable(roster.queue.neverOpen(now), "window_never_open");
  }

  /** All windows that hold: the batch's own and the organization's. */
  get windows(): readonly CallingWindow[] {
    return [this.#own, this.#floor].filter((window) => window !== null);
  }

  #workOutAnew(): void {
    this.#hours = this.#workOut();
    this.#expiresAt = expiryOf(this.windows);
  }

  #workOut(): Hours {
    const windows = this.windows;
    return windows.length === 0 ? ALWAYS : hoursOf(windows, this.#recipients(), this.#ringingMs);
  }
}

const parsed = (window: string | null): CallingWindow | null =>
  window === null ? null : (JSON.parse(window) as CallingWindow);
