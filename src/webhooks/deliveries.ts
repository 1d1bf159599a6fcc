/**
 * The deliveries of one webhook: all pending ones, and the latest finished ones. Memory knows the pack of each delivery,
 * derived from the rows. `save` writes the changes, one row for each pack.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import { present } from "../calling/requests/assert.ts";
import type { Sql } from "../storage/sql.ts";
import {
  allPacks,
  type Delivery,
  deletePack,
  eventIn,
  inPacks,
  insertPack,
  packOf,
  replacePack,
  updatePack,
} from "./packs.ts";
import type { DeliveryView } from "./rpc.ts";
import { WAITING_AT_MOST } from "./sending.ts";
import { WaitingDeliveries } from "./waiting.ts";

/** At least so many finished deliveries are kept. */
export const KEPT = 100;
/** Finished deliveries are deleted together, once there are this many more. */
const PRUNE_SLACK = 50;
/**
 * The result of a delivery is written when no delivery of its pack is in flight, or after this time. If the object stops
 * before, it delivers the event twice.
 */
export const SAVE_AFTER_MS = 1_000;

const TOO_MANY_WAIT = `${WAITING_AT_MOST} deliveries were already waiting, so it was not tried`;

/** A pack in memory. `changedAt`: the time of its oldest unwritten change; null without one. */
type Open = { deliveries: Delivery[]; changedAt: number | null; isUrgent: boolean };

export class Deliveries {
  readonly #sql: Sql;
  /** By id. */
  readonly waiting = new WaitingDeliveries();
  /** The pack of each finished delivery, by id. */
  readonly #over = new Map<string, number>();
  /** All packs, by number and so by age: the count of their waiting deliveries. */
  readonly #packs = new Map<number, number>();
  readonly #open = new Map<number, Open>();
  #lastPack = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
    for (const { number, deliveries } of allPacks(sql)) this.#add(number, deliveries);
  }

  find(id: string): Delivery | null {
    const number = this.#packOf(id);
    return number === undefined ? null : (this.#opened(number).deliveries.find((one) => one.id === id) ?? null);
  }

  /** The delivery must be there. */
  eventOf(id: string): WebhookEvent {
    const number = present(this.#packOf(id), "what is delivered is stored");
    const index = this.#opened(number).deliveries.findIndex((one) => one.id === id);
    return eventIn(this.#sql, number, index);
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

  /** Stores a delivery for each event. A known event changes nothing. */
  take(events: readonly WebhookEvent[], now: number): void {
    const unknown = new Map(events.filter(({ id }) => this.#packOf(id) === undefined).map((one) => [one.id, one]));
    for (const pack of inPacks(unknown.values())) {
      const room = WAITING_AT_MOST - this.waiting.size;
      const deliveries = pack.map(({ event }, index) => deliveryOf(event, index < room ? null : TOO_MANY_WAIT, now));
      const number = this.#lastPack + 1;
      insertPack(this.#sql, number, deliveries, pack);
      this.#add(number, deliveries);
    }
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
    for (const [number, { deliveries, changedAt, isUrgent }] of this.#open) {
      const saveAt = changedAt === null ? null : changedAt + SAVE_AFTER_MS;
      if (saveAt !== null && saveAt > now && !isUrgent && deliveries.some(({ id }) => isUnderWay(id))) {
        next = Math.min(next ?? saveAt, saveAt);
        continue;
      }
      if (saveAt !== null) updatePack(this.#sql, number, deliveries);
      this.#open.delete(number);
    }
    if (this.#over.size > KEPT + PRUNE_SLACK) this.#prune();
    return next;
  }

  /** Deletes the oldest packs without a waiting delivery. */
  #prune(): void {
    for (const [number, waiting] of this.#packs) {
      if (waiting > 0 || this.#open.has(number)) continue;
      const deliveries = packOf(this.#sql, number);
      if (this.#over.size - deliveries.length < KEPT) return;
      deletePack(this.#sql, number);
      this.#forget(number, deliveries);
    }
  }

  #packOf = (id: string): number | undefined => this.waiting.get(id)?.pack ?? this.#over.get(id);

  #opened(number: number): Open {
    const known = this.#open.get(number);
    if (known !== undefined) return known;
    const open: Open = { deliveries: packOf(this.#sql, number), changedAt: null, isUrgent: false };
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

  /** The first `limit` wanted deliveries. */
  #among(isWanted: (id: string) => boolean, limit: number, isBefore: (a: string, b: string) => boolean): Delivery[] {
    const first: string[] = [];
    for (const ids of [this.#over.keys(), this.waiting.keys()]) {
      for (const id of ids) {
        const last = first[limit - 1];
        if (!isWanted(id) || (last !== undefined && !isBefore(id, last))) continue;
        const at = first.findIndex((one) => isBefore(id, one));
        first.splice(at < 0 ? first.length : at, 0, id);
        first.length = Math.min(first.length, limit);
      }
    }
    return first.map((id) => present(this.find(id), "what is known is stored"));
  }
}

function deliveryOf(event: WebhookEvent, refused: string | null, now: number): Delivery {
  const { about } = event;
  return {
    id: event.id,
    type: about.type,
    status: refused === null ? "pending" : "failed",
    attempts: 0,
    tries: 0,
    ordered_at: now,
    created_at: event.at,
    due_at: refused === null ? now : null,
    attempted_at: null,
    response_status: null,
    error_message: refused,
    batch_id: about.type === "test" ? null : about.batchId,
    call_id: "call" in about ? about.call.id : null,
  };
}

export const deliveryView = (one: Delivery): DeliveryView => ({
  id: one.id,
  type: one.type,
  status: one.status,
  attempts: one.attempts,
  createdAt: one.created_at,
  attemptedAt: one.attempted_at,
  nextAttemptAt: one.due_at,
  responseStatus: one.response_status,
  errorMessage: one.error_message,
  batchId: one.batch_id,
  callId: one.call_id,
});
