/** The rows of a CSV file (RFC 4180, and what spreadsheets make of it), each with the line that it begins on. Pure. */

import Papa from "papaparse";

export const SEPARATORS = [",", ";", "\t"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** `fault`: why the row cannot be read as it is meant; null mostly. */
export type Row = { readonly line: number; readonly cells: readonly string[]; readonly fault: string | null };

/** The library's other codes are about what it would have guessed, which we do not ask for. */
const FAULTS: Readonly<Record<string, string>> = {
  MissingQuotes: "a quotation mark is opened and never closed",
  InvalidQuotes: "has more after a closing quotation mark: one inside of a value must be doubled",
};

const LINE_ENDS = /\r\n|\n|\r/g;
const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");

/** The cells of the first line that has any. */
export function headerOf(text: string, delimiter: Separator): readonly string[] {
  const start = text.search(/\S/);
  if (start === -1) return [];
  return Papa.parse<string[]>(text.slice(start), { delimiter, preview: 1, fastMode: false }).data[0] ?? [];
}

/** Visits each row until one answers `stop`. Empty ones are passed over. */
export function eachRow(text: string, delimiter: Separator, visit: (row: Row) => "more" | "stop"): void {
  let line = 1;
  let cursor = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    // It would keep the whole file as rows, and lose count of where each begins.
    fastMode: false,
    step: ({ data: cells, errors, meta }, parser) => {
      const fault = errors.flatMap(({ code }) => FAULTS[code] ?? [])[0] ?? null;
      const answer = isEmpty(cells) && fault === null ? "more" : visit({ line, cells, fault });
      if (answer === "stop") parser.abort();
      line += text.slice(cursor, meta.cursor).match(LINE_ENDS)?.length ?? 0;
      cursor = meta.cursor;
    },
  });
}
