/** Rows as the lines of a CSV file (RFC 4180). Pure. */

import Papa from "papaparse";
import { SEPARATORS, type Separator } from "./rows.ts";

/** By this a spreadsheet knows UTF-8. */
const UTF8_MARK = "\ufeff";

export type CsvFormat = { readonly separator: Separator; readonly hasMark: boolean };

const SEPARATOR_NAMED = { comma: ",", semicolon: ";", tab: "\t" } as const satisfies Record<string, Separator>;

/** As a query says it. */
export const csvFormatOf = (query: { separator: keyof typeof SEPARATOR_NAMED; bom: "true" | "false" }): CsvFormat => ({
  separator: SEPARATOR_NAMED[query.separator],
  hasMark: query.bom === "true",
});

/** Empty for no rows. */
export const linesOf = (rows: readonly (readonly string[])[], { separator }: CsvFormat): string =>
  rows.length === 0
    ? ""
    : `${Papa.unparse(rows as string[][], {
        delimiter: separator,
        newline: "\r\n",
        // A program that guesses the separator is not led astray by what stands in a value.
        quotes: (cell: string) => SEPARATORS.some((one) => cell.includes(one)),
      })}\r\n`;

export const headerOf = (names: readonly string[], format: CsvFormat): string =>
  (format.hasMark ? UTF8_MARK : "") + linesOf([names], format);
