/**
 * The recipients as they were submitted: immutable, packed many to a row. A recipient that was never dialed has no other
 * row, so storing 5,000 of them writes some dozens of rows and not 5,000.
 */

import { present } from "../calling/assert.ts";
import type { NewRecipient } from "../calling/batch-order.ts";
import type { Sql } from "../storage/sql.ts";

/** Persisted as JSON: number, metadata (JSON text or null) and, where one was given, time zone of each. */
type PackedRecipient = readonly [toNumber: string, metadata: string | null, timezone?: string];

export type RecipientPage = { readonly firstPosition: number; readonly recipients: string };
type PageRow = { first_position: number; recipients: string };

const INSERT = /*sql*/ `INSERT INTO recipient_pages (first_position, recipients) VALUES (?, ?)`;
const ALL = /*sql*/ `SELECT first_position, recipients FROM recipient_pages ORDER BY first_position`;
/** A search by the key: the page that holds a position is the last one that begins at or before it. */
const HOLDING = /*sql*/ `
  SELECT first_position, recipients FROM recipient_pages
  WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1`;

/** Few enough that reading one recipient parses little, many enough that a batch of 5,000 is some dozens of rows. */
const PAGE_RECIPIENTS = 100;
/** Far below the platform's 2 MB a row (Durable Objects, Limits), and one recipient's metadata is at most 16 KiB. */
const PAGE_CHARACTERS = 256 * 1_024;

/** Packs recipients into pages, in order. */
export function packRecipients(recipients: readonly NewRecipient[]): RecipientPage[] {
  const pages: RecipientPage[] = [];
  let open: PackedRecipient[] = [];
  let characters = 0;
  const close = (nextPosition: number) => {
    pages.push({ firstPosition: nextPosition - open.length, recipients: JSON.stringify(open) });
    open = [];
    characters = 0;
  };
  recipients.forEach(({ to_number, metadata, timezone }, position) => {
    const size = to_number.length + (metadata?.length ?? 0);
    if (open.length > 0 && (open.length === PAGE_RECIPIENTS || characters + size > PAGE_CHARACTERS)) close(position);
    open.push(timezone === null ? [to_number, metadata] : [to_number, metadata, timezone]);
    characters += size;
  });
  if (open.length > 0) close(recipients.length);
  return pages;
}

const unpack = (text: string): NewRecipient[] =>
  (JSON.parse(text) as PackedRecipient[]).map(([to_number, metadata, timezone]) => ({
    to_number,
    metadata,
    timezone: timezone ?? null,
  }));

export class Recipients {
  readonly #sql: Sql;
  /** The page that was read last: dialing goes through it in order. Losing it costs one row read. */
  #page: { firstPosition: number; recipients: NewRecipient[] } | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  insert(pages: readonly RecipientPage[]): void {
    for (const page of pages) this.#sql.run(INSERT, page.firstPosition, page.recipients);
  }

  at(position: number): NewRecipient {
    const cached = this.#page?.recipients[position - this.#page.firstPosition];
    if (cached !== undefined) return cached;
    const row = this.#sql.one<PageRow>(HOLDING, position);
    this.#page = { firstPosition: row.first_position, recipients: unpack(row.recipients) };
    return present(this.#page.recipients[position - row.first_position], "every position lies in a page");
  }

  /** All of them, in the order submitted. */
  all(): NewRecipient[] {
    return this.#sql.all<PageRow>(ALL).flatMap((row) => unpack(row.recipients));
  }
}
