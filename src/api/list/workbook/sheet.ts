/** The rows of a worksheet, each with its number in the spreadsheet. Reading stops at the first limit. */

import { MAX_CELLS, MAX_COLUMNS, MAX_EMPTY_COLUMNS, MAX_EMPTY_ROWS } from "../limits.ts";
import { type Row, TOO_MANY_CELLS } from "../rows.ts";
import { Unreadable } from "../unreadable.ts";
import { type NumberFormat, numberText, PLAIN, unescapedText } from "./cell-text.ts";
import { visitXml } from "./xml.ts";

export type Book = {
  readonly strings: readonly string[];
  /** By the cell's style. */
  readonly formats: readonly NumberFormat[];
  readonly since: 1900 | 1904;
};

/** "AB12" is in column 27; null without letters. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((before, letter) => before * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

type Cell = { readonly column: number; readonly type: string; readonly style: number };

function textOf({ type, style }: Cell, raw: string, { strings, formats, since }: Book): string {
  switch (type) {
    case "s":
      return strings[Number(raw)] ?? "";
    case "b":
      return raw === "1" ? "TRUE" : "FALSE";
    case "n":
      return numberText(raw, formats[style] ?? PLAIN, since);
    default:
      // A formula's text, text in the cell itself, a date as text, or an error.
      return unescapedText(raw);
  }
}

/** Throws `Unreadable`. */
export function rowsOfSheet(xml: string, book: Book, most: number): { readonly rows: Row[]; readonly isCut: boolean } {
  const rows: Row[] = [];
  let isCut = false;
  let line = 0;
  let cells: string[] = [];
  let next = 0;
  let empty = 0;
  let kept = 0;
  let cell: Cell | null = null;
  let raw = "";
  let isValue = false;
  let isReading = false;
  /** Whether the text is a pronunciation. */
  let isPronunciation = false;

  const endCell = ({ column, ...rest }: Cell) => {
    next = column + 1;
    const text = raw === "" ? "" : textOf({ column, ...rest }, raw, book);
    if (text.trim() === "") {
      empty += 1;
      if (empty > MAX_EMPTY_ROWS * MAX_COLUMNS || column >= MAX_EMPTY_COLUMNS) throw new Unreadable(tooMuchNothing);
      return;
    }
    if (column >= MAX_COLUMNS) throw new Unreadable(`has more than ${MAX_COLUMNS} columns (see line ${line})`);
    while (cells.length < column) cells.push("");
    cells[column] = text;
  };
  const endRow = () => {
    if (cells.length === 0) {
      empty += MAX_COLUMNS;
      if (empty > MAX_EMPTY_ROWS * MAX_COLUMNS) throw new Unreadable(tooMuchNothing);
      return;
    }
    kept += cells.length;
    if (kept > MAX_CELLS) throw new Unreadable(TOO_MANY_CELLS);
    isCut = rows.length === most;
    if (!isCut) rows.push({ line, cells, fault: null });
  };

  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "sheetData") isReading = true;
      if (!isReading) return undefined;
      if (name === "row") {
        const given = Number(attributes().r);
        line = Number.isSafeInteger(given) && given > 0 ? given : line + 1;
        cells = [];
        next = 0;
      } else if (name === "c") {
        const { r, t = "n", s = "0" } = attributes();
        cell = { column: columnOf(r) ?? next, type: t, style: Number(s) };
        raw = "";
      } else if (name === "rPh") isPronunciation = true;
      else isValue = name === "v" || (name === "t" && !isPronunciation);
      return undefined;
    },
    text: (text) => {
      if (isValue && cell !== null) raw += text;
    },
    close: (name) => {
      isValue = false;
      if (name === "rPh") isPronunciation = false;
      else if (name === "c" && cell !== null) {
        endCell(cell);
        cell = null;
      } else if (name === "row" && isReading) {
        endRow();
        if (isCut) return "stop";
      }
      return name === "sheetData" ? "stop" : undefined;
    },
  });
  return { rows, isCut };
}

const tooMuchNothing = `has more than ${MAX_EMPTY_ROWS} empty rows: delete them`;
