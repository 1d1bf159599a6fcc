/** Which numbers of a list go on the do-not-call list, each with the list's reason. Pure. */

import { restored } from "../../../calling/csv/cells.ts";
import type { Person } from "../list/people.ts";

export type Listing = {
  readonly numbers: readonly { readonly number: string; readonly reason: string }[];
  /** In an export of the list: numbers that may be called again. */
  readonly takenOff: number;
};

type Listed = Pick<Person, "to_number" | "metadata">;

/** Upper and lower case in column names are the same. */
const cellsOf = ({ metadata }: Listed): ReadonlyMap<string, string> =>
  new Map(Object.entries(metadata).map(([name, cell]) => [name.trim().toLowerCase(), cell]));

function reasonIn(cells: ReadonlyMap<string, string>): string {
  const reason = cells.get("reason") ?? "";
  const isExport = cells.has("added_at") && cells.has("added_by");
  return isExport ? restored(reason) : reason;
}

/** A number that occurs twice is listed once. */
export function listingOf(people: readonly Listed[]): Listing {
  const reasons = new Map<string, string>();
  let takenOff = 0;
  for (const person of people) {
    const cells = cellsOf(person);
    if (cells.has("removed_at")) takenOff += 1;
    else reasons.set(person.to_number, reasons.get(person.to_number) || reasonIn(cells));
  }
  return { numbers: [...reasons].map(([number, reason]) => ({ number, reason })), takenOff };
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** In the service's format, so that all numbers are listed or none. */
export const fileOf = ({ numbers }: Listing): string =>
  ["number,reason", ...numbers.map(({ number, reason }) => `${number},${quoted(reason)}`)].join("\r\n");
