/** Lines for operators, as data, so that what decides can say something without writing it. See `docs/operations/logs.md`. */

/** `event`: names the line. The other fields depend on it. */
export type LogLine = {
  readonly level: "warn" | "error";
  readonly event: string;
  readonly [field: string]: unknown;
};

export function writeLog({ level, ...line }: LogLine): void {
  console[level](JSON.stringify(line));
}
