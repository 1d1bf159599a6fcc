/** How a file was understood. The answer says it, so that its sender can correct a wrong guess. Pure. */

import { SEPARATOR_NAMED } from "../../calling/csv/lines.ts";
import type { Encoding } from "../list/encoding.ts";
import type { Table } from "../list/table.ts";
import type { Columns } from "./columns.ts";

export type FileAsRead = {
  readonly format: "csv" | "xlsx";
  readonly encoding?: Encoding;
  readonly separator?: keyof typeof SEPARATOR_NAMED;
  readonly sheet?: string;
  /** Absent if no line names the columns. */
  readonly header_line?: number;
  readonly number_column: string;
  readonly timezone_column?: string;
  readonly external_id_column?: string;
  readonly metadata_columns: string[];
  readonly rows: number;
};

const NAMES = Object.entries(SEPARATOR_NAMED) as [keyof typeof SEPARATOR_NAMED, string][];

export function formatOf({ format }: Table): Pick<FileAsRead, "format" | "encoding" | "separator" | "sheet"> {
  if (format.kind === "workbook") return { format: "xlsx", sheet: format.sheet };
  const [separator = "comma"] = NAMES.find(([, one]) => one === format.separator) ?? [];
  return { format: "csv", encoding: format.encoding, separator };
}

export function fileAsRead(table: Table, columns: Columns, rows: number): FileAsRead {
  const { header, names, number, timezone, externalId, keys } = columns;
  return {
    ...formatOf(table),
    ...(header === null ? {} : { header_line: header.line }),
    number_column: names[number] ?? "",
    ...(timezone === null ? {} : { timezone_column: names[timezone] ?? "" }),
    ...(externalId === null ? {} : { external_id_column: names[externalId] ?? "" }),
    metadata_columns: names.filter((_, index) => keys[index] !== null),
    rows,
  };
}
