/**
 * Recipients and what became of them, as CSV. Numbers stay as they are: they have been checked to be a + and
 * digits, so they run nothing, and other programs want them so. Every other cell that a spreadsheet would run is made text.
 */

import type { RecipientResult } from "../../calling/messages/batch-view.ts";
import { cellOf, neutralized, timeCell } from "./cells.ts";
import { columnOfKey, EXPORT_COLUMNS } from "./columns.ts";
import { type CsvFormat, headerOf, linesOf } from "./lines.ts";

/** Spreadsheets end at 16,384 columns, and people far before that. */
export const MAX_METADATA_COLUMNS = 200;
/** What has no column of its own, as JSON. */
const OTHER_METADATA = "other_metadata";
export type ExportFormat = CsvFormat & {
  readonly keys: readonly string[];
  /** There are keys without a column. */
  readonly hasMoreKeys: boolean;
};

export function headerLine(format: ExportFormat): string {
  const { keys, hasMoreKeys } = format;
  return headerOf([...EXPORT_COLUMNS, ...keys.map(columnOfKey), ...(hasMoreKeys ? [OTHER_METADATA] : [])], format);
}

export const recipientLines = (recipients: readonly RecipientResult[], format: ExportFormat): string =>
  linesOf(
    recipients.map((recipient) => cellsOf(recipient, format)),
    format,
  );

function cellsOf(recipient: RecipientResult, { keys, hasMoreKeys }: ExportFormat): string[] {
  const results: Readonly<Record<(typeof EXPORT_COLUMNS)[number], string>> = {
    to_number: recipient.to_number,
    status: recipient.status,
    end_reason: recipient.end_reason ?? "",
    answered_by: recipient.answeredBy ?? "",
    failure_reason: recipient.failureReason ?? "",
    error_message: neutralized(recipient.error_message ?? ""),
    agent_call_id: recipient.agent_call_id ?? "",
    attempt_count: String(recipient.attemptCount),
    dispatched_at: timeCell(recipient.dispatchedAt),
    answered_at: timeCell(recipient.answeredAt),
    ended_at: timeCell(recipient.endedAt),
    timezone: recipient.submittedTimezone ?? "",
    external_id: neutralized(recipient.external_id ?? ""),
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
