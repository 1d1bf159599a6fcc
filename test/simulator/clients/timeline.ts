/**
 * What was ordered, and when it may or must have been in force: from the first request on it may be, from the answer on it
 * must be. An order without an answer may be in force for as long as a request of it can be under way.
 */

export type Order<T> = { readonly value: T; readonly sentAt: number; endedAt: number | null; wasAnswered: boolean };

/** A request that is late arrives within this. */
const UNDER_WAY_MS = 30_000;

export class Ordered<T> {
  readonly #orders: Order<T>[] = [];

  /** `at`: it holds from the beginning. */
  constructor(initial?: T, at = 0) {
    if (initial !== undefined) this.#orders.push({ value: initial, sentAt: at, endedAt: at, wasAnswered: true });
  }

  begin(value: T, now: number): Order<T> {
    const order: Order<T> = { value, sentAt: now, endedAt: null, wasAnswered: false };
    this.#orders.push(order);
    return order;
  }

  /** `wasAnswered`: it is in force; otherwise nobody knows. */
  end(order: Order<T>, wasAnswered: boolean, now: number): void {
    order.endedAt = wasAnswered ? now : now + UNDER_WAY_MS;
    order.wasAnswered = wasAnswered;
  }

  /** Refused: it never was in force. */
  refused(order: Order<T>): void {
    this.#orders.splice(this.#orders.indexOf(order), 1);
  }

  /** All that may be in force at some time between the two instants. */
  possible(from: number, until = from): T[] {
    return this.#orders
      .filter(
        (order) =>
          order.sentAt <= until &&
          !this.#orders.some(
            (later) =>
              later.wasAnswered &&
              later.endedAt !== null &&
              later.endedAt < from &&
              order.endedAt !== null &&
              order.endedAt < later.sentAt,
          ),
      )
      .map(({ value }) => value);
  }

  get all(): readonly Order<T>[] {
    return this.#orders;
  }
}
