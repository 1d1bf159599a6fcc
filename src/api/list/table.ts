/**
 * A list in any supported form, as rows of cells: text in spreadsheets' encodings and separators, or a workbook.
 * Reading stops at the first limit. Pure, except that it loads code for a workbook.
 */

import { SEPARATORS, type Separator } from "../../calling/csv/lines.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { beginsWith, type Encoding, encodingOf, PIECE_BYTES, textOf } from "./encoding.ts";
import { MAX_ROWS_ABOVE } from "./limits.ts";
import { type Row, rowsOf } from "./rows.ts";
import { shapeOf } from "./separator.ts";
import { Unreadable } from "./unreadable.ts";

/** The format that the list was read as. */
export type Format =
  | { readonly kind: "text"; readonly encoding: Encoding; readonly separator: Separator }
  | { readonly kind: "workbook"; readonly sheet: string; readonly sheets: readonly string[] };

export type Table = {
  readonly rows: readonly Row[];
  readonly format: Format;
  /** The list has more rows than requested. */
  readonly isCut: boolean;
};

export type TableOptions = {
  /** The most rows of recipients. */
  readonly most: number;
  /** A workbook's sheet; null: its first. */
  readonly sheet: string | null;
};

/** Every modern workbook is a zip file. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks from before 2007, and those with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Some spreadsheets name their separator in a line before the first. */
const DECLARED = /^\ufeff?sep=([,;\t|])(?:\r\n|\n|\r)/i;

/** Fails with a message that follows the file's name. */
export async function tableOf(bytes: Uint8Array, options: TableOptions): Promise<Result<Table, string>> {
  try {
    if (beginsWith(bytes, OLE))
      throw new Unreadable("is an old kind of workbook, or has a password: save it as .xlsx or CSV without a password");
    if (!beginsWith(bytes, ZIP)) return ok(textTable(bytes, options));
    const { workbookTable } = await import("./workbook/workbook.ts");
    return ok(workbookTable(bytes, options));
  } catch (error) {
    if (error instanceof Unreadable) return err(error.message);
    throw error;
  }
}

function textTable(bytes: Uint8Array, { most, sheet }: TableOptions): Table {
  if (sheet !== null) throw new Unreadable("is not a workbook: leave out sheet");
  const encoding = encodingOf(bytes);
  const pieces = textOf(bytes, encoding);
  const first: string = pieces.next().value ?? "";
  const declared = DECLARED.exec(first);
  const text = first.slice(declared?.[0].length ?? 0);
  const known = SEPARATORS.find((separator) => separator === declared?.[1]);
  const guessed = shapeOf(text, bytes.length <= PIECE_BYTES);
  const { separator, isCellEach } = known === undefined ? guessed : { separator: known, isCellEach: false };
  const linesBefore = declared === null ? 0 : 1;
  const counted = taken(rowsOf(chained(text, pieces), separator, isCellEach), most);
  const rows = linesBefore === 0 ? counted.rows : counted.rows.map((row) => ({ ...row, line: row.line + linesBefore }));
  return { ...counted, rows, format: { kind: "text", encoding, separator } };
}

function* chained(first: string, rest: Iterable<string>): Generator<string> {
  yield first;
  yield* rest;
}

/** The rows of the most recipients allowed, and those that may stand above them. */
export function taken(found: Iterable<Row>, most: number): { readonly rows: Row[]; readonly isCut: boolean } {
  const rows: Row[] = [];
  for (const row of found) {
    if (rows.length === most + MAX_ROWS_ABOVE) return { rows, isCut: true };
    rows.push(row);
  }
  return { rows, isCut: false };
}
