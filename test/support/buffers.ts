/** SQLite in Node takes and gives arrays of bytes, the platform's buffers. */

import type { SQLOutputValue } from "node:sqlite";

export type Bound = string | number | null | ArrayBuffer;

export const bound = (value: Bound) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);

const given = (value: SQLOutputValue) =>
  value instanceof Uint8Array ? value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) : value;

export const withBuffers = (row: Record<string, SQLOutputValue>) => {
  for (const name in row) {
    const value = row[name];
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(row).map(([name, one]) => [name, given(one)]));
  }
  return row;
};
