/**
 * Cells that a spreadsheet would run as a formula. An export contains text from others, and a cell that begins with one
 * of these characters is a formula to a spreadsheet (OWASP, "CSV Injection"). An apostrophe before it makes it text. A
 * cell that begins with such an apostrophe gets another, so that an import can remove exactly one. Pure.
 */

const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export const neutralized = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);

/** Undoes `neutralized`. */
export const restored = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell);

/** A metadata value as text: text unchanged, null as nothing, other values as JSON. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Empty for null. */
export const timeCell = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());
