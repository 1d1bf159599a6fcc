/**
 * Messages between objects, with the platform's failures (Durable Objects, "Stub", "Error handling"). A stub that threw
 * once always throws, an object that hangs never answers, and an overloaded one must not be asked again at once. Every
 * message from one object to another passes through here. It never repeats a message: the caller knows whether that is
 * safe.
 */

import { within } from "./within.ts";

/** Far longer than our objects take, and long enough for the platform's own repeats. */
export const ANSWER_WITHIN_MS = 10_000;

/** The deadline has passed. Whether the message was processed is not known. */
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
 * Another object that gets many messages. One stub is used until it throws or does not answer, then a new one. New
 * stubs for each message, in both directions, would use up the allowed depth of nested requests.
 */
export class Peer<Stub> {
  readonly #find: () => Stub;
  /** Losing it is safe: a new one is made. */
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
      // If several messages fail together, only the first replaces it.
      if (this.#stub === stub) this.#stub = null;
      throw error;
    }
  }
}

/** Peers by name; each is made on first use. */
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

/**
 * The platform says that the request is not at fault: the object is overloaded, restarts, moves, or was not reached.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unanswered ||
  (typeof error === "object" &&
    error !== null &&
    (("overloaded" in error && error.overloaded === true) || ("retryable" in error && error.retryable === true)));

const BEYOND_32_BITS = 2 ** 32;

/**
 * Half to all of it, so that senders which failed together do not return together. `by`: an integer that differs between
 * them, like the time in ms. The same one gives the same wait, so a core without chance can use it.
 */
export function jittered(ms: number, by: number): number {
  // Mixes all bits (the finalizer of MurmurHash3).
  let mixed = by % BEYOND_32_BITS;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  const share = ((mixed ^ (mixed >>> 16)) >>> 0) / BEYOND_32_BITS;
  return Math.round((ms * (1 + share)) / 2);
}
