/**
 * An object's one alarm (Durable Objects, Alarms API: one an object, at least once). Setting it is a billed row, so it
 * is set only if it would ring too late. An early alarm finds nothing due and is set again.
 *
 * `setAlarm` is not awaited. In the turn of a write they commit together, so no row is ever durable without its alarm.
 */

/**
 * The safety net for work whose end is not known: if the object stops, its alarm continues the work after this time. An
 * alarm that was set only for this moves to the next due time when the work ends. Otherwise it would ring, find nothing
 * to do, and be set again. An object at work would pay for each move, so it moves once in this time.
 */
export const RECOVERY_MS = 5_000;
/**
 * The same while a batch has calls in flight. Their callbacks wake the object, too, which then continues all of its work.
 * So the alarm is needed only if no callback comes.
 */
export const RECOVERY_IF_NOT_WOKEN_MS = 20_000;

/**
 * When an object must act next. `isRecovery`: nothing is due then, but work is under way that must go on if the object
 * stops.
 */
export type Due = { readonly at: number; readonly isRecovery: boolean };

/** The first of two. At the same time, the one that is no recovery. */
export function sooner(one: Due | null, other: Due | null): Due | null {
  if (one === null || other === null) return one ?? other;
  if (one.at === other.at) return one.isRecovery ? other : one;
  return one.at < other.at ? one : other;
}

/** When a message is sent. `isInFlight`: until it is answered, the alarm is only its safety net, unless it is due later. */
export function messageDue(at: number, isInFlight: boolean, now: number): Due {
  const recoveryAt = now + RECOVERY_MS;
  return isInFlight && at <= recoveryAt ? { at: recoveryAt, isRecovery: true } : { at, isRecovery: false };
}

export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  /** Epoch ms; null: not set; undefined: not known since the object woke. Losing it costs one row. */
  #at: number | null | undefined = undefined;
  /** How often it was set or deleted since the object woke: each is billed as a row. */
  changes = 0;
  /** It is set for a recovery, and nothing else is due then. */
  #isRecovery = false;
  #movedAt = Number.NEGATIVE_INFINITY;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Call it first in `alarm()`: the alarm that rang is used up. */
  rang(): void {
    this.#at = null;
    this.#isRecovery = false;
    this.#movedAt = Number.NEGATIVE_INFINITY;
  }

  /** Call it before work: the alarm rings whatever happens. `nothingBefore` then sets the exact time. */
  recoverSoon(now: number, recoveryMs = RECOVERY_MS): void {
    this.nothingBefore({ at: now + recoveryMs, isRecovery: true }, now, recoveryMs);
  }

  /** Rings by then, and nothing else is due before: a recovery alarm moves there. */
  nothingBefore({ at: due, isRecovery }: Due, now: number, recoveryMs = RECOVERY_MS): void {
    const isIdle = this.#isRecovery && this.#ringsWithin(due - recoveryMs - now, now);
    if (isIdle && now >= this.#movedAt + recoveryMs) {
      this.#at = undefined;
      this.#movedAt = now;
    }
    // A recovery that was set while calls were in flight is early enough for the rest of the work.
    const isAnother = this.#isRecovery && isRecovery;
    if (isAnother && this.#ringsWithin(RECOVERY_IF_NOT_WOKEN_MS, now)) return;
    this.ringBy(due, now, isRecovery);
  }

  /**
   * Rings no later than `due`, and after `now`: an alarm set to the present inside `alarm()` may be dropped (workerd
   * issue 6866).
   */
  ringBy(due: number, now: number, isRecovery = false): void {
    const at = Math.max(now + 1, due);
    if (this.#ringsWithin(at - now, now)) return;
    this.#isRecovery = isRecovery;
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

  #ringsWithin(withinMs: number, now: number): boolean {
    return this.#at !== undefined && this.#at !== null && this.#at > now && this.#at <= now + withinMs;
  }
}
