/** What is wrong with the rows of a file, in words of its lines in place of what the rows became. Pure. */

import type { Issue } from "../../calling/failure.ts";
import { inFile, type RecipientFile } from "./recipients-of-file.ts";

const RECIPIENT = /^recipients\[(\d+)\]/;

export function onLine(issue: Issue, lines: readonly number[], message = issue.message): Issue {
  const index = RECIPIENT.exec(issue.path)?.[1];
  if (index === undefined) return issue;
  const lineOf = (recipient: string) => lines[Number(recipient)] ?? 0;
  const inWords = message.replace(/recipients\[(\d+)\]/g, (_, other: string) => `line ${lineOf(other)}`);
  return inFile(lineOf(index), issue.path.replace(RECIPIENT, ""), inWords);
}

/** Fields first, then the file by its lines. `found`: what a schema said of the fields and `recipients`. */
export function allIssues({ lines, numberFaults, rowFaults }: RecipientFile, found: readonly Issue[]): Issue[] {
  // Where no row could be read, that there is nobody is not what is wrong.
  const issues = found.filter(({ path }) => path !== "recipients");
  const ofRows = issues.flatMap((issue) => {
    const [, index] = RECIPIENT.exec(issue.path) ?? [];
    if (index === undefined) return [];
    const message = issue.path.endsWith(".to_number") ? numberFaults.get(Number(index)) : undefined;
    return [onLine(issue, lines, message)];
  });
  const lineIn = ({ path }: Issue) => Number(/\d+/.exec(path)?.[0]);
  return [
    ...issues.filter(({ path }) => !RECIPIENT.test(path)),
    ...[...ofRows, ...rowFaults].sort((a, b) => lineIn(a) - lineIn(b)),
  ];
}
