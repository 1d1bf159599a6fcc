/** A list's bytes as the page shows them: its format, the meaning of its columns, and its people. */

import { formatOf } from "../../../../api/csv/file-as-read.ts";
import type { Table } from "../../../../api/list/table.ts";
import { tableOf } from "../../../../api/list/table.ts";
import { err, ok, type Result } from "../../../../calling/requests/result.ts";
import { normalise } from "../../text/phone-numbers.ts";
import { guessMapping, type Mapping, namesOf } from "../mapping.ts";
import { type People, peopleOf } from "../people.ts";

/** A list's properties without its people. */
export type Summary = {
  /** A unique name for each column. */
  readonly columns: readonly string[];
  /** Rows of people. */
  readonly rows: number;
  readonly format: ReturnType<typeof formatOf>;
  readonly sheets: readonly string[];
  /** The line with the columns' names; null without one. */
  readonly headerLine: number | null;
  readonly mapping: Mapping;
  /** If the number's column is ambiguous: the possible ones. */
  readonly candidates: readonly number[];
};

export type Asked = {
  /** Null: as guessed. */
  readonly mapping: Mapping | null;
  /** For numbers without a country code; empty: none. */
  readonly country: string;
  /** Numbers that could also be another country's count as errors. */
  readonly isStrict: boolean;
  readonly corrections: ReadonlyMap<number, string>;
};

/**
 * `most`: how many people a list may have. Fails with a message that follows the file's name, if it has more or cannot
 * be read.
 */
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
