/**
 * What the columns of a file of recipients mean, on their way in and out. A file that was exported can be imported again:
 * its columns of results are told by the ids that it carries, and left out then. Pure.
 */

import { parseRecipientId } from "../../calling/ids.ts";
import { neutralized, restored } from "./cells.ts";

/** The first of these that a file has is the number; the others are metadata like any other column. */
export const NUMBER_COLUMNS = ["to_number", "phone_number", "phone", "number"] as const;
const TIMEZONE_COLUMNS = ["timezone", "time_zone"];
const EXTERNAL_ID_COLUMNS = ["external_id"];

/** The columns of an export that come before those of the metadata. */
export const EXPORT_COLUMNS = [
  "to_number",
  "status",
  "end_reason",
  "answered_by",
  "failure_reason",
  "error_message",
  "agent_call_id",
  "attempt_count",
  "dispatched_at",
  "answered_at",
  "ended_at",
  "timezone",
  "external_id",
  "recipient_id",
] as const;
const ID_COLUMN = "recipient_id";
/** Of them, those that were submitted. */
const SUBMITTED: readonly string[] = ["to_number", "timezone", "external_id"];
const RESULTS: readonly string[] = EXPORT_COLUMNS.filter((name) => !SUBMITTED.includes(name));

/** Before a key that would otherwise be taken for a column of ours. */
const METADATA_PREFIX = "metadata.";
const RESERVED = new Set<string>([...EXPORT_COLUMNS, ...TIMEZONE_COLUMNS]);

/** `Phone Number` and `phone-number` as `phone_number`. */
const normalized = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

/** How a metadata key is called in an export. */
export const columnOfKey = (key: string): string => {
  const isTaken = RESERVED.has(normalized(key)) || key.trim() === "" || key.startsWith(METADATA_PREFIX);
  return neutralized(isTaken ? METADATA_PREFIX + key : key);
};

export type Columns = {
  readonly number: number;
  /** Null where the file has none. */
  readonly timezone: number | null;
  readonly externalId: number | null;
  /** By column: the metadata's key; null where the column is none of the metadata. */
  readonly keys: readonly (string | null)[];
  /** By column: whether the first line gives it a name. */
  readonly isNamed: readonly boolean[];
  /** The file came from an export, which has changed cells that a spreadsheet might run. */
  readonly isExport: boolean;
};

/** The index of a column by the first of its names that there is; null without one, a message where there are two. */
function indexOf(header: readonly string[], names: readonly string[]): number | string | null {
  for (const name of names) {
    const found = header.flatMap((cell, index) => (normalized(cell) === name ? [index] : []));
    const [first, second] = found;
    if (second !== undefined) return `has more than one column ${name}: rename all but one`;
    if (first !== undefined) return first;
  }
  return null;
}

/** `firstRow`: the first with recipients. A column of that name alone could be anybody's. */
export function isExportOf(header: readonly string[], firstRow: readonly string[]): boolean {
  const id = indexOf(header, [ID_COLUMN]);
  return typeof id === "number" && parseRecipientId(firstRow[id] ?? "") !== null;
}

/** The metadata's key that a column of an export was made of; null for a column of results. */
export function exportedKey(name: string): string | null {
  if (RESULTS.includes(name)) return null;
  const key = restored(name);
  return key === "" ? null : key.startsWith(METADATA_PREFIX) ? key.slice(METADATA_PREFIX.length) : key;
}

export const hasNumberColumn = (header: readonly string[]): boolean => indexOf(header, NUMBER_COLUMNS) !== null;

/** `firstRow`: the first with recipients. A message where the first line cannot be used. */
export function columnsOf(header: readonly string[], firstRow: readonly string[]): Columns | string {
  const number = indexOf(header, NUMBER_COLUMNS);
  const timezone = indexOf(header, TIMEZONE_COLUMNS);
  if (typeof number === "string") return number;
  if (typeof timezone === "string") return timezone;
  const externalId = indexOf(header, EXTERNAL_ID_COLUMNS);
  if (typeof externalId === "string") return externalId;
  if (number === null) {
    return `has no column for the number: its first line must name one ${NUMBER_COLUMNS.join(", ")} (in upper or lower case)`;
  }
  const isExport = isExportOf(header, firstRow);
  const keys = header.map((name, index) => {
    if (index === number || index === timezone || index === externalId) return null;
    if (isExport) return exportedKey(name);
    return name.trim() === "" ? null : name.trim();
  });
  const seen = new Set<string>();
  for (const key of keys) {
    if (key === null) continue;
    if (seen.has(key)) return `has more than one column ${key}: rename all but one`;
    seen.add(key);
  }
  return { number, timezone, externalId, keys, isNamed: header.map((name) => name.trim() !== ""), isExport };
}
