/**
 * A list's rows as recipients: a column of numbers, perhaps ones of time zones and of external ids, and every other column as
 * metadata. What is wrong with a recipient's values is for the schema to say, as with JSON; here is said what makes the file
 * or one of its rows unreadable, and what a person who sees a spreadsheet can do about a number. Pure.
 */

import type { CountryCode } from "libphonenumber-js/max";
import type { Issue } from "../../calling/requests/failure.ts";
import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Row } from "../list/rows.ts";
import type { Table } from "../list/table.ts";
import { type CountryReading, NumberReader } from "../national-numbers.ts";
import { restored } from "./cells.ts";
import { type Columns, columnsOf, shortName } from "./columns.ts";
import { type FileAsRead, fileAsRead } from "./file-as-read.ts";

export type FileRecipient = {
  readonly to_number: string;
  readonly timezone: string | null;
  readonly external_id: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
};
export type RecipientFile = {
  readonly recipients: readonly FileRecipient[];
  /** On which line each of them begins. */
  readonly lines: readonly number[];
  /** Why a recipient's number cannot be used, in words for the sender of the file; only where the reason is known. */
  readonly numberFaults: ReadonlyMap<number, string>;
  /** Of those whose numbers could be read otherwise. */
  readonly countryReadings: readonly CountryReading[];
  /** Rows that cannot be read; they are not among the recipients. */
  readonly rowFaults: readonly Issue[];
  /** By a recipient's field: what the file calls its column. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** What it was taken for. */
  readonly asRead: FileAsRead;
};

/** Of a file as a whole: which field of the form is at fault, and what to change. */
export type FileProblem = { readonly path: "file" | "number_column"; readonly message: string };

/** Unreadable rows that are worth telling; a file in which everything is wrong has more. */
const MAX_ROW_FAULTS = 1_000;

/** `column`: null where it is about the whole row. */
export const inFile = (line: number, field: string, column: string | null, message: string): Issue => ({
  path: `file[${line}]${field}`,
  message: `line ${line}${column === null ? "" : `, column ${column}`}: ${message}`,
});

function faultOf({ cells, fault }: Row, { isNamed, header }: Columns): string | null {
  if (fault !== null) return fault;
  if (header === null) return null;
  const stray = cells.findIndex((cell, index) => !isNamed[index] && cell.trim() !== "");
  if (stray === -1) return null;
  return stray < isNamed.length
    ? `has a value in column ${stray + 1}, which line ${header.line} gives no name`
    : `has ${stray + 1} values, and line ${header.line} names ${isNamed.length} columns: a value that contains the separator must stand in quotation marks`;
}

function recipientOf({ cells }: Row, { keys, number, timezone, externalId, isExport }: Columns): FileRecipient {
  const given = keys.flatMap((key, index) => {
    const cell = cells[index] ?? "";
    return key === null || cell === "" ? [] : [[key, isExport ? restored(cell) : cell] as const];
  });
  const submittedId = externalId === null ? "" : (cells[externalId] ?? "");
  return {
    to_number: (cells[number] ?? "").trim(),
    timezone: timezone === null ? null : (cells[timezone] ?? "").trim() || null,
    external_id: (isExport ? restored(submittedId) : submittedId.trim()) || null,
    metadata: given.length === 0 ? null : Object.fromEntries(given),
  };
}

/** What the rows of a file are, and how many it may have. */
export type Rows = { readonly name: string; readonly most: number };
export const RECIPIENTS: Rows = { name: "recipients", most: MAX_RECIPIENTS };

export type Reading = {
  /** Of numbers without a country code. */
  readonly country: CountryCode | null;
  /** The name of the number's column; null: it is guessed. */
  readonly numberColumn: string | null;
  readonly rows: Rows;
  /** Numbers that are another country's, too, are refused. */
  readonly isStrict: boolean;
};

export function recipientsOfFile(table: Table, reading: Reading): Result<RecipientFile, FileProblem> {
  const { name, most } = reading.rows;
  const unusable = (message: string) => err({ path: "file" as const, message });
  if (table.rows.length === 0) return unusable(`has no ${name}`);
  const found = columnsOf(table.rows, reading);
  if (!found.ok) return found;
  const columns = found.value;
  const recipients: FileRecipient[] = [];
  const lines: number[] = [];
  const numbers = new NumberReader({ country: reading.country, isStrict: reading.isStrict });
  const rowFaults: Issue[] = [];
  for (const row of table.rows.slice(columns.first)) {
    const fault = faultOf(row, columns);
    if (fault !== null) {
      rowFaults.push(inFile(row.line, "", null, fault));
      if (rowFaults.length === MAX_ROW_FAULTS) break;
      continue;
    }
    if (recipients.length === most) return unusable(`has more than ${most} ${name}: split it`);
    const recipient = recipientOf(row, columns);
    recipients.push({ ...recipient, to_number: numbers.read(recipient.to_number, recipients.length) });
    lines.push(row.line);
  }
  if (table.isCut) return unusable(`has more than ${most} ${name}: split it`);
  if (recipients.length === 0 && rowFaults.length === 0) return unusable(`has no ${name}`);
  const nameAt = (index: number | null) => (index === null ? {} : { name: shortName(columns.names[index] ?? "") });
  const columnOf = Object.fromEntries(
    [
      ["to_number", nameAt(columns.number).name],
      ["timezone", nameAt(columns.timezone).name],
      ["external_id", nameAt(columns.externalId).name],
    ].filter(([, column]) => column !== undefined),
  ) as Record<string, string>;
  const asRead = fileAsRead(table, columns, recipients.length);
  return ok({
    recipients,
    lines,
    numberFaults: numbers.faults,
    countryReadings: numbers.readings,
    rowFaults,
    columnOf,
    asRead,
  });
}
