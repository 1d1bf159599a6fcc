/**
 * An object's one alarm (Durable Objects, Alarms API: one an object, at least once). Setting it is a billed row, so it is
 * set only where it would ring too late; one that rings early finds nothing due and is set anew.
 *
 * `setAlarm` is called without awaiting: in the turn of a write it commits together with it, so there is no instant at
 * which the row is durable and the alarm is not.
 */

/**
 * The safety net behind work whose end is not known yet: if the object dies, its alarm goes on after this. An alarm that was
 * set for nothing else is moved to where something is due as soon as that is known, or it would ring, and set itself anew,
 * for as long as the object waits.
 */
export const RECOVERY_MS = 5_000;

export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  /** Epoch ms; null: none is set; undefined: not known since the object woke. Losing it costs one row. */
  #at: number | null | undefined = undefined;
  /** How often it was set or taken away since the object woke: each is billed as a row. */
  changes = 0;
  /** It was set by `recoverSoon` and for nothing else since. */
  #isRecovery = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** First thing in `alarm()`: the alarm that rang is used up. */
  rang(): void {
    this.#at = null;
    this.#isRecovery = false;
  }

  /** Before work begins: whatever happens to it, the alarm rings. What is due afterwards is said with `ringBy`. */
  recoverSoon(now: number): void {
    const before = this.changes;
    this.ringBy(now + RECOVERY_MS, now);
    this.#isRecovery = this.changes > before;
  }

  /** Rings no later than `due`, and after `now`: an alarm set to the present inside `alarm()` may be dropped (workerd issue 6866). */
  ringBy(due: number, now: number): void {
    const at = Math.max(now + 1, due);
    if (this.#at !== undefined && this.#at !== null && this.#at <= at && this.#at > now) {
      // One that was set to recover and would only find nothing to do.
      const isIdle = this.#isRecovery && at >= this.#at + RECOVERY_MS;
      if (!isIdle) return;
    }
    this.#isRecovery = false;
    this.#at = at;
    this.changes += 1;
    void this.#storage.setAlarm(at);
  }

  /** Nothing is due any more. */
  rest(): void {
    if (this.#at === null) return;
    this.#at = null;
    this.changes += 1;
    void this.#storage.deleteAlarm();
  }

  /** An alarm rings within `withinMs`, so whatever became due since is looked at soon. */
  ringsWithin(withinMs: number, now: number): boolean {
    return this.#at !== undefined && this.#at !== null && this.#at > now && this.#at <= now + withinMs;
  }
}
