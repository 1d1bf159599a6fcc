/**
 * The rows of deliveries. Events that come together share a row, a pack, because the platform bills rows. A new pack is
 * written over the oldest that need not be kept, so it costs no deletion.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import type { Sql } from "../storage/sql.ts";
import type { DeliveryStatus } from "./rpc.ts";

/** Persisted in its pack. Times in epoch ms. */
export type Delivery = {
  /** The event's id, which sorts by time. */
  readonly id: string;
  readonly type: WebhookEvent["about"]["type"];
  readonly status: DeliveryStatus;
  /** Attempts in all. A queue message names the count, so an old message does nothing. */
  readonly attempts: number;
  /** Attempts since the delivery was last ordered: by its event, or by a request to deliver it again. */
  readonly tries: number;
  readonly ordered_at: number;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly attempted_at: number | null;
  readonly response_status: number | null;
  readonly error_message: string | null;
  readonly batch_id: string | null;
  readonly call_id: string | null;
};

/** Persisted. `deliveries`: JSON of each `Delivery`; `events`: JSON of each `WebhookEvent`, in the same order. */
type PackRow = { readonly number: number; readonly deliveries: string };

/** The most characters of JSON in a pack with several events. An attempt reads all events of its pack. */
const CHARACTERS_AT_MOST = 65_536;
/** Packs in one read, when all are read. */
const READ_AT_ONCE = 100;

const PUT = /*sql*/ `
  INSERT INTO packs (number, deliveries, events) VALUES (?, ?, ?)
  ON CONFLICT (number) DO UPDATE SET deliveries = excluded.deliveries, events = excluded.events`;
const BY_NUMBER = /*sql*/ `SELECT number, deliveries FROM packs WHERE number = ?`;
const AFTER = /*sql*/ `SELECT number, deliveries FROM packs WHERE number > ? ORDER BY number LIMIT ?`;
const EVENT = /*sql*/ `SELECT json_extract(events, ?) AS event FROM packs WHERE number = ?`;
const EVENTS = /*sql*/ `SELECT events FROM packs WHERE number = ?`;
const UPDATE = /*sql*/ `UPDATE packs SET deliveries = ? WHERE number = ?`;
const REPLACE = /*sql*/ `UPDATE packs SET deliveries = ?, events = ? WHERE number = ?`;
const DELETE = /*sql*/ `DELETE FROM packs WHERE number = ?`;

/** `text`: its JSON. */
export type WrittenEvent = { readonly event: WebhookEvent; readonly text: string };

/** Groups events that came together into packs. */
export function* inPacks(events: Iterable<WebhookEvent>): Generator<readonly WrittenEvent[]> {
  let pack: WrittenEvent[] = [];
  let characters = 0;
  for (const event of events) {
    const text = JSON.stringify(event);
    if (pack.length > 0 && characters + text.length > CHARACTERS_AT_MOST) {
      yield pack;
      [pack, characters] = [[], 0];
    }
    pack.push({ event, text });
    characters += text.length;
  }
  if (pack.length > 0) yield pack;
}

/** In the place of the one that has this number, if there is one. */
export function putPack(
  sql: Sql,
  number: number,
  deliveries: readonly Delivery[],
  events: readonly WrittenEvent[],
): void {
  sql.run(PUT, number, JSON.stringify(deliveries), `[${events.map(({ text }) => text).join()}]`);
}

export const packOf = (sql: Sql, number: number): Delivery[] => deliveriesOf(sql.one<PackRow>(BY_NUMBER, number));

/** All packs, by number. */
export function* allPacks(sql: Sql): Generator<{ readonly number: number; readonly deliveries: Delivery[] }> {
  let after = 0;
  for (;;) {
    const rows = sql.all<PackRow>(AFTER, after, READ_AT_ONCE);
    for (const row of rows) yield { number: row.number, deliveries: deliveriesOf(row) };
    after = rows.at(-1)?.number ?? after;
    if (rows.length < READ_AT_ONCE) return;
  }
}

/** `index`: of the delivery in its pack. */
export const eventIn = (sql: Sql, number: number, index: number): WebhookEvent =>
  JSON.parse(sql.one<{ event: string }>(EVENT, `$[${index}]`, number).event) as WebhookEvent;

export function updatePack(sql: Sql, number: number, deliveries: readonly Delivery[]): void {
  sql.run(UPDATE, JSON.stringify(deliveries), number);
}

/** Leaves these deliveries in the pack, and their events. */
export function replacePack(sql: Sql, number: number, deliveries: readonly Delivery[]): void {
  const kept = new Set(deliveries.map(({ id }) => id));
  const events = JSON.parse(sql.one<{ events: string }>(EVENTS, number).events) as WebhookEvent[];
  const left = JSON.stringify(events.filter(({ id }) => kept.has(id)));
  sql.run(REPLACE, JSON.stringify(deliveries), left, number);
}

export function deletePack(sql: Sql, number: number): void {
  sql.run(DELETE, number);
}

const deliveriesOf = ({ deliveries }: PackRow): Delivery[] => JSON.parse(deliveries) as Delivery[];
