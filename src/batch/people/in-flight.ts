/**
 * Attempts in flight, each with the time when the carrier is asked about it. Most end before that time. So the earliest
 * time is not searched again after each end; it is only a lower bound. Pure.
 */
export class InFlight {
  readonly #dueAt = new Map<number, number>();
  #nobodyBefore = Number.POSITIVE_INFINITY;

  get size(): number {
    return this.#dueAt.size;
  }

  set(number: number, dueAt: number): void {
    this.#dueAt.set(number, dueAt);
    this.#nobodyBefore = Math.min(this.#nobodyBefore, dueAt);
  }

  delete(number: number): void {
    this.#dueAt.delete(number);
    if (this.#dueAt.size === 0) this.#nobodyBefore = Number.POSITIVE_INFINITY;
  }

  /** If it is in flight. */
  move(number: number, dueAt: number): void {
    if (this.#dueAt.has(number)) this.set(number, dueAt);
  }

  /** If it is in flight and would be asked about later. */
  moveForward(number: number, dueAt: number): void {
    this.move(number, Math.min(dueAt, this.#dueAt.get(number) ?? dueAt));
  }

  /** Due attempts, in the order of their beginning. */
  *due(now: number): Generator<number, undefined> {
    if (this.earliest(now) > now) return;
    for (const [number, dueAt] of this.#dueAt) if (dueAt <= now) yield number;
  }

  /** When the first is due, or an earlier time after `now`; infinity if there is none. */
  earliest(now: number): number {
    if (this.#nobodyBefore > now) return this.#nobodyBefore;
    this.#nobodyBefore = Number.POSITIVE_INFINITY;
    for (const dueAt of this.#dueAt.values()) this.#nobodyBefore = Math.min(this.#nobodyBefore, dueAt);
    return this.#nobodyBefore;
  }
}
