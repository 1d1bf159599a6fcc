/**
 * Recipients and their results as CSV. Numbers are written unchanged: they are a + and digits, so a spreadsheet does
 * not run them, and other programs need them so. Other cells that a spreadsheet would run are made text.
 */

import { secondsBetween } from "../../calling/answers/json.ts";
import { cellOf, neutralized, timeCell } from "../../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../../calling/csv/lines.ts";
import type { RecipientResult } from "../../calling/messages/batch-view.ts";
import { NO_REMARKS } from "../../calling/words/remarks.ts";
import { columnOfKey, EXPORT_COLUMNS } from "./columns.ts";

/** Spreadsheets end at 16,384 columns; a reader gives up far earlier. */
export const MAX_METADATA_COLUMNS = 200;
/** Metadata without a column of its own, as JSON. */
const OTHER_METADATA = "other_metadata";
export type ExportFormat = CsvFormat & {
  readonly keys: readonly string[];
  /** Some keys have no column. */
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
  const remarks = recipient.remarks ?? NO_REMARKS;
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
    call_duration_seconds: String(secondsBetween(recipient.answeredAt, recipient.endedAt) ?? ""),
    call_outcome: neutralized(remarks.outcome ?? ""),
    call_tags: neutralized(remarks.tags.join(", ")),
    call_notes: neutralized(remarks.notes ?? ""),
    call_recording_url: remarks.recording_url ?? "",
    call_transcript_url: remarks.transcript_url ?? "",
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
