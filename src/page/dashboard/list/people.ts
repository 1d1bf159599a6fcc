/** The people on the list, and the rows that are not. Pure. */

import type { Row } from "../../../api/list/rows.ts";
import { restored } from "../../../calling/csv/cells.ts";
import type { OtherCountry } from "../../../calling/numbers/written-number.ts";
import { MAX_EXTERNAL_ID_CHARACTERS } from "../../../calling/requests/limits.ts";
import { ok, type Result } from "../../../calling/requests/result.ts";
import { readTimeZone } from "../../../window/time-zones.ts";
import type { Normalised } from "../text/phone-numbers.ts";
import { type Mapping, metadataKeys, namesOf } from "./mapping.ts";

export type Person = {
  readonly line: number;
  readonly to_number: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly timezone: string | null;
  readonly externalId: string | null;
};
export type Fault = {
  readonly line: number;
  readonly written: string;
  readonly problem: string;
  readonly needsCountry?: true;
};
/** A number without a country code that could also be another country's. */
export type Doubtful = { readonly line: number; readonly number: string; readonly otherwise: OtherCountry };
/** `first` of `count`. */
export type Doubts = { readonly count: number; readonly first: readonly Doubtful[] };
export type People = {
  readonly people: readonly Person[];
  readonly faults: readonly Fault[];
  /** Repeated occurrences of numbers on the list. */
  readonly repeats: number;
  readonly doubts: Doubts;
};

export type Reading = {
  readonly rows: readonly Row[];
  readonly mapping: Mapping;
  /** By line: the user's correction of a wrong number. */
  readonly corrections: ReadonlyMap<number, string>;
  readonly normalise: (text: string) => Normalised;
};

const DOUBTS_NAMED = 5;
const NOBODY: People = { people: [], faults: [], repeats: 0, doubts: { count: 0, first: [] } };

const cellOf = ({ cells }: Row, column: number | null): string => (column === null ? "" : (cells[column] ?? "").trim());

const zoneIn = (cell: string): Result<string | null, string> => (cell === "" ? ok(null) : readTimeZone(cell));

const orNull = (text: string): string | null => (text === "" ? null : text);

export function peopleOf({ rows, mapping, corrections, normalise }: Reading): People {
  const { header, numberColumn, timezoneColumn, externalIdColumn } = mapping;
  if (numberColumn === null) return NOBODY;
  const keys = metadataKeys(namesOf(rows, header), mapping);
  /** An export has an apostrophe before text that a spreadsheet would run. */
  const said = (cell: string) => (mapping.isExport ? restored(cell) : cell);
  const people: Person[] = [];
  const faults: Fault[] = [];
  const doubtful: Doubtful[] = [];
  const lineOf = new Map<string, number>();
  const idProblem = (id: string): string | null => {
    if (id.length > MAX_EXTERNAL_ID_CHARACTERS)
      return `has an id of more than ${MAX_EXTERNAL_ID_CHARACTERS} characters`;
    const first = lineOf.get(id);
    return first === undefined ? null : `has the id of line ${first} again: ${id}`;
  };
  for (const row of rows.slice(header === null ? 0 : header + 1)) {
    const { line } = row;
    const written = corrections.get(line) ?? cellOf(row, numberColumn);
    const number = normalise(written);
    const timezone = zoneIn(cellOf(row, timezoneColumn));
    const id = said(cellOf(row, externalIdColumn));
    const problem =
      row.fault ?? (!number.ok ? number.problem : timezone.ok ? idProblem(id) : `time zone ${timezone.failure}`);
    if (!number.ok || !timezone.ok || problem !== null) {
      const isNational = !number.ok && number.needsCountry === true;
      faults.push({ line, written, problem: problem ?? "", ...(isNational ? { needsCountry: true } : {}) });
      continue;
    }
    if (id !== "") lineOf.set(id, line);
    const { otherwise } = number;
    if (otherwise !== null) doubtful.push({ line, number: number.number, otherwise });
    const metadata = Object.fromEntries(
      keys.flatMap((key, column) => {
        const value = said(cellOf(row, column));
        return key !== null && value !== "" ? [[key, value]] : [];
      }),
    );
    people.push({ line, to_number: number.number, metadata, timezone: timezone.value, externalId: orNull(id) });
  }
  const repeats = people.length - new Set(people.map(({ to_number }) => to_number)).size;
  return { people, faults, repeats, doubts: { count: doubtful.length, first: doubtful.slice(0, DOUBTS_NAMED) } };
}
