/**
 * Events for the organization's webhooks. They are written in the transaction of the change, and stay until each webhook
 * that wants them has stored them in its object. Until then they are sent again, by the batch's alarm if necessary. If no
 * webhook wants an event, nothing is written.
 *
 * While calls are in flight events are gathered for up to a second. What has arrived is stored with the next event
 * (`outbox-pages.ts`). So an object that stops may send the last ones again; a webhook's object knows them.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { CallEventType, WebhookEventType, WebhookTarget } from "../../calling/messages/webhook.ts";
import { present } from "../../calling/requests/assert.ts";
import { newEventId, type RandomBytes } from "../../calling/secrets/ids.ts";
import { isNothing, type Remarks } from "../../calling/words/remarks.ts";
import { jittered } from "../../peer.ts";
import type { Sql } from "../../storage/sql.ts";
import { doubled, EVENTS_EVERY_MS, REPORT_RETRY_AT_MOST_MS, REPORT_RETRY_MS } from "../attempts/timing.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { findAttempt } from "../store/attempts.ts";
import { remarksOfCall } from "../store/remarks.ts";
import { batchEventsOf, callEventOf, type Standing } from "./events.ts";
import { EVENTS_OF_PAGE, type OutboxEvent, OutboxPages, type Ride } from "./outbox-pages.ts";

/** Waiting events, oldest first, and the webhooks that each may go to. */
export type EventsToSend = { readonly events: readonly OutboxEvent[]; readonly targets: readonly WebhookTarget[] };

export class Outbox {
  readonly #sql: Sql;
  readonly #pages: OutboxPages;
  /** The webhooks that get events now. */
  readonly #targets: () => readonly WebhookTarget[];
  readonly #random: RandomBytes;
  #isSending = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #retryAt = 0;

  constructor(sql: Sql, targets: () => readonly WebhookTarget[], random: RandomBytes) {
    this.#sql = sql;
    this.#targets = targets;
    this.#random = random;
    this.#pages = new OutboxPages(sql, targets().length > 0);
  }

  /**
   * The event of the change. Write it in the attempt's row, and call `rode`, before the next one is asked for. Null: there is
   * none, or it needs a page (`attemptChanged`).
   */
  rideOf(before: AttemptRow, after: AttemptRow, now: number): Ride | null {
    const type = callEventOf(before, after);
    if (type === null || !this.isWanted(type)) return null;
    const remarks = remarksOfCall(this.#sql, after.number);
    // The row stays. What people have said does not outlive their change of it.
    if (!isNothing(remarks)) return null;
    return this.#pages.rideOf(this.#toldCall(type, after, remarks, now), after.number);
  }

  /** Call it in the transaction of the change, before `store`. */
  rode(ride: Ride): void {
    this.#pages.rode(ride);
  }

  /** Call it in the transaction of the change, before `store`. */
  attemptChanged(before: AttemptRow, after: AttemptRow, now: number): void {
    const type = callEventOf(before, after);
    if (type !== null) this.#put(type, () => this.#calledNow(type, after, now));
  }

  /** Something was said about the call. Call it in that transaction, before `store`. */
  remarked(number: number, now: number): void {
    this.#put("call_updated", () =>
      this.#calledNow("call_updated", present(findAttempt(this.#sql, number), "it was called"), now),
    );
  }

  #calledNow = (type: CallEventType, row: AttemptRow, now: number): OutboxEvent =>
    this.#toldCall(type, row, remarksOfCall(this.#sql, row.number), now);

  #toldCall(type: CallEventType, row: AttemptRow, remarks: Remarks, now: number): OutboxEvent {
    return { ...this.#begun(now), type, attempt: { ...row, token: null, remarks } };
  }

  #begun = (now: number) => ({ id: newEventId(now, this.#random), at: now, number: this.#pages.next() });

  /** Call it in the transaction of the change, before `store`. `summary` is called only if there is an event. */
  batchChanged(before: Standing, after: Standing, summary: () => BatchSummary, now: number): void {
    for (const type of batchEventsOf(before, after)) {
      this.#put(type, () => ({ ...this.#begun(now), type, batch: summary() }));
    }
  }

  /** Whether `store` has something to write. `isBusy`: calls are in flight, and more events come soon. */
  isToStore(isBusy: boolean): boolean {
    return this.#pages.isToStore(isBusy);
  }

  /** Call it in the transaction of the changes. */
  store(isBusy: boolean): void {
    this.#pages.store(isBusy);
  }

  /** The waiting events, which `sent` or `unsent` answers; null if there are none, they are in flight, or more come. */
  toSend(isBusy: boolean, now: number): EventsToSend | null {
    const dueAt = this.dueAt(isBusy, now);
    if (this.#isSending || dueAt === null || dueAt > now) return null;
    this.#isSending = true;
    this.#sentAt = now;
    const events = this.#pages.oldest.map(({ event }) => event);
    return { events, targets: this.#targets() };
  }

  /** The webhooks have stored these events. */
  sent(ids: ReadonlySet<string>): void {
    this.#isSending = false;
    this.#failures = 0;
    this.#pages.arrived(ids);
  }

  unsent(now: number): void {
    this.#isSending = false;
    this.#retryAt = now + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS), now);
    this.#failures += 1;
  }

  /** Drops what is stored of these calls, by their numbers. What is in flight is not held back. */
  dropCalls(calls: ReadonlySet<number>): void {
    this.#pages.dropCalls(calls);
  }

  /** When events must be sent; null without any. While some are in flight: now, as their answer comes first. */
  dueAt(isBusy: boolean, now: number): number | null {
    const count = this.#pages.oldest.length;
    if (count === 0) return null;
    if (this.#isSending) return now;
    const gatheredAt = isBusy && count < EVENTS_OF_PAGE ? this.#sentAt + EVENTS_EVERY_MS : now;
    return Math.max(now, this.#retryAt, gatheredAt);
  }

  /** Whether a webhook gets such an event; null: there is none. */
  isWanted(type: WebhookEventType | null): boolean {
    return type !== null && this.#targets().some(({ events }) => events.includes(type));
  }

  #put(type: WebhookEventType, event: () => OutboxEvent): void {
    if (this.isWanted(type)) this.#pages.put(event());
  }
}
