/** Where an export ends, and the next one goes on. */

import type { ReportDimension } from "../../organization/messages/reports.ts";

/** The order in the export. An export that goes on begins with one of them. */
export const SECTIONS = ["settings", "reports", "do-not-call", "erasures", "audit", "direct-calls", "batches"] as const;
export type Section = (typeof SECTIONS)[number];
/** `after`: the last file or item that an earlier export had; empty: none. */
export type Place = { readonly section: Section; readonly after: string };

/** The reports of each year. */
export const REPORTED = [
  "day",
  "batch",
  "agent",
  "number",
  "provider",
  "country",
] as const satisfies readonly ReportDimension[];

/** What is older than a time of creation follows. In the midst of calls: whose, the next part, and its first position. */
const CALLS = /^(\d{1,15}(\/\w+\/\d{1,15}\/\d{1,15})?)?$/;
const OTHERS = REPORTED.filter((by) => by !== "batch").join("|");
/** A report's first day, what it is by, its part, and where the next part begins: after a number, or after a name. */
const REPORT = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d/(batch/\\d{1,15}/\\d{0,15}|(${OTHERS})/\\d{1,15}/[^/]*))?$`);
/** A place that these allow may still name what no export has: `sections.ts`. */
const AFTER: Readonly<Record<Section, RegExp>> = {
  settings: /^[\w.-]*$/,
  reports: REPORT,
  "do-not-call": /^/,
  erasures: /^/,
  audit: /^/,
  "direct-calls": CALLS,
  batches: CALLS,
};

export const placeText = (section: Section, ...after: readonly (string | number)[]): string =>
  `${section}:${after.join("/")}`;
/** Null if it is no place. */
export function placeOf(text: string): Place | null {
  const [named, after] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
  const section = SECTIONS.find((one) => one === named);
  return section !== undefined && AFTER[section].test(after) ? { section, after } : null;
}
