/**
 * Recipients and what became of them, as CSV (RFC 4180). Numbers stay as they are: they have been checked to be a + and
 * digits, so they run nothing, and other programs want them so. Every other cell that a spreadsheet would run is made text.
 */

import Papa from "papaparse";
import type { RecipientResult } from "../../calling/batch-view.ts";
import { cellOf, neutralized } from "./cells.ts";
import { columnOfKey, EXPORT_COLUMNS } from "./columns.ts";
import { SEPARATORS, type Separator } from "./rows.ts";

/** Spreadsheets end at 16,384 columns, and people far before that. */
export const MAX_METADATA_COLUMNS = 200;
/** What has no column of its own, as JSON. */
const OTHER_METADATA = "other_metadata";
/** By this a spreadsheet knows UTF-8. */
const UTF8_MARK = "\ufeff";

export type ExportFormat = {
  readonly separator: Separator;
  readonly hasMark: boolean;
  readonly keys: readonly string[];
  /** There are keys without a column. */
  readonly hasMoreKeys: boolean;
};

const linesOf = (rows: readonly (readonly string[])[], separator: Separator): string =>
  `${Papa.unparse(rows as string[][], {
    delimiter: separator,
    newline: "\r\n",
    // A program that guesses the separator is not led astray by what stands in a value.
    quotes: (cell: string) => SEPARATORS.some((one) => cell.includes(one)),
  })}\r\n`;

export function headerLine({ separator, hasMark, keys, hasMoreKeys }: ExportFormat): string {
  const names = [...EXPORT_COLUMNS, ...keys.map(columnOfKey), ...(hasMoreKeys ? [OTHER_METADATA] : [])];
  return (hasMark ? UTF8_MARK : "") + linesOf([names], separator);
}

export const recipientLines = (recipients: readonly RecipientResult[], format: ExportFormat): string =>
  recipients.length === 0
    ? ""
    : linesOf(
        recipients.map((recipient) => cellsOf(recipient, format)),
        format.separator,
      );

const time = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());

function cellsOf(recipient: RecipientResult, { keys, hasMoreKeys }: ExportFormat): string[] {
  const results: Readonly<Record<(typeof EXPORT_COLUMNS)[number], string>> = {
    to_number: recipient.to_number,
    status: recipient.status,
    end_reason: recipient.end_reason ?? "",
    failure_reason: recipient.failureReason ?? "",
    error_message: neutralized(recipient.error_message ?? ""),
    agent_call_id: recipient.agent_call_id ?? "",
    attempt_count: String(recipient.attemptCount),
    dispatched_at: time(recipient.dispatchedAt),
    answered_at: time(recipient.answeredAt),
    ended_at: time(recipient.endedAt),
    timezone: recipient.submittedTimezone ?? "",
    recipient_id: recipient.id,
  };
  const metadata = new Map(
    Object.entries(recipient.metadata === null ? {} : (JSON.parse(recipient.metadata) as object)),
  );
  const ofKeys = keys.map((key) => neutralized(cellOf(metadata.get(key))));
  const others = hasMoreKeys ? [...metadata].filter(([key]) => !keys.includes(key)) : [];
  const other = others.length === 0 ? "" : JSON.stringify(Object.fromEntries(others));
  return [...EXPORT_COLUMNS.map((name) => results[name]), ...ofKeys, ...(hasMoreKeys ? [other] : [])];
}
