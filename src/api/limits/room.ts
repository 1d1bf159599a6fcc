/**
 * Reservations of memory. All requests of an isolate share 128 MB, so large ones wait for each other: each reserves its
 * bytes before it uses them. An owner may hold only a share of the room, so others always find some. A waiting request
 * holds nothing: its body is not read, and no object was asked for it.
 */

export type Terms = {
  /** How long it may wait. */
  readonly waitMs: number;
  /** After this time its place may go to others. This limits the cost of a request whose end is not noticed. */
  readonly holdMs: number;
  /** Called when its place went to others. */
  readonly onLost?: () => void;
};

/** `shrink`: it holds less than it asked for. `leave` may be called twice. */
export type Place = { readonly shrink: (bytes: number) => void; readonly leave: () => void };

type Held = { readonly owner: string; bytes: number; readonly until: number; readonly onLost: () => void };

export class Room {
  readonly #bytes: number;
  readonly #share: number;
  readonly #held = new Set<Held>();
  /** Wakes the waiting requests in order. Each checks for itself, because a request must not act for another. */
  readonly #waiting = new Set<() => void>();

  /** `share`: how many of the bytes one owner may hold. */
  constructor(bytes: number, share: number) {
    this.#bytes = bytes;
    this.#share = share;
  }

  /** In total, in bytes. */
  get heldBytes(): number {
    return sum(this.#held);
  }

  /** Null if there is no room within `waitMs`. More bytes than a share count as a share. */
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

  /** Removes all overdue places, if one of them is needed. */
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

  /** Waits until a place is left, is overdue, or `until`. */
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
