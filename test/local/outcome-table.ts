/** The result of a batch: how it ended, and whether each recipient ended as their number requires. Pure. */

import { ANY_OTHER, DESTINATIONS, destinationOf, type Expectation, expectationOf } from "./destinations.ts";
import type { Recipient } from "./wire.ts";

const ERROR_WIDTH = 60;

export function isAsExpected(recipient: Recipient): boolean {
  const { status, endReason, hasErrorMessage } = expectationOf(recipient.to_number);
  return (
    recipient.status === status &&
    (endReason === null || recipient.end_reason === endReason) &&
    (recipient.error_message !== undefined) === hasErrorMessage
  );
}

export const unexpected = (recipients: readonly Recipient[]): Recipient[] =>
  recipients.filter((recipient) => !isAsExpected(recipient));

/** One line for each kind of end. */
export function outcomeTable(recipients: readonly Recipient[]): string {
  const rows = [...countBy(recipients, outcomeOf)].sort(([, a], [, b]) => b - a);
  return table(
    ["status", "end_reason or error_message", "recipients"],
    rows.map(([outcome, count]) => [...split(outcome), String(count)]),
  );
}

/** One line for each special number, and one for all others. */
export function destinationTable(recipients: readonly Recipient[]): string {
  const groups = Map.groupBy(recipients, ({ to_number }) => destinationOf(to_number));
  const rows = [...DESTINATIONS.keys(), ANY_OTHER].flatMap((destination) => {
    const group = groups.get(destination);
    if (group === undefined) return [];
    const expectation = expectationOf(destination);
    const actual = [...countBy(group, shortOutcome)].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
    const isRight = group.every(isAsExpected);
    return [[destination, expectation.carrier, expected(expectation), actual, isRight ? "ok" : "UNEXPECTED"]];
  });
  return table(["destination", "carrier", "expected", "actual", ""], rows);
}

function expected({ status, endReason, hasErrorMessage }: Expectation): string {
  if (hasErrorMessage) return `${status} (error)`;
  return endReason === null ? status : `${status} (${endReason})`;
}

function shortOutcome(recipient: Recipient): string {
  const { status, end_reason, error_message } = recipient;
  if (error_message !== undefined) return `${status} (error)`;
  // If the call was answered, it does not matter who hung up.
  return status === "completed" || end_reason === undefined ? status : `${status} (${end_reason})`;
}

const SEPARATOR = "\t";
const split = (outcome: string): string[] => outcome.split(SEPARATOR);
function outcomeOf({ status, end_reason, error_message }: Recipient): string {
  const why = error_message === undefined ? (end_reason ?? "") : clipped(error_message);
  return `${status}${SEPARATOR}${why.replaceAll(SEPARATOR, " ")}`;
}

const clipped = (text: string): string => (text.length <= ERROR_WIDTH ? text : `${text.slice(0, ERROR_WIDTH - 1)}…`);

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
