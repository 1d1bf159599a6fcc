/**
 * One line of an archive: an attempt to reach a recipient, or a recipient that was never called. The same fields in JSON
 * and CSV. Pure.
 */

import { neutralized } from "../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../calling/csv/lines.ts";

/** What a field may be. `…_or_null`: null if it is unknown or does not apply. */
type Values = {
  text: string;
  text_or_null: string | null;
  number: number;
  number_or_null: number | null;
  texts: readonly string[];
  object_or_null: Readonly<Record<string, unknown>> | null;
};

/**
 * Persisted: the fields of a line in their order, which are also the columns of CSV. Times are RFC 3339 in UTC. Only new
 * fields may come, with a new `SCHEMA_VERSION`.
 */
const FIELDS = {
  /** Null: no call was dispatched. */
  call_id: "text_or_null",
  recipient_id: "text",
  /** Counts the recipient's attempts from 1; 0: there was none. */
  attempt: "number",
  /** Empty once it is erased. */
  to_number: "text",
  external_id: "text_or_null",
  timezone: "text_or_null",
  status: "text",
  created_at: "text",
  dispatched_at: "text_or_null",
  answered_at: "text_or_null",
  ended_at: "text_or_null",
  duration_seconds: "number_or_null",
  end_reason: "text_or_null",
  answered_by: "text_or_null",
  failure_reason: "text_or_null",
  error_message: "text_or_null",
  carrier_call_id: "text_or_null",
  carrier_code: "text_or_null",
  sip_code: "number_or_null",
  outcome: "text_or_null",
  tags: "texts",
  notes: "text_or_null",
  recording_url: "text_or_null",
  transcript_url: "text_or_null",
  redacted_at: "text_or_null",
  metadata: "object_or_null",
} as const satisfies Readonly<Record<string, keyof Values>>;
type Field = keyof typeof FIELDS;
const COLUMNS = Object.keys(FIELDS) as Field[];

export type ArchivedCall = { readonly [Name in Field]: Values[(typeof FIELDS)[Name]] };

/** Keeps that there was a call, when, and how it ended, as an erasure in the batch does. */
export const erasedCall = (call: ArchivedCall, redactedAt: string): ArchivedCall => ({
  ...call,
  to_number: "",
  external_id: null,
  timezone: null,
  error_message: null,
  carrier_call_id: null,
  carrier_code: null,
  outcome: null,
  tags: [],
  notes: null,
  recording_url: null,
  transcript_url: null,
  redacted_at: call.redacted_at ?? redactedAt,
  metadata: null,
});

const FORMAT: CsvFormat = { separator: ",", hasMark: false };

function cell(call: ArchivedCall, column: Field): string {
  // A number is a + and digits, which no spreadsheet runs.
  if (column === "to_number") return call.to_number;
  if (column === "tags") return neutralized(call.tags.join(", "));
  if (column === "metadata") return call.metadata === null ? "" : JSON.stringify(call.metadata);
  return neutralized(String(call[column] ?? ""));
}

/** With the columns' names in its first line. */
export const csvOf = (calls: readonly ArchivedCall[]): string =>
  headerOf(COLUMNS, FORMAT) +
  linesOf(
    calls.map((call) => COLUMNS.map((column) => cell(call, column))),
    FORMAT,
  );

export const jsonLineOf = (call: ArchivedCall): string => `${JSON.stringify(call)}\n`;

export const callsIn = (lines: string): ArchivedCall[] =>
  lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ArchivedCall);
