/** Rows as the lines of a CSV file (RFC 4180). Pure. */

/** Between values: in files that are written, and those that are read. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Tells spreadsheets that the file is UTF-8. */
const UTF8_MARK = "\ufeff";

export type CsvFormat = { readonly separator: Separator; readonly hasMark: boolean };

export const SEPARATOR_NAMED = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const satisfies Record<
  string,
  Separator
>;

/** By the names in a query. */
export const csvFormatOf = (query: { separator: keyof typeof SEPARATOR_NAMED; bom: "true" | "false" }): CsvFormat => ({
  separator: SEPARATOR_NAMED[query.separator],
  hasMark: query.bom === "true",
});

/** Values with any known separator are quoted too, so that a program that guesses the separator is not misled. */
const QUOTED = new RegExp(`["\\r\\n${SEPARATORS.join("")}]|^\\s|\\s$`);

const cellOf = (value: string): string => (QUOTED.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Empty for no rows. */
export const linesOf = (rows: readonly (readonly string[])[], { separator }: CsvFormat): string =>
  rows.map((cells) => `${cells.map(cellOf).join(separator)}\r\n`).join("");

export const headerOf = (names: readonly string[], format: CsvFormat): string =>
  (format.hasMark ? UTF8_MARK : "") + linesOf([names], format);
