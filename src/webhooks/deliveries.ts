/**
 * The deliveries of one webhook: all pending ones, and the latest finished ones. Memory knows the pack of each delivery,
 * derived from the rows. `save` writes the changes, one row for each pack.
 *
 * While a batch still keeps the events of a pack, the pack has no row. Its first row then has what came of it, too.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import { present } from "../calling/requests/assert.ts";
import type { Sql } from "../storage/sql.ts";
import { deliveryOf } from "./delivery.ts";
import { firstOf } from "./first-of.ts";
import {
  allPacks,
  type Delivery,
  deletePack,
  eventIn,
  inPacks,
  packOf,
  putPack,
  replacePack,
  updatePack,
  type WrittenEvent,
} from "./packs.ts";
import { WAITING_AT_MOST } from "./sending.ts";
import { WaitingDeliveries } from "./waiting.ts";

/** At least so many finished deliveries are kept. */
export const KEPT = 100;
/** Finished deliveries are deleted together, once there are this many more. */
const PRUNE_SLACK = 50;
/**
 * The result of a delivery is written when no delivery of its pack is in flight, or after this time. If the object stops
 * before, it delivers the event twice. A batch waits so long for its answer.
 */
export const SAVE_AFTER_MS = 1_000;

const TOO_MANY_WAIT = `${WAITING_AT_MOST} deliveries were already waiting, so it was not tried`;

/**
 * A pack in memory. `changedAt`: the time of its oldest unwritten change; null without one. `unstored`: its events, in the
 * order of its deliveries, while it has no row.
 */
type Open = {
  deliveries: Delivery[];
  changedAt: number | null;
  isUrgent: boolean;
  unstored: readonly WrittenEvent[] | null;
};

export class Deliveries {
  readonly #sql: Sql;
  /** By id. */
  readonly waiting = new WaitingDeliveries();
  /** The pack of each finished delivery, by id. */
  readonly #over = new Map<string, number>();
  /** All packs, by number, oldest first: the count of their waiting deliveries. */
  readonly #packs = new Map<number, number>();
  readonly #open = new Map<number, Open>();
  #lastPack = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
    const found: { number: number; oldest: string }[] = [];
    for (const { number, deliveries } of allPacks(sql)) {
      this.#add(number, deliveries);
      found.push({ number, oldest: deliveries[0]?.id ?? "" });
    }
    // A new pack may have the number of an old one. Ids sort by time.
    for (const { number } of found.sort((a, b) => (a.oldest < b.oldest ? -1 : 1))) {
      const waiting = this.#packs.get(number) ?? 0;
      this.#packs.delete(number);
      this.#packs.set(number, waiting);
    }
  }

  find(id: string): Delivery | null {
    const number = this.#packOf(id);
    return number === undefined ? null : (this.#opened(number).deliveries.find((one) => one.id === id) ?? null);
  }

  /** The delivery must be there. */
  eventOf(id: string): WebhookEvent {
    const number = present(this.#packOf(id), "what is delivered is known");
    const { deliveries, unstored } = this.#opened(number);
    const index = deliveries.findIndex((one) => one.id === id);
    return unstored?.[index]?.event ?? eventIn(this.#sql, number, index);
  }

  /** Newest first: the newest ones, or those before the one with this id. */
  olderThan(id: string | null, limit: number): Delivery[] {
    return this.#among(
      (one) => id === null || one < id,
      limit,
      (a, b) => a > b,
    );
  }

  /** Oldest first, after the one with this id. */
  newerThan(id: string, limit: number): Delivery[] {
    return this.#among(
      (one) => one > id,
      limit,
      (a, b) => a < b,
    );
  }

  /**
   * Takes a delivery for each event. A known event changes nothing. `isKept`: their batch keeps them until
   * `areStored`. So a pack whose deliveries all end soon is written once, with what came of them.
   */
  take(events: readonly WebhookEvent[], isKept: boolean, now: number): void {
    const unknown = new Map(events.filter(({ id }) => this.#packOf(id) === undefined).map((one) => [one.id, one]));
    for (const pack of inPacks(unknown.values())) {
      const room = WAITING_AT_MOST - this.waiting.size;
      const deliveries = pack.map(({ event }, index) => deliveryOf(event, index < room ? null : TOO_MANY_WAIT, now));
      // If the object stops before the old row is written over, the old pack is back.
      const [number = this.#lastPack + 1] = this.#dispensable();
      this.#open.set(number, { deliveries, changedAt: now, isUrgent: !isKept, unstored: pack });
      this.#add(number, deliveries);
    }
  }

  /** Whether none of these is in memory only. */
  areStored(ids: readonly string[]): boolean {
    return !ids.some((id) => this.#unstored(id) !== null);
  }

  /** It may take long. `save` stores it, if it is in memory only. */
  storeNow(id: string): void {
    const open = this.#unstored(id);
    if (open !== null) open.isUrgent = true;
  }

  /** A delivery waits that nobody else keeps. */
  get isAlarmNeeded(): boolean {
    let unstored = 0;
    for (const [number, open] of this.#open) if (open.unstored !== null) unstored += this.#packs.get(number) ?? 0;
    return this.waiting.size > unstored;
  }

  change(delivery: Delivery, now: number): void {
    const { id } = delivery;
    const number = present(this.#packOf(id), "what changes is stored");
    const open = this.#opened(number);
    open.deliveries = open.deliveries.map((one) => (one.id === id ? delivery : one));
    open.changedAt ??= now;
    // A restarted object must know which deliveries to retry, and when.
    open.isUrgent ||= delivery.status !== "delivered";
    if (this.waiting.delete(id)) this.#packs.set(number, present(this.#packs.get(number), "it is counted") - 1);
    this.#over.delete(id);
    this.#place(delivery, number);
  }

  /** Every waiting delivery fails. */
  failAll(why: string, now: number): void {
    for (const id of [...this.waiting.keys()]) {
      const delivery = present(this.find(id), "what waits is stored");
      this.change({ ...delivery, status: "failed", due_at: null, error_message: why }, now);
    }
  }

  /** Erases these deliveries, and returns their ids. */
  erase(isGone: (one: Delivery) => boolean): string[] {
    const erased: string[] = [];
    for (const [number, open] of this.#open) if (open.unstored !== null) this.#write(number, open);
    for (const { number, deliveries: stored } of allPacks(this.#sql)) {
      const { deliveries } = this.#open.get(number) ?? { deliveries: stored };
      const left = deliveries.filter((one) => !isGone(one));
      if (left.length === deliveries.length) continue;
      if (left.length > 0) replacePack(this.#sql, number, left);
      else deletePack(this.#sql, number);
      const gone = deliveries.filter((one) => !left.includes(one)).map(({ id }) => id);
      this.#forget(number, deliveries);
      erased.push(...gone);
      if (left.length > 0) this.#add(number, left);
    }
    return erased;
  }

  /**
   * Writes changes, and deletes old finished deliveries. `isUnderWay`: whether a delivery is being tried. Returns when to
   * save the rest; null if all is written.
   */
  save(isUnderWay: (id: string) => boolean, now: number): number | null {
    let next: number | null = null;
    for (const [number, open] of this.#open) {
      const saveAt = open.changedAt === null ? null : open.changedAt + SAVE_AFTER_MS;
      if (saveAt !== null && saveAt > now && mayWait(open, isUnderWay)) {
        next = Math.min(next ?? saveAt, saveAt);
        continue;
      }
      if (saveAt !== null) this.#write(number, open);
      this.#open.delete(number);
    }
    if (this.#over.size > KEPT + PRUNE_SLACK) this.#prune();
    return next;
  }

  #write(number: number, open: Open): void {
    const { deliveries, unstored } = open;
    if (unstored === null) updatePack(this.#sql, number, deliveries);
    else putPack(this.#sql, number, deliveries, unstored);
    open.changedAt = null;
    open.unstored = null;
  }

  #prune(): void {
    for (const number of this.#dispensable()) deletePack(this.#sql, number);
  }

  /** The oldest packs without a waiting delivery, while enough are kept beside them. They are forgotten; their rows stay. */
  *#dispensable(): Generator<number, undefined> {
    for (const [number, waiting] of this.#packs) {
      if (waiting > 0 || this.#isUnwritten(number)) continue;
      const deliveries = packOf(this.#sql, number);
      if (this.#over.size - deliveries.length < KEPT) return;
      this.#forget(number, deliveries);
      yield number;
    }
  }

  #isUnwritten(number: number): boolean {
    const open = this.#open.get(number);
    return open !== undefined && open.changedAt !== null;
  }

  /** The pack of the delivery, if it has no row. */
  #unstored(id: string): Open | null {
    const number = this.#packOf(id);
    const open = number === undefined ? undefined : this.#open.get(number);
    return open === undefined || open.unstored === null ? null : open;
  }

  #packOf = (id: string): number | undefined => this.waiting.get(id)?.pack ?? this.#over.get(id);

  #opened(number: number): Open {
    const known = this.#open.get(number);
    if (known !== undefined) return known;
    const open: Open = { deliveries: packOf(this.#sql, number), changedAt: null, isUrgent: false, unstored: null };
    this.#open.set(number, open);
    return open;
  }

  #add(number: number, deliveries: readonly Delivery[]): void {
    this.#lastPack = Math.max(this.#lastPack, number);
    this.#packs.set(number, 0);
    for (const one of deliveries) this.#place(one, number);
  }

  #place({ id, attempts, due_at }: Delivery, number: number): void {
    if (due_at === null) this.#over.set(id, number);
    else {
      this.waiting.set(id, { attempts, dueAt: due_at, pack: number });
      this.#packs.set(number, (this.#packs.get(number) ?? 0) + 1);
    }
  }

  #forget(number: number, deliveries: readonly Delivery[]): void {
    this.#packs.delete(number);
    this.#open.delete(number);
    for (const { id } of deliveries) {
      this.waiting.delete(id);
      this.#over.delete(id);
    }
  }

  #among(isWanted: (id: string) => boolean, limit: number, isBefore: (a: string, b: string) => boolean): Delivery[] {
    const first = firstOf([this.#over.keys(), this.waiting.keys()], isWanted, limit, isBefore);
    return first.map((id) => present(this.find(id), "what is known is stored"));
  }
}

/**
 * A pack waits until none of it is in flight. One without a row waits only if nothing of it waits for more than the answers
 * in flight.
 */
function mayWait({ deliveries, isUrgent, unstored }: Open, isUnderWay: (id: string) => boolean): boolean {
  if (isUrgent) return false;
  const waiting = deliveries.filter(({ due_at }) => due_at !== null);
  const inFlight = waiting.filter(({ id }) => isUnderWay(id)).length;
  return inFlight > 0 && (unstored === null || inFlight === waiting.length);
}
