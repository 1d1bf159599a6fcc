/**
 * Events on their way to the organization's webhooks. A row is written in the transaction of the change that it tells of,
 * and deleted when the object of every webhook that wants the event has stored it; until then it is sent again, by the
 * batch's alarm if need be. Where no webhook wants an event nothing is written.
 *
 * Losing this object's memory is safe: what lies in the table is found and sent.
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

/** Persisted. `subject`: as JSON, the attempt or the batch's summary as it was at that moment. */
type OutboxRow = { number: number; id: string; at: number; type: WebhookEventType; is_call: number; subject: string };

/** In one message: with metadata of 16 KiB each, a megabyte of the platform's 32. */
const EVENTS_AT_ONCE = 50;

const INSERT = /*sql*/ `INSERT INTO outbox (id, at, type, is_call, subject) VALUES (?, ?, ?, ?, ?)`;
const OLDEST = /*sql*/ `SELECT number, id, at, type, is_call, subject FROM outbox ORDER BY number LIMIT ?`;
const DELETE_UP_TO = /*sql*/ `DELETE FROM outbox WHERE number <= ?`;

export type OutboxPort = {
  readonly sql: Sql;
  readonly agentId: string;
  /** Null: direct calls, which belong to no batch. */
  readonly batchId: string | null;
  /** To whom events go now. */
  readonly targets: () => readonly WebhookTarget[];
  /** An attempt as whoever gets the call sees it. */
  readonly callOf: (row: AttemptRow) => Promise<CallView>;
  /** Resolves when the webhook's object has stored them. */
  readonly send: (webhookId: string, events: readonly WebhookEvent[]) => Promise<void>;
  readonly background: (work: Promise<void>) => void;
  /** What is due has changed. */
  readonly rearm: () => void;
};

export class Outbox {
  readonly #port: OutboxPort;
  /** False: nothing lies in the table. */
  #mayHold: boolean;
  #isSending = false;
  #failures = 0;
  #retryAt = 0;

  constructor(port: OutboxPort) {
    this.#port = port;
    this.#mayHold = port.sql.first(OLDEST, 1) !== null;
  }

  /** In the transaction of the change. */
  attemptChanged(before: AttemptRow, after: AttemptRow, now: number): void {
    const type = callEventOf(before, after);
    // The token is nobody's business.
    if (type !== null) this.#put(type, true, { ...after, token: null }, now);
  }

  /** In the transaction of the change. `summary` is asked for only where there is something to tell. */
  batchChanged(before: Standing, after: Standing, summary: () => BatchSummary, now: number): void {
    for (const type of batchEventsOf(before, after)) this.#put(type, false, summary, now);
  }

  /** Sends what waits. Call after every change, and from the alarm. */
  push(now: number): void {
    if (!this.#mayHold || this.#isSending || this.#retryAt > now) return;
    this.#isSending = true;
    this.#port.background(this.#send());
  }

  /** When something waits to be sent; null where nothing does. */
  dueAt(now: number): number | null {
    return this.#mayHold ? Math.max(now, this.#retryAt) : null;
  }

  #put(type: WebhookEventType, isCall: boolean, subject: AttemptRow | (() => BatchSummary), now: number): void {
    if (!this.#port.targets().some(({ events }) => events.includes(type))) return;
    const text = JSON.stringify(typeof subject === "function" ? subject() : subject);
    this.#port.sql.run(INSERT, newEventId(now), now, type, Number(isCall), text);
    this.#mayHold = true;
  }

  async #send(): Promise<void> {
    try {
      for (;;) {
        const rows = this.#port.sql.all<OutboxRow>(OLDEST, EVENTS_AT_ONCE);
        const last = rows.at(-1);
        // In the same turn as the look: nothing was put in between.
        this.#mayHold = last !== undefined;
        if (last === undefined) break;
        await this.#sendAll(await Promise.all(rows.map((row) => this.#eventOf(row))));
        this.#port.sql.run(DELETE_UP_TO, last.number);
      }
      this.#failures = 0;
    } catch (error) {
      this.#retryAt = Date.now() + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS));
      this.#failures += 1;
      console.warn(JSON.stringify({ event: "events_unsent", batch: this.#port.batchId, error: String(error) }));
    }
    this.#isSending = false;
    this.#port.rearm();
  }

  /** What nobody wants any more is dropped. */
  async #sendAll(events: readonly WebhookEvent[]): Promise<void> {
    await Promise.all(
      this.#port.targets().map(async ({ id, events: types }) => {
        const wanted = events.filter(({ about }) => about.type !== "test" && types.includes(about.type));
        if (wanted.length > 0) await this.#port.send(id, wanted);
      }),
    );
  }

  async #eventOf({ id, at, type, is_call, subject }: OutboxRow): Promise<WebhookEvent> {
    const { agentId, batchId } = this.#port;
    if (is_call === 0) {
      const batch = JSON.parse(subject) as BatchSummary;
      return { id, at, about: { type: type as BatchEventType, agentId, batchId: batch.id, batch } };
    }
    const call = await this.#port.callOf(JSON.parse(subject) as AttemptRow);
    return { id, at, about: { type: type as CallEventType, agentId, batchId, call } };
  }
}
