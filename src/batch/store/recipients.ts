/**
 * The recipients as submitted: unchanged until one is erased, packed many to a row. A recipient that was never dialed has no other row, so
 * storing 5,000 writes some dozens of rows.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import { isNamed, type PersonNamed } from "../../calling/numbers/person-hash.ts";
import { inOneSpelling } from "../../calling/numbers/spellings.ts";
import { present } from "../../calling/requests/assert.ts";
import type { Sql } from "../../storage/sql.ts";

/** Persisted as JSON: number, metadata (JSON text or null), and time zone and external id if given. */
type PackedRecipient = readonly [
  toNumber: string,
  metadata: string | null,
  timezone?: string | null,
  externalId?: string,
];

/** `addedAt`: null if it came with the batch. */
export type StoredRecipient = NewRecipient & { readonly addedAt: number | null };
export type RecipientPage = { readonly firstPosition: number; readonly recipients: string };
/** Of several requests for direct calls, the one that begins with a page. */
export type RequestOfPage = { readonly id: string; readonly requestedAt: number };
type PageRow = { first_position: number; recipients: string; added_at: number | null };
type RequestRow = { first_position: number; request_id: string; requested_at: number };

const INSERT = /*sql*/ `
  INSERT INTO recipient_pages (first_position, recipients, added_at, request_id, requested_at) VALUES (?, ?, ?, ?, ?)`;
const ALL = /*sql*/ `SELECT first_position, recipients, added_at FROM recipient_pages ORDER BY first_position`;
const REPLACE = /*sql*/ `UPDATE recipient_pages SET recipients = ? WHERE first_position = ?`;
const REQUESTS = /*sql*/ `
  SELECT first_position, request_id, requested_at FROM recipient_pages
  WHERE request_id IS NOT NULL ORDER BY first_position`;
/** A search by the key: the page with a position is the last one that begins at or before it. */
const HOLDING = /*sql*/ `
  SELECT first_position, recipients, added_at FROM recipient_pages
  WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1`;

/** Pages that have both texts in them: their JSON is searched where it lies, and few are taken apart. */
const WITH_TEXTS = /*sql*/ `
  SELECT first_position, recipients, added_at FROM recipient_pages
  WHERE instr(recipients, ?) > 0 AND instr(recipients, ?) > 0 ORDER BY first_position`;
/** Numbers of one phone differ before these digits. */
const LAST_DIGITS = 6;

/** Small enough that one recipient parses little, large enough that a batch of 5,000 is some dozens of rows. */
const PAGE_RECIPIENTS = 100;
/** Far below the platform's 2 MB for a row (Durable Objects, Limits); one recipient's metadata is at most 16 KiB. */
const PAGE_CHARACTERS = 256 * 1_024;

/** Packs recipients into pages, in order. `from`: the position of the first. */
export const packRecipients = (recipients: Iterable<NewRecipient>, from = 0): RecipientPage[] => [
  ...pagesOf(recipients, from),
];

/** One page at a time, as `packRecipients`. */
export function* pagesOf(recipients: Iterable<NewRecipient>, from = 0): Generator<RecipientPage> {
  let open: PackedRecipient[] = [];
  let characters = 0;
  let firstPosition = from;
  for (const recipient of recipients) {
    const { to_number, metadata } = recipient;
    const size = to_number.length + (metadata?.length ?? 0);
    if (open.length > 0 && (open.length === PAGE_RECIPIENTS || characters + size > PAGE_CHARACTERS)) {
      yield { firstPosition, recipients: JSON.stringify(open) };
      firstPosition += open.length;
      open = [];
      characters = 0;
    }
    open.push(packed(recipient));
    characters += size;
  }
  if (open.length > 0) yield { firstPosition, recipients: JSON.stringify(open) };
}

/** The packed recipients without those with these numbers; `total`: how many are left. */
export function packedWithout(
  pages: readonly RecipientPage[],
  numbers: readonly string[],
): { readonly pages: RecipientPage[]; readonly total: number } {
  const isLeftOut = new Set(numbers);
  const left = pages.flatMap(({ recipients }) =>
    (JSON.parse(recipients) as PackedRecipient[]).filter(([number]) => !isLeftOut.has(number)),
  );
  return { pages: packRecipients(left.map(unpacked)), total: left.length };
}

function packed({ to_number, metadata, timezone, external_id }: NewRecipient): PackedRecipient {
  if (external_id !== undefined) return [to_number, metadata, timezone, external_id];
  return timezone === null ? [to_number, metadata] : [to_number, metadata, timezone];
}

/** Of an erased recipient nothing is left: no number has no digits. */
const ERASED: PackedRecipient = ["", null];

const unpacked = ([to_number, metadata, timezone, external_id]: PackedRecipient): NewRecipient => ({
  to_number,
  metadata,
  timezone: timezone ?? null,
  ...(external_id === undefined ? {} : { external_id }),
});

const unpack = ({ recipients, added_at: addedAt }: PageRow): StoredRecipient[] =>
  (JSON.parse(recipients) as PackedRecipient[]).map(([stored, metadata, timezone = null, external_id]) => {
    const to_number = inOneSpelling(stored);
    // Written out, because a Get and a wake do it for thousands.
    return external_id === undefined
      ? { to_number, metadata, timezone, addedAt }
      : { to_number, metadata, timezone, external_id, addedAt };
  });

export class Recipients {
  readonly #sql: Sql;
  /** The page that was read last: dialing goes through it in order. Losing it costs one row read. */
  #page: { firstPosition: number; recipients: StoredRecipient[] } | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** `addedAt`: null for those that come with the batch. `request`: of direct calls. */
  insert(pages: readonly RecipientPage[], addedAt: number | null = null, request: RequestOfPage | null = null): void {
    pages.forEach(({ firstPosition, recipients }, index) => {
      const { id, requestedAt } = (index === 0 ? request : null) ?? { id: null, requestedAt: null };
      this.#sql.run(INSERT, firstPosition, recipients, addedAt, id, requestedAt);
    });
  }

  /** In order. The recipients of each are those up to the next one's first. */
  requests(): (RequestOfPage & { readonly first: number })[] {
    return this.#sql
      .all<RequestRow>(REQUESTS)
      .map(({ first_position: first, request_id: id, requested_at: requestedAt }) => ({ first, id, requestedAt }));
  }

  at(position: number): StoredRecipient {
    const cached = this.#page?.recipients[position - this.#page.firstPosition];
    if (cached !== undefined) return cached;
    const row = this.#sql.one<PageRow>(HOLDING, position);
    this.#page = { firstPosition: row.first_position, recipients: unpack(row) };
    return present(this.#page.recipients[position - row.first_position], "every position lies in a page");
  }

  /** In their order. */
  positionsOf(person: PersonNamed): number[] {
    const { toNumber, externalId } = person;
    const ending = toNumber === null ? "" : `${toNumber.slice(-LAST_DIGITS)}"`;
    const name = externalId === null ? "" : JSON.stringify(externalId);
    return this.#sql
      .all<PageRow>(WITH_TEXTS, ending, name)
      .flatMap((page) =>
        unpack(page).flatMap((one, index) => (isNamed(person, one) ? [page.first_position + index] : [])),
      );
  }

  /** Erases its number and everything that came with it. Its position stays. */
  erase(position: number): void {
    const { first_position, recipients } = this.#sql.one<PageRow>(HOLDING, position);
    const page = JSON.parse(recipients) as PackedRecipient[];
    page[position - first_position] = ERASED;
    this.#sql.run(REPLACE, JSON.stringify(page), first_position);
    this.#page = null;
  }

  /** All of them, in the order submitted. */
  all(): StoredRecipient[] {
    return this.#sql.all<PageRow>(ALL).flatMap(unpack);
  }
}
