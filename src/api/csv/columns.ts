/**
 * The meaning of columns in a file of recipients, for imports and exports. An exported file can be imported again. Its
 * columns of results are recognized by its ids, and left out. Pure.
 */

import type { CountryCode } from "libphonenumber-js/max";
import { neutralized, restored } from "../../calling/csv/cells.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { parseRecipientId } from "../../calling/secrets/ids.ts";
import { type Guess, guessOf } from "../list/guess.ts";
import { isExternalIdName, isTimezoneName } from "../list/names.ts";
import type { Row } from "../list/rows.ts";
import type { FileProblem } from "./recipients-of-file.ts";

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
  "call_duration_seconds",
  "call_outcome",
  "call_tags",
  "call_notes",
  "call_recording_url",
  "call_transcript_url",
  "timezone",
  "external_id",
  "recipient_id",
] as const;
const ID_COLUMN = "recipient_id";
/** Of these columns, those that clients submit. */
const SUBMITTED: readonly string[] = ["to_number", "timezone", "external_id"];
const RESULTS: readonly string[] = EXPORT_COLUMNS.filter((name) => !SUBMITTED.includes(name));

/** Prefix for a key that would otherwise be taken for one of our columns. */
const METADATA_PREFIX = "metadata.";
const RESERVED = new Set<string>(EXPORT_COLUMNS);

/** `Phone Number` and `phone-number` become `phone_number`. */
const normalized = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

/** The column's name for a metadata key in an export. */
export const columnOfKey = (key: string): string => {
  const isNamedAsOurs = RESERVED.has(normalized(key)) || isTimezoneName(key) || isExternalIdName(key);
  const isTaken = isNamedAsOurs || key.trim() === "" || key.startsWith(METADATA_PREFIX);
  return neutralized(isTaken ? METADATA_PREFIX + key : key);
};

export type Columns = {
  /** The row with the names of the columns; null without one. */
  readonly header: Row | null;
  /** The index of the first row with a recipient. */
  readonly first: number;
  readonly number: number;
  /** Null if the file has no such column. */
  readonly timezone: number | null;
  readonly externalId: number | null;
  readonly names: readonly string[];
  /** By column: the metadata's key; null if the column is not metadata. */
  readonly keys: readonly (string | null)[];
  /** By column: whether the file names it. */
  readonly isNamed: readonly boolean[];
  /** The file is an export, in which cells that a spreadsheet might run were changed. */
  readonly isExport: boolean;
};

/** `firstRow`: the first with recipients. The column's name alone is not enough: any file may have it. */
export function isExportOf(header: readonly string[], firstRow: readonly string[]): boolean {
  const id = header.findIndex((name) => normalized(name) === ID_COLUMN);
  return id !== -1 && parseRecipientId(firstRow[id] ?? "") !== null;
}

/** The metadata key that an export's column was made from; null for a column of results. */
export function exportedKey(name: string): string | null {
  if (RESULTS.includes(name)) return null;
  const key = restored(name);
  return key === "" ? null : key.startsWith(METADATA_PREFIX) ? key.slice(METADATA_PREFIX.length) : key;
}

const MAX_NAMES_SHOWN = 20;
const MAX_NAME_CHARACTERS = 60;
export const shortName = (name: string): string =>
  name.length <= MAX_NAME_CHARACTERS ? name : `${name.slice(0, MAX_NAME_CHARACTERS)}…`;
const shownNames = (names: readonly string[]): string =>
  names.slice(0, MAX_NAMES_SHOWN).map(shortName).join(", ") + (names.length > MAX_NAMES_SHOWN ? ", …" : "");

type Wanted = { readonly country: CountryCode | null; readonly numberColumn: string | null };

/** The requested column, or the guessed one. */
function numberOf(names: readonly string[], guess: Guess, wanted: string | null): Result<number, FileProblem> {
  if (wanted === null) {
    if (guess.number !== null) return ok(guess.number);
    const several = guess.candidates.map((column) => names[column] ?? "");
    return err({
      path: "number_column",
      message:
        several.length > 0
          ? `is required: several columns may hold the numbers: ${shownNames(several)}`
          : `is required: no column looks like phone numbers; the columns are ${shownNames(names)}`,
    });
  }
  const found = names.flatMap((name, index) => (name.trim() === wanted.trim() ? [index] : []));
  const alike = names.flatMap((name, index) => (normalized(name) === normalized(wanted) ? [index] : []));
  const [column, another] = found.length > 0 ? found : alike;
  if (column !== undefined && another === undefined) return ok(column);
  const problem = column === undefined ? "is not a column of the file" : "is the name of several columns of the file";
  return err({ path: "number_column", message: `${problem}; the columns are ${shownNames(names)}` });
}

/** The meaning of each column. */
export function columnsOf(rows: readonly Row[], { country, numberColumn }: Wanted): Result<Columns, FileProblem> {
  const unusable = (message: string) => err({ path: "file" as const, message });
  const guess = guessOf(rows, country);
  const header = guess.header === null ? null : (rows[guess.header] ?? null);
  if (header !== null && header.fault !== null) return unusable(`line ${header.line}: ${header.fault}`);
  const first = guess.header === null ? 0 : guess.header + 1;
  const width = header?.cells.length ?? Math.max(...rows.map(({ cells }) => cells.length));
  const given = Array.from({ length: width }, (_, index) => header?.cells[index]?.trim() ?? "");
  const names = given.map((name, index) => (name === "" ? `column_${index + 1}` : name));
  const number = numberOf(names, guess, numberColumn);
  if (!number.ok) return number;
  for (const isNamed of [isTimezoneName, isExternalIdName]) {
    const several = names.filter(isNamed);
    if (several.length > 1)
      return unusable(`has several columns for the same field, ${several.join(" and ")}: keep one`);
  }
  const told = [number.value, guess.timezone, guess.externalId];
  const isExport = isExportOf(header?.cells ?? [], rows[first]?.cells ?? []);
  const keys = names.map((name, index) => {
    if (told.includes(index) || (header !== null && given[index] === "")) return null;
    return isExport ? exportedKey(header?.cells[index] ?? "") : name;
  });
  const seen = new Set<string>();
  for (const key of keys) {
    if (key === null) continue;
    if (seen.has(key)) return unusable(`has several columns named ${shortName(key)}: rename all but one`);
    seen.add(key);
  }
  const isNamed = given.map((name) => header === null || name !== "");
  const { timezone, externalId } = guess;
  return ok({ header, first, number: number.value, timezone, externalId, names, keys, isNamed, isExport });
}
