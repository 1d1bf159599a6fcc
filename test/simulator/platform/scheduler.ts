/**
 * The simulated time. One event happens at a time, with all microtasks that follow, so a seed has one history. Every
 * event belongs to an actor, whose clock the code reads.
 */

import { hashOf } from "./chance.ts";

/** Runs code or sends messages: an object's life, a request to the Worker, a client, a carrier. */
export interface Actor {
  readonly label: string;
  /** What its clock shows beside the true time, in ms. */
  readonly skewMs: number;
  /** Events of a dead one never happen. */
  readonly isAlive: boolean;
  /** A message leaves once earlier writes are durable. */
  send(leave: () => void): void;
  /** After an event and all that followed from it. */
  turnEnded(): void;
}

/** An actor that writes nothing and does not die. */
export const bystander = (label: string): Actor => ({
  label,
  skewMs: 0,
  isAlive: true,
  send: (leave) => leave(),
  turnEnded: () => {},
});

export type Event = {
  readonly at: number;
  readonly order: number;
  readonly kind: string;
  /** The command that caused this. */
  readonly cause: string;
  readonly actor: Actor | (() => Actor);
  readonly run: () => void;
  isCancelled: boolean;
};

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap. */
class EventQueue {
  readonly #heap: Event[] = [];

  get first(): Event | undefined {
    return this.#heap[0];
  }

  push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || isBefore(parent, event)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = event;
  }

  pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      if (child === undefined) break;
      const right = heap[childAt + 1];
      if (right !== undefined && isBefore(right, child)) {
        child = right;
        childAt += 1;
      }
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
    return first;
  }
}

/** Taken before the globals are replaced. */
const immediately = setImmediate;
const drained = (): Promise<void> => new Promise((resolve) => immediately(resolve));

export class Scheduler {
  /** The true time, epoch ms. */
  now: number;
  actor: Actor = bystander("nobody");
  cause = "setup";
  events = 0;
  /** A hash of all events so far: equal for equal histories. */
  trace = 0;
  /** Called for each event, to print a history. */
  onEvent: ((event: Event, actor: Actor) => void) | null = null;
  readonly #queue = new EventQueue();
  #scheduled = 0;
  readonly #hashes = new Map<string, number>();

  constructor(startsAt: number) {
    this.now = startsAt;
  }

  /** `actor`: a function if it is known only later. */
  schedule(delayMs: number, actor: Event["actor"], kind: string, run: () => void, cause = this.cause): Event {
    const at = this.now + Math.max(0, Math.ceil(delayMs));
    const event: Event = { at, order: this.#scheduled, kind, cause, actor, run, isCancelled: false };
    this.#scheduled += 1;
    this.#queue.push(event);
    return event;
  }

  /** Runs until no event is left, or the next one is after `until`. Throws what an event throws. */
  async run(until: number, isOver: () => boolean = () => false): Promise<void> {
    for (;;) {
      const event = this.#queue.first;
      if (event === undefined || event.at > until || isOver()) break;
      this.#queue.pop();
      if (event.isCancelled) continue;
      if (typeof event.actor !== "function" && !event.actor.isAlive) continue;
      this.now = event.at;
      this.cause = event.cause;
      const actor = typeof event.actor === "function" ? event.actor() : event.actor;
      this.actor = actor;
      this.events += 1;
      this.trace = Math.imul(this.trace ^ event.at, 0x01000193) ^ this.#hashOf(actor.label) ^ this.#hashOf(event.kind);
      this.onEvent?.(event, actor);
      event.run();
      await drained();
      actor.turnEnded();
    }
    if (until !== Number.POSITIVE_INFINITY) this.now = Math.max(this.now, until);
  }

  #hashOf(text: string): number {
    let hash = this.#hashes.get(text);
    if (hash === undefined) {
      hash = hashOf(text);
      this.#hashes.set(text, hash);
    }
    return hash;
  }
}
