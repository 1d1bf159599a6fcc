/**
 * Events for the organization's webhooks. They are written in the transaction of the change, and stay until each webhook
 * that wants them has stored them in its object. Until then they are sent again, by the batch's alarm if necessary. If no
 * webhook wants an event, nothing is written.
 *
 * Events share a row, a page, because the platform bills rows. While calls are in flight they are gathered for up to a
 * second. What was sent leaves the page when the next event is written. So an object that stops may send the last ones
 * again; a webhook's object knows them.
 */

import type { BatchSummary, CallView } from "../../calling/messages/batch-view.ts";
import type {
  BatchEventType,
  CallEventType,
  WebhookEvent,
  WebhookEventType,
  WebhookTarget,
} from "../../calling/messages/webhook.ts";
import { present } from "../../calling/requests/assert.ts";
import { newEventId, type RandomBytes } from "../../calling/secrets/ids.ts";
import type { Remarks } from "../../calling/words/remarks.ts";
import { jittered } from "../../peer.ts";
import type { Sql } from "../../storage/sql.ts";
import { doubled, EVENTS_EVERY_MS, REPORT_RETRY_AT_MOST_MS, REPORT_RETRY_MS } from "../attempts/timing.ts";
import type { AttemptRow, StoredAttempt } from "../store/attempt-states.ts";
import { findAttempt } from "../store/attempts.ts";
import { remarksOfCall } from "../store/remarks.ts";
import { batchEventsOf, callEventOf, type Standing } from "./events.ts";

/** A call at that moment. Its token is secret, and not kept. `remarks`: absent in rows of earlier versions. */
export type ToldCall = StoredAttempt & { readonly remarks?: Remarks };

/** Persisted. `subject`: the attempt, or the batch's summary, at that moment. */
export type OutboxEvent = { readonly id: string; readonly at: number } & (
  | { readonly type: CallEventType; readonly attempt: ToldCall }
  | { readonly type: BatchEventType; readonly batch: BatchSummary }
);

/** Persisted. `events`: JSON of each `OutboxEvent`, oldest first. */
type PageRow = { readonly number: number; readonly events: string };
/** `text`: its JSON. */
type Written = { readonly event: OutboxEvent; readonly text: string };
/** `unsent`: may be fewer than its row has. `isChanged`: its row lacks an event. */
type Page = { readonly number: number; unsent: Written[]; isChanged: boolean };

/** In one message: with metadata of 16 KiB each, one megabyte of the platform's 32, and half of a row's two. */
const EVENTS_OF_PAGE = 50;

const PAGES = /*sql*/ `SELECT number, events FROM outbox_pages ORDER BY number`;
const WRITE = /*sql*/ `
  INSERT INTO outbox_pages (number, events) VALUES (?, ?)
  ON CONFLICT (number) DO UPDATE SET events = excluded.events`;
const DELETE = /*sql*/ `DELETE FROM outbox_pages WHERE number = ?`;

/** Waiting events, oldest first, and the webhooks that each may go to. */
export type EventsToSend = { readonly events: readonly OutboxEvent[]; readonly targets: readonly WebhookTarget[] };

export class Outbox {
  readonly #sql: Sql;
  /** The webhooks that get events now. */
  readonly #targets: () => readonly WebhookTarget[];
  readonly #random: RandomBytes;
  /** As stored, with what is about to be. Oldest first. */
  #pages: Page[];
  #isSending = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #retryAt = 0;

  constructor(sql: Sql, targets: () => readonly WebhookTarget[], random: RandomBytes) {
    this.#sql = sql;
    this.#targets = targets;
    this.#random = random;
    this.#pages = sql.all<PageRow>(PAGES).map(({ number, events }) => ({
      number,
      unsent: (JSON.parse(events) as OutboxEvent[]).map(written),
      isChanged: false,
    }));
  }

  /** Call it in the transaction of the change, before `store`. */
  attemptChanged(before: AttemptRow, after: AttemptRow, now: number): void {
    const type = callEventOf(before, after);
    if (type !== null) this.#put(type, () => this.#toldCall(type, after, now));
  }

  /** Something was said about the call. Call it in that transaction, before `store`. */
  remarked(number: number, now: number): void {
    this.#put("call_updated", () =>
      this.#toldCall("call_updated", present(findAttempt(this.#sql, number), "it was called"), now),
    );
  }

  #toldCall(type: CallEventType, row: AttemptRow, now: number): OutboxEvent {
    const attempt = { ...row, token: null, remarks: remarksOfCall(this.#sql, row.number) };
    return { id: newEventId(now, this.#random), at: now, type, attempt };
  }

  /** Call it in the transaction of the change, before `store`. `summary` is called only if there is an event. */
  batchChanged(before: Standing, after: Standing, summary: () => BatchSummary, now: number): void {
    for (const type of batchEventsOf(before, after)) {
      this.#put(type, () => ({ id: newEventId(now, this.#random), at: now, type, batch: summary() }));
    }
  }

  /** Whether `store` has something to write. `isBusy`: calls are in flight, and more events come soon. */
  isToStore(isBusy: boolean): boolean {
    return this.#pages.some(({ unsent, isChanged }) => isChanged || (unsent.length === 0 && !isBusy));
  }

  /** Call it in the transaction of the changes. */
  store(): void {
    for (const { number, unsent, isChanged } of this.#pages) {
      if (isChanged) this.#sql.run(WRITE, number, `[${unsent.map(({ text }) => text).join()}]`);
      else if (unsent.length === 0) this.#sql.run(DELETE, number);
    }
    this.#pages = this.#pages.filter(({ unsent }) => unsent.length > 0);
    for (const page of this.#pages) page.isChanged = false;
  }

  /** The waiting events, which `sent` or `unsent` answers; null if there are none, they are in flight, or more come. */
  toSend(isBusy: boolean, now: number): EventsToSend | null {
    const dueAt = this.dueAt(isBusy, now);
    if (this.#isSending || dueAt === null || dueAt > now) return null;
    this.#isSending = true;
    this.#sentAt = now;
    const { unsent } = present(this.#oldest(), "something is due");
    return { events: unsent.map(({ event }) => event), targets: this.#targets() };
  }

  /** The webhooks have stored these events. */
  sent(ids: ReadonlySet<string>): void {
    this.#isSending = false;
    this.#failures = 0;
    for (const page of this.#pages) page.unsent = page.unsent.filter(({ event }) => !ids.has(event.id));
  }

  unsent(now: number): void {
    this.#isSending = false;
    this.#retryAt = now + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS), now);
    this.#failures += 1;
  }

  /** Drops what is stored of these calls, by their numbers. What is in flight is not held back. */
  dropCalls(calls: ReadonlySet<number>): void {
    for (const page of this.#pages) {
      page.unsent = page.unsent.filter(({ event }) => !("attempt" in event && calls.has(event.attempt.number)));
      // Its row may still have what was sent.
      page.isChanged = page.unsent.length > 0;
    }
    this.store();
  }

  /** When events must be sent; null without any. While some are in flight: now, as their answer comes first. */
  dueAt(isBusy: boolean, now: number): number | null {
    const oldest = this.#oldest();
    if (oldest === undefined) return null;
    if (this.#isSending) return now;
    const gatheredAt = isBusy && oldest.unsent.length < EVENTS_OF_PAGE ? this.#sentAt + EVENTS_EVERY_MS : now;
    return Math.max(now, this.#retryAt, gatheredAt);
  }

  #oldest = (): Page | undefined => this.#pages.find(({ unsent }) => unsent.length > 0);

  /** Whether a webhook gets such an event; null: there is none. */
  isWanted(type: WebhookEventType | null): boolean {
    return type !== null && this.#targets().some(({ events }) => events.includes(type));
  }

  #put(type: WebhookEventType, event: () => OutboxEvent): void {
    if (!this.isWanted(type)) return;
    const last = this.#pages.at(-1);
    const page =
      last !== undefined && last.unsent.length < EVENTS_OF_PAGE
        ? last
        : { number: (last?.number ?? 0) + 1, unsent: [], isChanged: true };
    if (page !== last) this.#pages.push(page);
    page.unsent.push(written(event()));
    page.isChanged = true;
  }
}

const written = (event: OutboxEvent): Written => ({ event, text: JSON.stringify(event) });

/** For each webhook, the events that it wants. `callOf`: the call as a webhook sees it. */
export function eventsByWebhook(
  { events, targets }: EventsToSend,
  agentId: string,
  batchId: string | null,
  callOf: (call: ToldCall) => CallView,
): readonly { readonly webhookId: string; readonly events: readonly WebhookEvent[] }[] {
  const all = events.map((one) => eventOf(one, agentId, batchId, callOf));
  return targets.flatMap(({ id, events: types }) => {
    const wanted = all.filter(({ about }) => about.type !== "test" && types.includes(about.type));
    return wanted.length === 0 ? [] : [{ webhookId: id, events: wanted }];
  });
}

function eventOf(
  event: OutboxEvent,
  agentId: string,
  batchId: string | null,
  callOf: (call: ToldCall) => CallView,
): WebhookEvent {
  const { id, at } = event;
  if ("batch" in event)
    return { id, at, about: { type: event.type, agentId, batchId: event.batch.id, batch: event.batch } };
  return { id, at, about: { type: event.type, agentId, batchId, call: callOf(event.attempt) } };
}
