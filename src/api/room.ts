/**
 * Room in memory. All requests of an isolate share 128 MB, so those that hold much wait for one another: each says how many
 * bytes it holds before it holds them. An owner has a share of the room, so that others find some whatever it does.
 * A request that waits holds nothing: its body is not read, and nothing was asked for it.
 */

export type Terms = {
  /** How long it may wait. */
  readonly waitMs: number;
  /** After that its place goes to others that need it. Bounds what a request costs if its end is not seen. */
  readonly holdMs: number;
  /** Its place went to others. */
  readonly onLost?: () => void;
};

/** `shrink`: less is held than was asked for. `leave` may be called twice. */
export type Place = { readonly shrink: (bytes: number) => void; readonly leave: () => void };

type Held = { readonly owner: string; bytes: number; readonly until: number; readonly onLost: () => void };

export class Room {
  readonly #bytes: number;
  readonly #share: number;
  readonly #held = new Set<Held>();
  /** Wakes those that wait, in the order in which they came. Each looks for itself, because a request does nothing for another. */
  readonly #waiting = new Set<() => void>();

  /** `share`: of the bytes, as many as one owner may hold. */
  constructor(bytes: number, share: number) {
    this.#bytes = bytes;
    this.#share = share;
  }

  /** In all, in bytes. */
  get heldBytes(): number {
    return sum(this.#held);
  }

  /** Null where there is no room within `waitMs`. More bytes than a share count as a share. */
  async take(owner: string, bytes: number, terms: Terms): Promise<Place | null> {
    const size = Math.min(bytes, this.#share);
    const until = Date.now() + terms.waitMs;
    for (let now = Date.now(); !this.#fits(owner, size, now); now = Date.now()) {
      if (now >= until) return null;
      await this.#change(until, now);
    }
    return this.#hold(owner, size, terms);
  }

  #hold(owner: string, bytes: number, { holdMs, onLost = () => {} }: Terms): Place {
    const held: Held = { owner, bytes, until: Date.now() + holdMs, onLost };
    this.#held.add(held);
    return {
      shrink: (left) => {
        held.bytes = Math.min(held.bytes, left);
        this.#wakeAll();
      },
      leave: () => {
        if (this.#held.delete(held)) this.#wakeAll();
      },
    };
  }

  #wakeAll(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Takes all places away that are overdue, where one of them is needed. */
  #fits(owner: string, bytes: number, now: number): boolean {
    const holds = (held: readonly Held[]) =>
      sum(held) + bytes <= this.#bytes && sum(held.filter((one) => one.owner === owner)) + bytes <= this.#share;
    if (holds([...this.#held])) return true;
    const overdue = [...this.#held].filter(({ until }) => until <= now);
    if (overdue.length === 0 || !holds([...this.#held].filter(({ until }) => until > now))) return false;
    for (const held of overdue) {
      this.#held.delete(held);
      held.onLost();
    }
    return true;
  }

  /** Until a place is left, or overdue, or `until`. */
  async #change(until: number, now: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    const overdue = [...this.#held].map((held) => held.until).filter((at) => at > now);
    const timer = setTimeout(resolve, Math.min(until, ...overdue) - now);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }
}

const sum = (held: Iterable<Held>): number => [...held].reduce((before, { bytes }) => before + bytes, 0);
