/**
 * The rows of a text list, each with the line on which it begins (RFC 4180, and the variants of spreadsheets and
 * people). LF, CRLF and CR each end a row outside of quotation marks. Nothing that was read is kept. Pure.
 */

import type { Separator } from "../../calling/csv/lines.ts";
import { MAX_CELL_CHARACTERS, MAX_CELLS, MAX_COLUMNS, MAX_EMPTY_COLUMNS, MAX_EMPTY_ROWS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

export const TOO_MANY_CELLS = `has more than ${MAX_CELLS.toLocaleString("en-US")} values: remove columns, or send fewer recipients at once`;

/** `fault`: why the row cannot be read as intended; usually null. */
export type Row = { readonly line: number; readonly cells: readonly string[]; readonly fault: string | null };

const NEVER_CLOSED = "has an opening quotation mark without a closing one";
const MORE_AFTER = "has text after a closing quotation mark: double a quotation mark inside a value";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;

const isBlank = (text: string): boolean => text === "" || text.trim() === "";

/** The reader's place in a row. `begun`: only spaces of the cell so far. `after`: after a closing quotation mark. */
type Place = "begun" | "plain" | "quoted" | "after";

/** Keeps each CRLF in one piece. */
function* withWholeLineEnds(pieces: Iterable<string>): Generator<string> {
  let held = "";
  for (const piece of pieces) {
    const text = held + piece;
    held = text.endsWith("\r") ? "\r" : "";
    yield held === "" ? text : text.slice(0, -1);
  }
  if (held !== "") yield held;
}

/**
 * Skips empty rows. `isCellEach`: every cell is a row of its own, numbered from 1, for pasted numbers with commas
 * between them. Throws `Unreadable` at the first limit.
 */
export function* rowsOf(pieces: Iterable<string>, separator: Separator, isCellEach = false): Generator<Row> {
  const separatorCode = separator.charCodeAt(0);
  let place: Place = "begun";
  let cells: string[] = [];
  /** The part of the cell from earlier pieces. */
  let begun = "";
  let emptyAfter = 0;
  let fault: string | null = null;
  let line = 1;
  let rowLine = 1;
  let emptyRows = 0;
  let entries = 0;
  let kept = 0;

  const bound = () => {
    if (begun.length <= MAX_CELL_CHARACTERS) return;
    const values = `has a value of more than ${MAX_CELL_CHARACTERS} characters`;
    throw new Unreadable(`${values} (see line ${rowLine}): a quotation mark may be missing`);
  };
  const endCell = (text: string) => {
    begun = "";
    place = "begun";
    if (cells.length < MAX_COLUMNS) {
      cells.push(text);
      return;
    }
    emptyAfter += 1;
    if (!isBlank(text) || emptyAfter > MAX_EMPTY_COLUMNS) {
      throw new Unreadable(`has more than ${MAX_COLUMNS} columns (see line ${rowLine})`);
    }
  };
  /** Null if the row is empty. */
  const endRow = (): Row | null => {
    const isEmpty = fault === null && cells.every(isBlank);
    if (!isEmpty) {
      entries += 1;
      kept += cells.length;
      if (kept > MAX_CELLS) throw new Unreadable(TOO_MANY_CELLS);
    }
    const row = isEmpty ? null : { line: isCellEach ? entries : rowLine, cells, fault };
    cells = [];
    emptyAfter = 0;
    fault = null;
    rowLine = line;
    if (row !== null) return row;
    emptyRows += 1;
    if (emptyRows > MAX_EMPTY_ROWS) throw new Unreadable(`has more than ${MAX_EMPTY_ROWS} empty rows: delete them`);
    return null;
  };

  for (const piece of withWholeLineEnds(pieces)) {
    /** Where the part of the cell begins that is not yet taken from this piece. */
    let start = 0;
    let at = 0;
    while (at < piece.length) {
      const code = piece.charCodeAt(at);
      if (place === "quoted") {
        if (code === QUOTE) {
          begun += piece.slice(start, at);
          place = "after";
        } else if (code === LF || (code === CR && piece.charCodeAt(at + 1) !== LF)) line += 1;
        at += 1;
        continue;
      }
      if (code === separatorCode || code === LF || code === CR) {
        endCell(place === "after" ? begun : begun + piece.slice(start, at));
        const isLineEnd = code !== separatorCode;
        at += code === CR && piece.charCodeAt(at + 1) === LF ? 2 : 1;
        start = at;
        if (isLineEnd) line += 1;
        const row = isLineEnd || isCellEach ? endRow() : null;
        if (row !== null) yield row;
        continue;
      }
      if (place === "after") {
        if (code === QUOTE) {
          // A doubled quotation mark inside the value: the first one belonged to it.
          begun += '"';
          bound();
          place = "quoted";
          start = at + 1;
        } else if (code !== SPACE) {
          fault ??= MORE_AFTER;
          place = "plain";
          start = at;
        }
      } else if (place === "begun" && code === QUOTE) {
        place = "quoted";
        begun = "";
        start = at + 1;
      } else if (code !== SPACE) place = "plain";
      at += 1;
    }
    if (place !== "after") begun += piece.slice(start);
    bound();
  }
  if (place === "quoted") fault = NEVER_CLOSED;
  if (begun === "" && cells.length === 0 && fault === null) return;
  endCell(begun);
  const row = endRow();
  if (row !== null) yield row;
}
