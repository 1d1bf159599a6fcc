/**
 * Messages between objects, as the platform lets them fail (Durable Objects, "Stub", "Error handling"): a stub that threw
 * once throws for ever, an object that hangs never answers, and one that is overloaded must not be asked at once again.
 * Every message from one object to another goes through here. It never repeats a message: its caller knows whether it may.
 */

import { within } from "./within.ts";

/** Far longer than any of our objects takes; at once the platform repeats, for as long, what never arrived. */
export const ANSWER_WITHIN_MS = 10_000;

/** The deadline has passed. What became of the message is not known. */
export class Unanswered extends Error {
  constructor(withinMs: number) {
    super(`no answer within ${withinMs / 1_000} s`);
    this.name = "Unanswered";
  }
}

/** Rejects with `Unanswered` after `withinMs`. */
export const answerOf = <Answer>(message: Promise<Answer>, withinMs: number = ANSWER_WITHIN_MS): Promise<Answer> =>
  within(message, withinMs, () => new Unanswered(withinMs));

/**
 * Another object that is spoken to again and again. One stub serves until it throws or is not answered, then a new one:
 * new stubs for each message, in both directions, would use up the depth of requests that may follow from one another.
 */
export class Peer<Stub> {
  readonly #find: () => Stub;
  /** Losing it makes a new one. */
  #stub: Stub | null = null;

  constructor(find: () => Stub) {
    this.#find = find;
  }

  async ask<Answer>(message: (stub: Stub) => Promise<Answer>, withinMs: number = ANSWER_WITHIN_MS): Promise<Answer> {
    this.#stub ??= this.#find();
    const stub = this.#stub;
    try {
      return await answerOf(message(stub), withinMs);
    } catch (error) {
      // Of several messages that fail together only the first gives it up.
      if (this.#stub === stub) this.#stub = null;
      throw error;
    }
  }
}

/** Peers by their names; each is made when it is first spoken to. */
export class Peers<Stub> {
  readonly #find: (name: string) => Stub;
  readonly #peers = new Map<string, Peer<Stub>>();

  constructor(find: (name: string) => Stub) {
    this.#find = find;
  }

  named(name: string): Peer<Stub> {
    const known = this.#peers.get(name);
    if (known !== undefined) return known;
    const peer = new Peer(() => this.#find(name));
    this.#peers.set(name, peer);
    return peer;
  }
}

/** The platform says that it is not the request's fault: the object is overloaded, restarts, moves, or was not reached. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unanswered ||
  (typeof error === "object" &&
    error !== null &&
    (("overloaded" in error && error.overloaded === true) || ("retryable" in error && error.retryable === true)));

const BEYOND_32_BITS = 2 ** 32;

/** Between half of it and all of it, so that those who failed together do not come back together. */
export function jittered(ms: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return Math.round((ms * (1 + random / BEYOND_32_BITS)) / 2);
}
