/**
 * Splits a JSON object with one long list before it is parsed: the list's items one by one, and the object without
 * them. So of a large body only one item at a time is in memory as text and as values. Pure.
 */

import { joined } from "./bytes.ts";

export type SplitList = {
  /** The object, with an empty list. */
  readonly rest: Uint8Array;
  readonly length: number;
  /** Throws if the item is not JSON, or not UTF-8. */
  readonly itemAt: (index: number) => unknown;
};

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
/** A bracket and a brace differ only in this bit. */
const BRACE_BIT = 0x20;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Null if the field is missing, is not a list, occurs twice, or is spelled with an escape. Does not check that the text
 * is JSON: errors show up in the rest or in an item.
 */
export function splitList(bytes: Uint8Array, field: string): SplitList | null {
  const name = new TextEncoder().encode(`"${field}"`);
  /** From the list's opening bracket to its closing one. */
  let list: { readonly open: number; close: number } | null = null;
  /** Where each item ends; the next one begins after it. */
  const ends: number[] = [];
  let depth = 0;
  let isKey = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (depth === 1 && isKey) {
        if (bytes.subarray(at, end).includes(BACKSLASH)) return null;
        isKey = false;
        if (isSame(bytes, at, end, name)) {
          const open = afterColon(bytes, end);
          if (list !== null || bytes[open] !== LIST) return null;
          list = { open, close: 0 };
          depth = 2;
          at = open;
          continue;
        }
      }
      at = end - 1;
    } else if (byte === COMMA) {
      if (depth === 1) isKey = true;
      else if (depth === 2 && list?.close === 0) ends.push(at);
    } else if ((byte | BRACE_BIT) === BRACE) {
      depth += 1;
      if (depth === 1) isKey = true;
    } else if ((byte | BRACE_BIT) === BRACE_END) {
      depth -= 1;
      if (depth !== 1 || list?.close !== 0) continue;
      if (byte !== LIST_END) return null;
      list.close = at;
    }
  }
  if (list === null || list.close === 0) return null;
  const { open, close } = list;
  const isEmpty = ends.length === 0 && bytes.subarray(open + 1, close).every(isSpace);
  if (!isEmpty) ends.push(close);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    rest: joined([bytes.subarray(0, open + 1), bytes.subarray(close)]),
    length: ends.length,
    itemAt: (index) => {
      const start = (index === 0 ? open : (ends[index - 1] ?? 0)) + 1;
      return JSON.parse(decoder.decode(bytes.subarray(start, ends[index])));
    },
  };
}

/** The position after the closing quotation mark. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(bytes.length, at + 1);
}

/** Where the value begins whose key ends at `at`. */
function afterColon(bytes: Uint8Array, at: number): number {
  let value = at;
  while (isSpace(bytes[value])) value += 1;
  if (bytes[value] !== COLON) return -1;
  value += 1;
  while (isSpace(bytes[value])) value += 1;
  return value;
}

const isSame = (bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean =>
  end - start === name.length && name.every((byte, index) => bytes[start + index] === byte);
