/**
 * The events that wait in a batch, in memory and in rows. The platform bills rows. So an event that tells a call's progress
 * rides in the row of its attempt, which is written anyway. Other events share a row, a page.
 *
 * Events are numbered. Up to which number all have arrived rides along with the next event, and is written when no call
 * is in flight.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { BatchEventType, CallEventType } from "../../calling/messages/webhook.ts";
import type { Remarks } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";
import type { StoredAttempt } from "../store/attempt-states.ts";
import { lastRidden, type Riding, recordSent, riddenAfter } from "../store/ridden-events.ts";

/** A call at that moment. Its token is secret, and not kept. `remarks`: absent in rows of earlier versions. */
export type ToldCall = StoredAttempt & { readonly remarks?: Remarks };

/** Persisted. `attempt`, `batch`: at that moment. `number`: absent in rows of earlier versions. */
export type OutboxEvent = { readonly id: string; readonly at: number; readonly number?: number } & (
  | { readonly type: CallEventType; readonly attempt: ToldCall }
  | { readonly type: BatchEventType; readonly batch: BatchSummary }
);

/** Persisted. `events`: JSON of each `OutboxEvent`, oldest first. */
type PageRow = { readonly number: number; readonly events: string };
/** `text`: its JSON. `rides`: in the row of the attempt with this number; null: in its page's row. */
type Written = { readonly event: OutboxEvent; readonly text: string; rides: number | null };
/** `unsent`: in order; its row may have more of them. `isChanged`: its row lacks an event. */
type Page = { readonly number: number; unsent: Written[]; isChanged: boolean; hasRow: boolean };
/** An event that is to be written in the row of its attempt. */
export type Ride = { readonly event: OutboxEvent; readonly attempt: number; readonly riding: Riding };

/** In one message: with metadata of 16 KiB each, one megabyte of the platform's 32, and half of a row's two. */
export const EVENTS_OF_PAGE = 50;

const PAGES = /*sql*/ `SELECT number, events FROM outbox_pages ORDER BY number`;
const WRITE = /*sql*/ `
  INSERT INTO outbox_pages (number, events) VALUES (?, ?)
  ON CONFLICT (number) DO UPDATE SET events = excluded.events`;
const DELETE = /*sql*/ `DELETE FROM outbox_pages WHERE number = ?`;

export class OutboxPages {
  readonly #sql: Sql;
  readonly #isUsed: boolean;
  /** As stored, with what is about to be. Oldest first. */
  #pages: Page[];
  /** `recorded`: up to this number it is stored that all have arrived. Null: not read yet. */
  #numbers: { last: number; recorded: number } | null = null;
  /** The last event that rides, and its attempt. */
  #lastRide: { readonly number: number; readonly attempt: number } | null = null;

  /**
   * `isUsed`: a webhook is known. Reading what rides looks through all attempts, and most batches have no webhook. A later
   * webhook is told of nothing that was before it.
   */
  constructor(sql: Sql, isUsed: boolean) {
    this.#sql = sql;
    this.#isUsed = isUsed;
    this.#pages = sql.all<PageRow>(PAGES).map(({ number, events }) => ({
      number,
      unsent: (JSON.parse(events) as OutboxEvent[]).map((event) => written(event, null)),
      isChanged: false,
      hasRow: true,
    }));
    if (isUsed) this.#known();
  }

  /** Reads what rides, before the first event is numbered. */
  #known(): { last: number; recorded: number } {
    if (this.#numbers !== null) return this.#numbers;
    const { last, sent } = lastRidden(this.#sql);
    const paged = this.#pages.flatMap(({ unsent }) => unsent.map(({ event }) => event.number ?? 0));
    this.#numbers = { last: Math.max(last, sent, ...paged), recorded: sent };
    for (const page of this.#pages) {
      page.unsent = page.unsent.filter(({ event }) => event.number === undefined || event.number > sent);
    }
    const ridden = this.#isUsed && last > sent ? riddenAfter(this.#sql, sent) : [];
    // On other pages: each is in order.
    if (ridden.length > 0) this.#addPage();
    for (const text of ridden) {
      const event = JSON.parse(text) as OutboxEvent;
      this.#add({ event, text, rides: "attempt" in event ? event.attempt.number : null });
    }
    return this.#numbers;
  }

  /** The number of the next event. */
  next(): number {
    const numbers = this.#known();
    numbers.last += 1;
    return numbers.last;
  }

  /** The oldest events that wait, at most `EVENTS_OF_PAGE`; empty without any. */
  get oldest(): readonly { readonly event: OutboxEvent }[] {
    return this.#pages.find(({ unsent }) => unsent.length > 0)?.unsent ?? [];
  }

  put(event: OutboxEvent): void {
    this.#add(written(event, null));
  }

  /** How the event is written in the attempt's row; then call `rode`. */
  rideOf(event: OutboxEvent, attempt: number): Ride {
    const { text } = written(event, attempt);
    const number = event.number ?? 0;
    const events_sent = Math.min(this.#sentTo(), number - 1);
    return { event, attempt, riding: { event: text, event_number: number, events_sent } };
  }

  /** Call it in the transaction of the row, before `store`. */
  rode({ event, attempt, riding }: Ride): void {
    // The row has room for one event: an earlier one goes to its page.
    for (const page of this.#pages) {
      for (const earlier of page.unsent) {
        if (earlier.rides !== attempt) continue;
        earlier.rides = null;
        page.isChanged = true;
      }
    }
    const numbers = this.#known();
    numbers.recorded = Math.max(numbers.recorded, riding.events_sent);
    this.#add({ event, text: riding.event, rides: attempt });
  }

  /** Whether `store` has something to write. `isBusy`: calls are in flight, and more events come soon. */
  isToStore(isBusy: boolean): boolean {
    if (!isBusy && this.#toRecord() !== null) return true;
    return this.#pages.some(({ unsent, isChanged }) => isChanged || (unsent.length === 0 && !isBusy));
  }

  /** Call it in the transaction of the changes. */
  store(isBusy: boolean): void {
    for (const page of this.#pages) {
      if (!page.isChanged && page.unsent.length > 0) continue;
      const own = page.unsent.filter(({ rides }) => rides === null);
      if (own.length > 0) this.#sql.run(WRITE, page.number, `[${own.map(({ text }) => text).join()}]`);
      else if (page.hasRow) this.#sql.run(DELETE, page.number);
      page.hasRow = own.length > 0;
      page.isChanged = false;
    }
    this.#dropEmpty();
    const attempt = isBusy ? null : this.#toRecord();
    if (attempt === null) return;
    const numbers = this.#known();
    numbers.recorded = numbers.last;
    recordSent(this.#sql, numbers.last, attempt);
  }

  /** In whose row to write that all events have arrived; null: that is known, or some have not. */
  #toRecord(): number | null {
    const ride = this.#lastRide;
    if (ride === null || ride.number <= this.#known().recorded) return null;
    return this.#pages.some(({ unsent }) => unsent.length > 0) ? null : ride.attempt;
  }

  arrived(ids: ReadonlySet<string>): void {
    for (const page of this.#pages) page.unsent = page.unsent.filter(({ event }) => !ids.has(event.id));
    this.#dropEmpty();
  }

  /** Drops what pages have of these calls, by their numbers. What rides is dropped with the attempts' rows. */
  dropCalls(calls: ReadonlySet<number>): void {
    for (const page of this.#pages) {
      page.unsent = page.unsent.filter(({ event }) => !("attempt" in event && calls.has(event.attempt.number)));
      // Its row may still have what was sent.
      page.isChanged = page.hasRow;
    }
    this.store(true);
  }

  #add(one: Written): void {
    const last = this.#pages.at(-1);
    const page = last !== undefined && last.unsent.length < EVENTS_OF_PAGE ? last : this.#addPage();
    page.unsent.push(one);
    if (one.rides === null) page.isChanged = true;
    else this.#lastRide = { number: one.event.number ?? 0, attempt: one.rides };
  }

  #addPage(): Page {
    const page: Page = { number: (this.#pages.at(-1)?.number ?? 0) + 1, unsent: [], isChanged: false, hasRow: false };
    this.#pages.push(page);
    return page;
  }

  #dropEmpty(): void {
    this.#pages = this.#pages.filter(({ unsent, hasRow }) => unsent.length > 0 || hasRow);
  }

  /** All events up to this number have arrived. */
  #sentTo(): number {
    const first = this.#pages.flatMap(({ unsent }) => (unsent[0] === undefined ? [] : (unsent[0].event.number ?? 0)));
    return Math.max(0, Math.min(this.#known().last, ...first.map((number) => number - 1)));
  }
}

const written = (event: OutboxEvent, rides: number | null): Written => ({ event, text: JSON.stringify(event), rides });
