/**
 * Orders with the times when they may and must be in force. They may be from the first request on, and must be from the
 * answer on. An order without an answer may be in force while one of its requests may be in flight.
 */

export type Order<T> = { readonly value: T; readonly sentAt: number; endedAt: number | null; wasAnswered: boolean };

/** A late request arrives within this time. */
const UNDER_WAY_MS = 30_000;

export class Ordered<T> {
  readonly #orders: Order<T>[] = [];

  /** `at`: in force from the beginning. */
  constructor(initial?: T, at = 0) {
    if (initial !== undefined) this.#orders.push({ value: initial, sentAt: at, endedAt: at, wasAnswered: true });
  }

  begin(value: T, now: number): Order<T> {
    const order: Order<T> = { value, sentAt: now, endedAt: null, wasAnswered: false };
    this.#orders.push(order);
    return order;
  }

  /** `wasAnswered`: it is in force; otherwise it is not known. */
  end(order: Order<T>, wasAnswered: boolean, now: number): void {
    order.endedAt = wasAnswered ? now : now + UNDER_WAY_MS;
    order.wasAnswered = wasAnswered;
  }

  /** Refused: it was never in force. */
  refused(order: Order<T>): void {
    this.#orders.splice(this.#orders.indexOf(order), 1);
  }

  /** All values that may be in force at some time between the two. */
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
