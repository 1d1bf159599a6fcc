/** A list as the service reads it from a form. */

import { RECIPIENTS, type Reading, recipientsOfFile } from "../../../src/api/csv/recipients-of-file.ts";
import { tableOf } from "../../../src/api/list/table.ts";

const USUAL: Reading = { country: null, numberColumn: null, rows: RECIPIENTS, isStrict: false };

export async function resultOf(file: string | Uint8Array, reading: Partial<Reading> & { sheet?: string } = {}) {
  const { sheet = null, ...given } = reading;
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const asked = { ...USUAL, ...given };
  const table = await tableOf(bytes, { most: asked.rows.most, sheet });
  return table.ok ? recipientsOfFile(table.value, asked) : table;
}

export async function fileOf(file: string | Uint8Array, reading: Parameters<typeof resultOf>[1] = {}) {
  const found = await resultOf(file, reading);
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
}
