/**
 * One line of an archive: an attempt to reach a recipient, or a recipient that was never called. The same fields in JSON
 * and CSV. Pure.
 */

import { neutralized } from "../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../calling/csv/lines.ts";

/** Persisted. Times are RFC 3339 in UTC. Only new fields may come, with a new `SCHEMA_VERSION`. */
export type ArchivedCall = {
  /** Null: no call was dispatched. */
  readonly call_id: string | null;
  readonly recipient_id: string;
  /** Counts the recipient's attempts from 1; 0: there was none. */
  readonly attempt: number;
  /** Empty once it is erased. */
  readonly to_number: string;
  readonly external_id: string | null;
  readonly timezone: string | null;
  readonly status: string;
  readonly created_at: string;
  readonly dispatched_at: string | null;
  readonly answered_at: string | null;
  readonly ended_at: string | null;
  readonly duration_seconds: number | null;
  readonly end_reason: string | null;
  readonly answered_by: string | null;
  readonly failure_reason: string | null;
  readonly error_message: string | null;
  readonly carrier_call_id: string | null;
  readonly carrier_code: string | null;
  readonly sip_code: number | null;
  readonly outcome: string | null;
  readonly tags: readonly string[];
  readonly notes: string | null;
  readonly recording_url: string | null;
  readonly transcript_url: string | null;
  readonly redacted_at: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
};

/** As in the batch itself, it stays that there was a call, when, and how it ended. */
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

const COLUMNS = [
  "call_id",
  "recipient_id",
  "attempt",
  "to_number",
  "external_id",
  "timezone",
  "status",
  "created_at",
  "dispatched_at",
  "answered_at",
  "ended_at",
  "duration_seconds",
  "end_reason",
  "answered_by",
  "failure_reason",
  "error_message",
  "carrier_call_id",
  "carrier_code",
  "sip_code",
  "outcome",
  "tags",
  "notes",
  "recording_url",
  "transcript_url",
  "redacted_at",
  "metadata",
] as const satisfies readonly (keyof ArchivedCall)[];

const FORMAT: CsvFormat = { separator: ",", hasMark: false };

function cell(call: ArchivedCall, column: (typeof COLUMNS)[number]): string {
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
