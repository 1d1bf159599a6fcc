/**
 * A file's bytes as text, in pieces, so that a large file is never in memory twice. Encodings: UTF-8 with or without a
 * byte order mark, UTF-16 with one, and Windows-1252. Spreadsheets of Western Europe and the Americas save "CSV" in the
 * last one. Pure.
 */

import { Unreadable } from "./unreadable.ts";

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const PIECE_BYTES = 64 * 1_024;
const MARKS: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
/** Bytes without a character in Windows-1252: with any of them, the file has another 8-bit encoding. */
const UNUSED = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
const SAVE_AS = "save it as CSV (UTF-8)";

export const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** Throws `Unreadable` on bytes that are not in the encoding. */
export function* textOf(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false });
  for (let begin = 0; begin < bytes.length; begin += PIECE_BYTES) {
    const isLast = begin + PIECE_BYTES >= bytes.length;
    let piece: string;
    try {
      piece = decoder.decode(bytes.subarray(begin, begin + PIECE_BYTES), { stream: !isLast });
    } catch {
      throw new Unreadable(`is not ${encoding.toUpperCase()} (near line ${lineOf(bytes, begin)}): ${SAVE_AS}`);
    }
    if (piece !== "") yield piece;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    for (const _ of textOf(bytes, "utf-8"));
    return true;
  } catch {
    return false;
  }
}

/** Counts line ends, whose bytes are the same in every encoding here. */
function lineOf(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = 0; at < end; at += 1) {
    if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) line += 1;
  }
  return line;
}

/** Throws `Unreadable` for anything that is not text in a known encoding. */
export function encodingOf(bytes: Uint8Array): Encoding {
  const marked = MARKS.find(([mark]) => beginsWith(bytes, mark))?.[1];
  if (marked !== undefined) return marked;
  // UTF-16 without a mark has a zero in every other byte. Further down a zero may be part of a value.
  if (bytes.subarray(0, 64).includes(0)) throw new Unreadable(`is not a text file: ${SAVE_AS}`);
  if (isUtf8(bytes)) return "utf-8";
  const unused = bytes.findIndex((byte) => UNUSED.includes(byte));
  if (unused === -1) return "windows-1252";
  throw new Unreadable(`is neither UTF-8 nor Windows-1252 (see line ${lineOf(bytes, unused)}): ${SAVE_AS}`);
}
