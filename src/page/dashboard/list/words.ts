/** All texts of a list of people. Pure. */

import { count, people, plural } from "../text/format.ts";
import { agentNames, type Mapping } from "./mapping.ts";
import type { Doubts } from "./people.ts";
import type { Summary } from "./reading/read-list.ts";

export const SOURCE = {
  label: "Your list",
  drop: "Drop a CSV or Excel file here",
  about: "A row for each person, up to 5,000.",
  choose: "Choose a file",
  paste: "Paste instead",
  file: "CSV or Excel file",
  pasteLabel: "Numbers, or rows of a spreadsheet",
  use: "Use these",
  pasted: "Pasted list",
  tooLarge: (name: string) => `${name} is larger than 6 MiB, which is more than a batch may have.`,
  refused: (name: string, why: string) => `${name} ${why}.`,
} as const;

export const HEAD = {
  reading: "Reading the list …",
  rows: (rows: number) => plural(rows, "row"),
  errors: (errors: number) => plural(errors, "error"),
  another: "Another list",
  toCall: (called: number) => `${people(called)} to call`,
  tooMany: (most: number, all: number) =>
    `A batch calls at most ${count(most)} people; there are ${count(all)} on this list.`,
} as const;

export const COLUMNS = {
  title: "Columns",
  number: "Phone number",
  choose: "Choose a column",
  country: "Numbers without a +",
  noCountry: "Count as errors",
  sheet: "Sheet",
  timezone: "Time zone",
  byNumber: "By the number",
  id: "Your ID",
  noId: "None",
  agentGets: "The agent gets",
  onlyNumber: "The agent gets only the number.",
  others: "Other columns are neither sent nor stored.",
} as const;

/** The earlier choice for such a list. */
export function offerWords(number: string, withheld: readonly string[], country: string): string {
  const kept = withheld.length === 0 ? "" : `, ${withheld.join(", ")} not sent to the agent`;
  const from = country === "" ? "" : `, numbers without a + from ${country}`;
  return `Your last list with these columns: number in “${number}”${kept}${from}.`;
}
export const USE_AGAIN = "Use it again";

export const DOUBTS = {
  label: "Numbers that could be another country’s",
  refuse: "Refuse numbers that could also be another country’s",
} as const;

export const FAULTS = {
  none: "Every row can be called now.",
  title: (rows: number) => `${plural(rows, "row")} cannot be called`,
  about: "Fix them here, or leave them out.",
  noCountry: (numbers: number) =>
    `${plural(numbers, "number has", "numbers have")} no country code: choose a country at “${COLUMNS.country}”.`,
  leaveOut: (rows: number) => `Leave out ${rows === 1 ? "this row" : `these ${rows} rows`}`,
  line: (line: number) => `Line ${line}`,
  numberIn: (line: number) => `Number in line ${line}`,
  correct: "Correct",
  correctLine: (line: number) => `Correct line ${line}`,
} as const;

export const PREVIEW = {
  label: "The first people on the list",
  caption: "The first people on the list; the agent gets the columns beside the number",
  number: "Number",
  more: (more: number) => `and ${count(more)} more`,
} as const;

export const REPEATS = {
  legend: "The same number more than once",
  once: "Call each number once",
} as const;

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
