/**
 * Lines for operators, as data, so that what decides can say something without writing it (`docs/operations/logs.md`).
 * Lines leave a jurisdiction. So they have ids, and nothing that names a person.
 */

/** `event`: names the line. The other fields depend on it. */
export type LogLine = {
  readonly level: "warn" | "error";
  readonly event: string;
  readonly [field: string]: unknown;
};

/** Of an error: what it says, and where it was thrown. */
export const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** At least seven digits, as numbers are written or encoded in a URL. Not a part of an id. */
const NUMBERS = /(?<![A-Za-z0-9_])(?:\+|%2B)?\d(?:[\s().\-/]{0,2}\d){6,}(?![A-Za-z0-9_])/gi;
/** What V8 quotes of a text that is no JSON. */
const QUOTED = /"(?:[^"]|"(?! is not valid JSON))*"(?:\.\.\.)? is not valid JSON/g;

/** Errors may quote what they were about. */
export const withoutPeople = (text: string): string =>
  text.replace(QUOTED, '"…" is not valid JSON').replace(NUMBERS, "…");

export function writeLog({ level, ...line }: LogLine): void {
  console[level](JSON.stringify(line, (_, value) => (typeof value === "string" ? withoutPeople(value) : value)));
}
