/**
 * Events for the organization's webhooks. A row is written in the transaction of the change. It is deleted when each
 * webhook that wants the event has stored it in its object. Until then it is sent again, by the batch's alarm if
 * necessary. If no webhook wants an event, nothing is written.
 *
 * Losing this object's memory is safe: rows in the table are found and sent.
 */

import type { BatchSummary, CallView } from "../../calling/messages/batch-view.ts";
import type {
  BatchEventType,
  CallEventType,
  WebhookEvent,
  WebhookEventType,
  WebhookTarget,
} from "../../calling/messages/webhook.ts";
import { newEventId } from "../../calling/secrets/ids.ts";
import { jittered } from "../../peer.ts";
import type { Sql } from "../../storage/sql.ts";
import { doubled, REPORT_RETRY_AT_MOST_MS, REPORT_RETRY_MS } from "../attempts/timing.ts";
import type { AttemptRow } from "../store/attempts.ts";
import { batchEventsOf, callEventOf, type Standing } from "./events.ts";

/** Persisted. `subject`: JSON of the attempt, or of the batch's summary, at that moment. */
export type OutboxRow = {
  number: number;
  id: string;
  at: number;
  type: WebhookEventType;
  is_call: number;
  subject: string;
};

/** In one message: with metadata of 16 KiB each, one megabyte of the platform's 32. */
const EVENTS_AT_ONCE = 50;

const INSERT = /*sql*/ `INSERT INTO outbox (id, at, type, is_call, subject) VALUES (?, ?, ?, ?, ?)`;
const OLDEST = /*sql*/ `SELECT number, id, at, type, is_call, subject FROM outbox ORDER BY number LIMIT ?`;
const OF_CALLS = /*sql*/ `SELECT number, subject FROM outbox WHERE is_call = 1`;
const DELETE = /*sql*/ `DELETE FROM outbox WHERE number = ?`;
const DELETE_UP_TO = /*sql*/ `DELETE FROM outbox WHERE number <= ?`;

/** Waiting events, oldest first, and the webhooks that each may go to. */
export type EventsToSend = { readonly rows: readonly OutboxRow[]; readonly targets: readonly WebhookTarget[] };

export class Outbox {
  readonly #sql: Sql;
  /** The webhooks that get events now. */
  readonly #targets: () => readonly WebhookTarget[];
  /** False: the table is empty. */
  #mayHold: boolean;
  #isSending = false;
  #failures = 0;
  #retryAt = 0;

  constructor(sql: Sql, targets: () => readonly WebhookTarget[]) {
    this.#sql = sql;
    this.#targets = targets;
    this.#mayHold = sql.first(OLDEST, 1) !== null;
  }

  /** Call it in the transaction of the change. */
  attemptChanged(before: AttemptRow, after: AttemptRow, now: number): void {
    const type = callEventOf(before, after);
    // The token is secret.
    if (type !== null) this.#put(type, true, { ...after, token: null }, now);
  }

  /** Call it in the transaction of the change. `summary` is called only if there is an event. */
  batchChanged(before: Standing, after: Standing, summary: () => BatchSummary, now: number): void {
    for (const type of batchEventsOf(before, after)) this.#put(type, false, summary, now);
  }

  /** The waiting events, which `sent` or `unsent` answers; null if there are none, or they are in flight. */
  toSend(now: number): EventsToSend | null {
    if (!this.#mayHold || this.#isSending || this.#retryAt > now) return null;
    const rows = this.#sql.all<OutboxRow>(OLDEST, EVENTS_AT_ONCE);
    this.#mayHold = rows.length > 0;
    if (!this.#mayHold) return null;
    this.#isSending = true;
    return { rows, targets: this.#targets() };
  }

  /** The webhooks have stored the events up to this one. */
  sent(number: number): void {
    this.#isSending = false;
    this.#failures = 0;
    this.#sql.run(DELETE_UP_TO, number);
  }

  unsent(now: number): void {
    this.#isSending = false;
    this.#retryAt = now + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS), now);
    this.#failures += 1;
  }

  /** Drops what waits to be told of these calls, by their numbers. What is in flight is not held back. */
  dropCalls(calls: ReadonlySet<number>): void {
    if (!this.#mayHold) return;
    for (const { number, subject } of this.#sql.all<Pick<OutboxRow, "number" | "subject">>(OF_CALLS)) {
      if (calls.has((JSON.parse(subject) as AttemptRow).number)) this.#sql.run(DELETE, number);
    }
  }

  /** When events must be sent; null without any. */
  dueAt(now: number): number | null {
    return this.#mayHold ? Math.max(now, this.#retryAt) : null;
  }

  #put(type: WebhookEventType, isCall: boolean, subject: AttemptRow | (() => BatchSummary), now: number): void {
    if (!this.#targets().some(({ events }) => events.includes(type))) return;
    const text = JSON.stringify(typeof subject === "function" ? subject() : subject);
    this.#sql.run(INSERT, newEventId(now), now, type, Number(isCall), text);
    this.#mayHold = true;
  }
}

/** For each webhook, the events that it wants. `callOf`: the call as a webhook sees it. */
export async function eventsByWebhook(
  { rows, targets }: EventsToSend,
  agentId: string,
  batchId: string | null,
  callOf: (row: AttemptRow) => Promise<CallView>,
): Promise<readonly { readonly webhookId: string; readonly events: readonly WebhookEvent[] }[]> {
  const all = await Promise.all(rows.map((row) => eventOf(row, agentId, batchId, callOf)));
  return targets.flatMap(({ id, events: types }) => {
    const events = all.filter(({ about }) => about.type !== "test" && types.includes(about.type));
    return events.length === 0 ? [] : [{ webhookId: id, events }];
  });
}

async function eventOf(
  { id, at, type, is_call, subject }: OutboxRow,
  agentId: string,
  batchId: string | null,
  callOf: (row: AttemptRow) => Promise<CallView>,
): Promise<WebhookEvent> {
  if (is_call === 0) {
    const batch = JSON.parse(subject) as BatchSummary;
    return { id, at, about: { type: type as BatchEventType, agentId, batchId: batch.id, batch } };
  }
  const call = await callOf(JSON.parse(subject) as AttemptRow);
  return { id, at, about: { type: type as CallEventType, agentId, batchId, call } };
}
