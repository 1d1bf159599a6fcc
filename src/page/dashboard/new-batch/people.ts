/** Who is on the list, and which rows are nobody. Pure. */

import type { Normalised } from "../text/phone-numbers.ts";
import { columnNames, type Mapping } from "./mapping.ts";
import type { Row } from "./table.ts";

export type Person = {
  readonly line: number;
  readonly to_number: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly timezone: string | null;
};
export type Fault = { readonly line: number; readonly written: string; readonly problem: string };
export type People = {
  readonly people: readonly Person[];
  readonly faults: readonly Fault[];
  /** Numbers that stand on the list more than once, beyond the first time. */
  readonly repeats: number;
};

export type Reading = {
  readonly rows: readonly Row[];
  readonly mapping: Mapping;
  /** By line: what somebody wrote in place of a number that was at fault. */
  readonly corrections: ReadonlyMap<number, string>;
  readonly normalise: (text: string) => Normalised;
  readonly isTimeZone: (name: string) => boolean;
};

export function peopleOf({ rows, mapping, corrections, normalise, isTimeZone }: Reading): People {
  const { hasNames, numberColumn, timezoneColumn } = mapping;
  const names = columnNames(rows, mapping);
  const people: Person[] = [];
  const faults: Fault[] = [];
  for (const { line, cells } of rows.slice(hasNames ? 1 : 0)) {
    const written = corrections.get(line) ?? cells[numberColumn] ?? "";
    const number = normalise(written);
    const timezone = timezoneColumn === null ? "" : (cells[timezoneColumn] ?? "").trim();
    if (!number.ok) faults.push({ line, written, problem: number.problem });
    else if (timezone !== "" && !isTimeZone(timezone)) {
      faults.push({ line, written, problem: `has a time zone that there is not: ${timezone}` });
    } else {
      const metadata = Object.fromEntries(
        names.flatMap((name, column) => {
          const value = (cells[column] ?? "").trim();
          return column === numberColumn || column === timezoneColumn || value === "" ? [] : [[name, value]];
        }),
      );
      people.push({ line, to_number: number.number, metadata, timezone: timezone === "" ? null : timezone });
    }
  }
  return { people, faults, repeats: people.length - new Set(people.map(({ to_number }) => to_number)).size };
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
