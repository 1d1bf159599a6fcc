/**
 * The requests for direct calls that share this object: whose people are whose, and who may be dialed. Also which requests
 * may be over without the organization knowing. The rows say all of it, except which requests have slots: the organization
 * is asked for that again. Losing this memory is safe.
 */

import type { SlotAnswer, SlotStatement } from "../../calling/messages/slots.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../calling/requests/limits.ts";
import { isInFlight } from "../../calling/words/recipient.ts";
import type { NextUp } from "../people/queue.ts";
import type { Roster } from "../people/roster.ts";
import { DIRECT_REQUEST_NUMBER, type DirectStanding, directStatement } from "../slots/direct-slots.ts";
import { Reporter } from "../telling/reporter.ts";

/** Its people are at `first` and the `count - 1` positions that follow. */
export type DirectRequest = {
  readonly id: string;
  readonly requestedAt: number;
  readonly first: number;
  readonly count: number;
};

/** The organization may not know that it is over. */
export type Unsettled = DirectRequest & {
  readonly reporter: Reporter;
  /** The organization has said that its slots are still there. */
  isGranted: boolean;
};

/** Those who are not dialed by then are not dialed at all. */
const beginBy = ({ requestedAt }: DirectRequest): number => requestedAt + DIRECT_CALLS_BEGIN_WITHIN_MS;

export class DirectRequests {
  readonly #createdAt: number;
  readonly #all = new Map<string, DirectRequest>();
  /** Few: those that were made in the last seconds, and those with calls in flight. */
  readonly #unsettled = new Map<string, Unsettled>();
  #total = 0;

  /** `createdAt`: the object's. `settledTo`: the organization knows that everybody before this position is through. */
  constructor(createdAt: number, requests: Iterable<DirectRequest>, settledTo: number) {
    this.#createdAt = createdAt;
    for (const request of requests) this.#put(request, request.first >= settledTo);
  }

  find(id: string): DirectRequest | null {
    return this.#all.get(id) ?? null;
  }

  /** Whose people are at this position. */
  idAt(position: number): string | null {
    for (const request of this.#unsettled.values()) if (isIn(request, position)) return request.id;
    for (const request of this.#all.values()) if (isIn(request, position)) return request.id;
    return null;
  }

  add(request: DirectRequest): void {
    this.#put(request, true);
  }

  unsettled(id: string): Unsettled | null {
    return this.#unsettled.get(id) ?? null;
  }

  get allUnsettled(): Iterable<Unsettled> {
    return this.#unsettled.values();
  }

  /** The organization knows that everybody before this position is through. */
  get settledTo(): number {
    let first = this.#total;
    for (const request of this.#unsettled.values()) first = Math.min(first, request.first);
    return first;
  }

  /** The organization would tell this object of new rules. */
  get hasSlots(): boolean {
    for (const { isGranted } of this.#unsettled.values()) if (isGranted) return true;
    return false;
  }

  /** The organization has answered a report of the request's, and by that knows what `told` says. */
  acknowledged(request: Unsettled, told: SlotStatement, answer: SlotAnswer): void {
    if (answer.grantedRequest === DIRECT_REQUEST_NUMBER && told.open) request.isGranted = true;
    if (!told.open && told.holds === 0) this.#unsettled.delete(request.id);
  }

  statement(request: DirectRequest, roster: Roster): SlotStatement {
    const isGranted = this.#unsettled.get(request.id)?.isGranted ?? false;
    return directStatement({ batchId: request.id, createdAt: this.#createdAt }, standingOf(request, roster), isGranted);
  }

  /** Those who have slots. */
  *mayBeDialed(inTurn: Iterable<NextUp>): Generator<NextUp, undefined> {
    const granted = [...this.#unsettled.values()].filter(({ isGranted }) => isGranted);
    if (granted.length === 0) return;
    for (const next of inTurn) if (granted.some((request) => isIn(request, next.position))) yield next;
  }

  /** How many of those who wait have slots. */
  slotsToUse(roster: Roster): number {
    let free = 0;
    for (const request of this.#unsettled.values()) {
      if (request.isGranted) free += standingOf(request, roster).waiting;
    }
    return free;
  }

  /** Positions of those whose time will be over by then. */
  lateBy(at: number): ReadonlySet<number> {
    const late = new Set<number>();
    for (const request of this.#unsettled.values()) {
      if (beginBy(request) > at) continue;
      for (const position of positionsOf(request)) late.add(position);
    }
    return late;
  }

  /** When the time of the first who wait is over; null where nobody waits. */
  nextLateAt(roster: Roster): number | null {
    let next: number | null = null;
    for (const request of this.#unsettled.values()) {
      const isFirst = next === null || beginBy(request) < next;
      if (isFirst && standingOf(request, roster).waiting > 0) next = beginBy(request);
    }
    return next;
  }

  #put(request: DirectRequest, isUnsettled: boolean): void {
    this.#all.set(request.id, request);
    this.#total = Math.max(this.#total, request.first + request.count);
    if (!isUnsettled) return;
    this.#unsettled.set(request.id, { ...request, reporter: new Reporter(), isGranted: false });
  }
}

const isIn = ({ first, count }: DirectRequest, position: number): boolean =>
  position >= first && position < first + count;

export const positionsOf = ({ first, count }: DirectRequest): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** By each one's latest attempt. */
export function standingOf(request: DirectRequest, roster: Roster): DirectStanding {
  let [waiting, flying] = [0, 0];
  for (const position of positionsOf(request)) {
    const status = roster.statusOf(position);
    waiting += Number(status === "queued");
    flying += Number(isInFlight(status));
  }
  return { waiting, flying };
}
