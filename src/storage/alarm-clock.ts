/**
 * An object's one alarm (Durable Objects, Alarms API: one an object, at least once). Setting it is a billed row, so it
 * is set only if it would ring too late. An early alarm finds nothing due and is set again.
 *
 * `setAlarm` is not awaited. In the turn of a write they commit together, so no row is ever durable without its alarm.
 */

/**
 * The safety net for work whose end is not known: if the object stops, its alarm continues the work after this time. An
 * alarm that was set only for this moves to the next due time as soon as that is known. Otherwise it would ring and be
 * set again for as long as the object waits.
 */
export const RECOVERY_MS = 5_000;

export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  /** Epoch ms; null: not set; undefined: not known since the object woke. Losing it costs one row. */
  #at: number | null | undefined = undefined;
  /** How often it was set or deleted since the object woke: each is billed as a row. */
  changes = 0;
  /** It was set by `recoverSoon` and for nothing else since. */
  #isRecovery = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Call it first in `alarm()`: the alarm that rang is used up. */
  rang(): void {
    this.#at = null;
    this.#isRecovery = false;
  }

  /** Call it before work: the alarm rings whatever happens. `ringBy` then sets the exact time. */
  recoverSoon(now: number): void {
    const before = this.changes;
    this.ringBy(now + RECOVERY_MS, now);
    this.#isRecovery = this.changes > before;
  }

  /**
   * Rings no later than `due`, and after `now`: an alarm set to the present inside `alarm()` may be dropped (workerd
   * issue 6866).
   */
  ringBy(due: number, now: number): void {
    const at = Math.max(now + 1, due);
    if (this.#at !== undefined && this.#at !== null && this.#at <= at && this.#at > now) {
      // A recovery alarm that would find nothing to do.
      const isIdle = this.#isRecovery && at >= this.#at + RECOVERY_MS;
      if (!isIdle) return;
    }
    this.#isRecovery = false;
    this.#at = at;
    this.changes += 1;
    void this.#storage.setAlarm(at);
  }

  /** Nothing is due. */
  rest(): void {
    if (this.#at === null) return;
    this.#at = null;
    this.changes += 1;
    void this.#storage.deleteAlarm();
  }

  /** Whether an alarm rings within `withinMs`, so that newly due work is found soon. */
  ringsWithin(withinMs: number, now: number): boolean {
    return this.#at !== undefined && this.#at !== null && this.#at > now && this.#at <= now + withinMs;
  }
}
