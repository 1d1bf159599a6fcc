/** Issues with the rows of a file, reported by their lines. Pure. */

import type { Issue } from "../../calling/requests/failure.ts";
import { inFile, type RecipientFile } from "./recipients-of-file.ts";

const RECIPIENT = /^recipients\[(\d+)\]/;

type Placed = Pick<RecipientFile, "lines" | "columnOf">;

export function onLine(issue: Issue, { lines, columnOf }: Placed, message = issue.message): Issue {
  const index = RECIPIENT.exec(issue.path)?.[1];
  if (index === undefined) return issue;
  const field = issue.path.replace(RECIPIENT, "");
  const lineOf = (recipient: string) => lines[Number(recipient)] ?? 0;
  const inWords = message.replace(/recipients\[(\d+)\]/g, (_, other: string) => `line ${lineOf(other)}`);
  return inFile(lineOf(index), field, columnOf[field.slice(1)] ?? null, inWords);
}

/**
 * Issues with fields first, then those of the file by line. `found`: the schema's issues with the fields and
 * `recipients`.
 */
export function allIssues(file: RecipientFile, found: readonly Issue[]): Issue[] {
  const { numberFaults, rowFaults } = file;
  // If no row could be read, "no recipients" is not the cause.
  const issues = found.filter(({ path }) => path !== "recipients");
  const ofRows = issues.flatMap((issue) => {
    const [, index] = RECIPIENT.exec(issue.path) ?? [];
    if (index === undefined) return [];
    const message = issue.path.endsWith(".to_number") ? numberFaults.get(Number(index)) : undefined;
    return [onLine(issue, file, message)];
  });
  const lineIn = ({ path }: Issue) => Number(/\d+/.exec(path)?.[0]);
  return [
    ...issues.filter(({ path }) => !RECIPIENT.test(path)),
    ...[...ofRows, ...rowFaults].sort((a, b) => lineIn(a) - lineIn(b)),
  ];
}
