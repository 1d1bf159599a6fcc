/**
 * Cells that a spreadsheet would run. An export has text that others wrote, and a spreadsheet takes a cell that begins
 * with one of these characters for a formula (OWASP, "CSV Injection"). An apostrophe before it makes it text. A cell with
 * such an apostrophe gets another, so that an import can take away exactly one. Pure.
 */

const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export const neutralized = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);

/** What `neutralized` made of it, undone. */
export const restored = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell);

/** A value of the metadata as text: text as it is, nothing for null, anything else as JSON. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Empty for what has not been. */
export const timeCell = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());
