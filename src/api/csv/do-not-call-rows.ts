/** The do-not-call list as CSV, both ways: importing an export lists the same numbers for the same reasons. Pure. */

import { neutralized, restored, timeCell } from "../../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../../calling/csv/lines.ts";
import type { DoNotCallEntry } from "../../organization/messages/people.ts";
import type { FileRecipient } from "./recipients-of-file.ts";

const COLUMNS = [
  "number",
  "reason",
  "call_id",
  "added_at",
  "added_by",
  "removed_at",
  "removed_by",
  "removal_reason",
] as const;

const cellsOf = (entry: DoNotCallEntry): Readonly<Record<(typeof COLUMNS)[number], string>> => ({
  number: entry.number,
  reason: neutralized(entry.reason ?? ""),
  call_id: entry.callId ?? "",
  added_at: timeCell(entry.addedAt),
  added_by: neutralized(entry.addedBy.label),
  removed_at: timeCell(entry.removedAt),
  removed_by: neutralized(entry.removedBy?.label ?? ""),
  removal_reason: neutralized(entry.removalReason ?? ""),
});

export const doNotCallHeader = (format: CsvFormat): string => headerOf(COLUMNS, format);

export const doNotCallLines = (entries: readonly DoNotCallEntry[], format: CsvFormat): string =>
  linesOf(
    entries.map((entry) => {
      const cells = cellsOf(entry);
      return COLUMNS.map((name) => cells[name]);
    }),
    format,
  );

export type ListedRow = { readonly to_number: string; readonly reason: string | null; readonly removed_at: string };

/** The entry in a row of a file; upper and lower case in column names are the same. */
export function listedRowOf({ to_number, metadata }: FileRecipient): ListedRow {
  const cells = new Map(Object.entries(metadata ?? {}).map(([name, cell]) => [name.toLowerCase(), cell]));
  const reason = cells.get("reason") ?? null;
  const isExport = cells.has("added_at") && cells.has("added_by");
  return {
    to_number,
    reason: reason !== null && isExport ? restored(reason) : reason,
    removed_at: cells.get("removed_at") ?? "",
  };
}
