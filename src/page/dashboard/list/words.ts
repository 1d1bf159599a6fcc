/** Texts about a list. Pure. */

import { plural } from "../text/format.ts";
import { agentNames, type Mapping } from "./mapping.ts";
import type { Doubts } from "./people.ts";
import type { Summary } from "./reading/read-list.ts";

const ENCODINGS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252 (ANSI)",
} as const;
const SEPARATORS = { comma: "commas", semicolon: "semicolons", tab: "tabs", pipe: "pipes" } as const;

/** "CSV with semicolons, Windows-1252 (ANSI) · columns named in line 3" */
export function formatWords({ format, headerLine }: Pick<Summary, "format" | "headerLine">): string {
  const { encoding, separator, sheet } = format;
  const kind =
    encoding === undefined || separator === undefined
      ? `Workbook, sheet ${sheet}`
      : `Text with ${SEPARATORS[separator]}, ${ENCODINGS[encoding]}`;
  return `${kind} · ${headerLine === null ? "no line names the columns" : `columns named in line ${headerLine}`}`;
}

/**
 * "3 numbers could also be another country’s: line 2 is taken for +1…, and could be +46… (SE); 2 more."; null without
 * any.
 */
export function doubtWords({ count, first }: Doubts): string | null {
  if (count === 0) return null;
  const named = first.map(
    ({ line, number, otherwise }) =>
      `line ${line} is taken for ${number}, and could be ${otherwise.number} (${otherwise.country})`,
  );
  const more = count - first.length;
  if (more > 0) named.push(`${more.toLocaleString("en")} more`);
  return `${plural(count, "number")} could also be another country’s: ${named.join("; ")}.`;
}

/** Shown beside the number's column until it is known. */
export function numberProblem({ candidates, columns }: Summary): string {
  const names = candidates.map((column) => `“${columns[column] ?? ""}”`);
  return names.length > 0
    ? `It could be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: choose one.`
    : "No column looks like phone numbers: choose one.";
}

/** "Number: Phone · the agent gets First name, City" */
export function columnsWords(columns: readonly string[], mapping: Mapping): string {
  if (mapping.numberColumn === null) return "";
  const sent = agentNames(columns, mapping).filter(
    (name, column) => name !== null && !mapping.withheld.includes(column),
  );
  const agent = sent.length === 0 ? "the agent gets only the number" : `the agent gets ${sent.join(", ")}`;
  return `Number: ${columns[mapping.numberColumn] ?? ""} · ${agent}`;
}
