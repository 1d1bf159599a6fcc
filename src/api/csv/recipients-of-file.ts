/**
 * A CSV file as recipients: a column of numbers, perhaps ones of time zones and of external ids, and every other column as
 * metadata. What is wrong with a recipient's values is for the schema to say, as with JSON; here is said what makes the file
 * or one of its rows unreadable, and what a person who sees a spreadsheet can do about a number. Pure.
 */

import type { CountryCode } from "libphonenumber-js/max";
import type { Issue } from "../../calling/failure.ts";
import { MAX_RECIPIENTS } from "../../calling/limits.ts";
import { err, ok, type Result } from "../../calling/result.ts";
import { readPhoneNumber } from "../../calling/written-number.ts";
import { restored } from "./cells.ts";
import { type Columns, columnsOf, hasNumberColumn } from "./columns.ts";
import { eachRow, headerOf, type Row, SEPARATORS, type Separator } from "./rows.ts";

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
  /** In words for whoever has the file, why a recipient's number cannot be used, where it is known. */
  readonly numberFaults: ReadonlyMap<number, string>;
  /** Rows that cannot be read; they are not among the recipients. */
  readonly rowFaults: readonly Issue[];
};

/** Far more than a person fills; a row of the file becomes as many values. */
const MAX_COLUMNS = 1_000;
/** Unreadable rows that are worth telling; a file in which everything is wrong has more. */
const MAX_ROW_FAULTS = 1_000;

export const inFile = (line: number, field: string, message: string): Issue => ({
  path: `file[${line}]${field}`,
  message: `line ${line}: ${message}`,
});

/** Some spreadsheets write into a line before the first which separator they use. */
const DECLARED = /^sep=([,;\t])\r?\n/i;

/** The one by which the first line has a column of numbers; otherwise the one by which it has most columns. */
function separatorOf(text: string): Separator {
  const headers = SEPARATORS.map((separator) => [separator, headerOf(text, separator)] as const);
  const [best = [",", []] as const] = headers.toSorted(
    ([, a], [, b]) => Number(hasNumberColumn(b)) - Number(hasNumberColumn(a)) || b.length - a.length,
  );
  return best[0];
}

function faultOf({ cells, fault }: Row, { isNamed }: Columns): string | null {
  if (fault !== null) return fault;
  const stray = cells.findIndex((cell, index) => cell.trim() !== "" && !isNamed[index]);
  if (stray === -1) return null;
  return stray < isNamed.length
    ? `has a value in column ${stray + 1}, which the first line gives no name`
    : `has ${stray + 1} values, and the first line names ${isNamed.length} columns: a value that contains the separator must stand in quotation marks`;
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
const RECIPIENTS: Rows = { name: "recipients", most: MAX_RECIPIENTS };

/** A message where the file as a whole cannot be used. */
export function recipientsOfFile(
  text: string,
  country: CountryCode | null,
  { name, most }: Rows = RECIPIENTS,
): Result<RecipientFile, string> {
  let header: readonly string[] | null = null;
  let columns: Columns | string | null = null;
  let isTooLong = false;
  const recipients: FileRecipient[] = [];
  const lines: number[] = [];
  const numberFaults = new Map<number, string>();
  const rowFaults: Issue[] = [];
  const declared = SEPARATORS.find((separator) => separator === DECLARED.exec(text)?.[1]);
  eachRow(text, declared ?? separatorOf(text), (row) => {
    if (header === null) {
      if (declared !== undefined && row.line === 1) return "more";
      if (row.fault !== null || row.cells.length > MAX_COLUMNS) {
        columns = row.fault ?? `has more than ${MAX_COLUMNS} columns`;
        return "stop";
      }
      header = row.cells;
      return "more";
    }
    columns ??= columnsOf(header, row.cells);
    if (typeof columns === "string") return "stop";
    const fault = faultOf(row, columns);
    if (fault !== null) {
      rowFaults.push(inFile(row.line, "", fault));
      return rowFaults.length < MAX_ROW_FAULTS ? "more" : "stop";
    }
    isTooLong = recipients.length === most;
    if (isTooLong) return "stop";
    const recipient = recipientOf(row, columns);
    const number = readPhoneNumber(recipient.to_number, country);
    if (!number.ok) numberFaults.set(recipients.length, number.failure.message);
    recipients.push(number.ok ? { ...recipient, to_number: number.value.number } : recipient);
    lines.push(row.line);
    return "more";
  });
  const problem = columns ?? (header === null ? null : columnsOf(header, []));
  if (typeof problem === "string") return err(problem);
  if (isTooLong) return err(`has more than ${most} ${name}: split it`);
  if (recipients.length === 0 && rowFaults.length === 0) return err(`has no ${name}`);
  return ok({ recipients, lines, numberFaults, rowFaults });
}
