/** A file's or a paste's text as a table, each row with the line that it stands on. Loaded on its own, because of its parser. */

import Papa from "papaparse";

export type Row = { readonly line: number; readonly cells: readonly string[] };
export type Table = { readonly rows: readonly Row[] };

/** Commas, semicolons and tabs are told apart by the text; quotes and line breaks in quotes are the parser's work. */
export function tableOf(text: string): Table {
  const whole = text.replace(/^\uFEFF/, "");
  const [declaration = "", declared] = DECLARED.exec(whole) ?? [];
  const clean = whole.slice(declaration.length);
  const rows: Row[] = [];
  let line = declaration === "" ? 1 : 2;
  let begin = 0;
  Papa.parse<string[]>(clean, {
    delimiter: declared ?? delimiterOf(clean),
    step: ({ data, meta }) => {
      if (data.some((cell) => cell.trim() !== "")) rows.push({ line, cells: data });
      line += clean.slice(begin, meta.cursor).split(/\r\n|\n|\r/).length - 1;
      begin = meta.cursor;
    },
  });
  return { rows };
}

/** Some spreadsheets write into a line before the first which separator they use. */
const DECLARED = /^sep=([,;\t])(?:\r\n|\n|\r)/i;

const DELIMITERS = ["\t", ";", ","] as const;

/** The one that stands most often in the first line; a list of bare numbers has none. */
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r\n|\n|\r/, 1);
  const outsideQuotes = first.replace(/"[^"]*"/g, "");
  const times = (delimiter: string) => outsideQuotes.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (times(one) > times(best) ? one : best), ",");
}
