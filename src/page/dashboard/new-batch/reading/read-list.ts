/** A list's bytes as the page shows them: what it was taken for, which column is what, and who is on it. */

import { formatOf } from "../../../../api/csv/file-as-read.ts";
import type { Table } from "../../../../api/list/table.ts";
import { tableOf } from "../../../../api/list/table.ts";
import { err, ok, type Result } from "../../../../calling/requests/result.ts";
import { normalise } from "../../text/phone-numbers.ts";
import { guessMapping, type Mapping, namesOf } from "../mapping.ts";
import { type People, peopleOf } from "../people.ts";

/** What a list is before it is known who is on it. */
export type Summary = {
  /** A name for each column, each another one. */
  readonly columns: readonly string[];
  /** Rows of people. */
  readonly rows: number;
  readonly format: ReturnType<typeof formatOf>;
  readonly sheets: readonly string[];
  /** The line that names the columns; null where none does. */
  readonly headerLine: number | null;
  readonly mapping: Mapping;
  /** Columns that could be the number's, where it cannot be told. */
  readonly candidates: readonly number[];
};

export type Asked = {
  /** Null: as it is guessed. */
  readonly mapping: Mapping | null;
  /** Of numbers without a country code; empty: none. */
  readonly country: string;
  /** Numbers that could be another country's, too, are at fault. */
  readonly isStrict: boolean;
  readonly corrections: ReadonlyMap<number, string>;
};

/** How many people a list may have: a message where it has more, or cannot be read, which follows the file's name. */
export async function readTable(bytes: Uint8Array, sheet: string | null, most: number): Promise<Result<Table, string>> {
  const table = await tableOf(bytes, { most, sheet });
  if (!table.ok) return table;
  if (table.value.rows.length === 0) return err("has nothing in it");
  return table.value.isCut ? err(`has more than ${most.toLocaleString("en")} rows: split it`) : ok(table.value);
}

export function summaryOf(table: Table, { mapping: chosen, country }: Asked): Summary {
  const { rows, format } = table;
  const { mapping, candidates } = guessMapping(rows, country === "" ? null : country);
  return {
    columns: namesOf(rows, mapping.header),
    rows: rows.length - (mapping.header === null ? 0 : mapping.header + 1),
    format: formatOf(table),
    sheets: format.kind === "workbook" ? format.sheets : [],
    headerLine: mapping.header === null ? null : (rows[mapping.header]?.line ?? null),
    mapping: chosen ?? mapping,
    candidates,
  };
}

export function peopleIn({ rows }: Table, mapping: Mapping, { country, isStrict, corrections }: Asked): People {
  const numberOf = (text: string) => normalise(text, country === "" ? null : country, isStrict);
  return peopleOf({ rows, mapping, corrections, normalise: numberOf });
}
