/**
 * A list's rows as recipients: a column of numbers, optional ones for time zones and external ids, and all others as
 * metadata. The schema checks a recipient's values, as for JSON. This file reports what makes the file or a row
 * unreadable, and what a person with a spreadsheet can do about a number. Pure.
 */

import type { CountryCode } from "libphonenumber-js/max";
import { restored } from "../../calling/csv/cells.ts";
import type { Issue } from "../../calling/requests/failure.ts";
import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Row } from "../list/rows.ts";
import type { Table } from "../list/table.ts";
import { type Columns, columnsOf, shortName } from "./columns.ts";
import { type FileAsRead, fileAsRead } from "./file-as-read.ts";
import { type CountryReading, NumberReader } from "./national-numbers.ts";

export type FileRecipient = {
  readonly to_number: string;
  readonly timezone: string | null;
  readonly external_id: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
};
export type RecipientFile = {
  readonly recipients: readonly FileRecipient[];
  /** The line on which each recipient begins. */
  readonly lines: readonly number[];
  /** Why a recipient's number cannot be used, in words for the file's sender; only if the reason is known. */
  readonly numberFaults: ReadonlyMap<number, string>;
  /** Of recipients whose numbers could be read in another way. */
  readonly countryReadings: readonly CountryReading[];
  /** Rows that cannot be read; they are not recipients. */
  readonly rowFaults: readonly Issue[];
  /** By a recipient's field: the name of its column in the file. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** How the file was understood. */
  readonly asRead: FileAsRead;
};

/** A problem of the whole file: the field of the form, and what to change. */
export type FileProblem = { readonly path: "file" | "number_column"; readonly message: string };

/** The most unreadable rows to report: a file may be wrong in every row. */
const MAX_ROW_FAULTS = 1_000;

/** `column`: null if the issue is about the whole row. */
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
    ? `has a value in column ${stray + 1}, which has no name in line ${header.line}`
    : `has ${stray + 1} values, but line ${header.line} names ${isNamed.length} columns: put a value that contains the separator in quotation marks`;
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

/** What a row stands for, and how many rows a file may have. */
export type Rows = { readonly name: string; readonly most: number };
export const RECIPIENTS: Rows = { name: "recipients", most: MAX_RECIPIENTS };

export type Reading = {
  /** For numbers without a country code. */
  readonly country: CountryCode | null;
  /** The name of the number's column; null: it is guessed. */
  readonly numberColumn: string | null;
  readonly rows: Rows;
  /** Refuse numbers that could also be another country's. */
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
