/** A file's bytes as text: UTF-8 with or without its mark, or UTF-16 with one, as spreadsheets save it. Pure. */

import { err, ok, type Result } from "../../calling/result.ts";

const UTF16: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
/** Every workbook is a zip file. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** Without the mark; a message where it cannot be read. */
export function textOf(bytes: Uint8Array): Result<string, string> {
  if (beginsWith(bytes, ZIP)) return err("is a workbook, not CSV: save it as CSV (UTF-8)");
  const encoding = UTF16.find(([mark]) => beginsWith(bytes, mark))?.[1] ?? "utf-8";
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    const before = new TextDecoder(encoding).decode(bytes).split("\ufffd", 1)[0] ?? "";
    const line = before.split(/\r\n|\n|\r/).length;
    return err(`is not ${encoding.toUpperCase()} (see line ${line}): save it as CSV (UTF-8)`);
  }
  // UTF-16 without its mark has one in every other place; in a value further down it is somebody's own.
  return text.slice(0, 64).includes("\0") ? err("is not a text file: save it as CSV (UTF-8)") : ok(text);
}
