/**
 * Numbers of erased people on the do-not-call list: an HMAC-SHA256 of the number under a key of the organization's own. A
 * plain hash of a number is guessed in seconds. The key is stored sealed, if there is an `ENCRYPTION_KEY` to seal it.
 *
 * The list is asked in transactions, so the key is opened when the object wakes (`erased-key.ts`). If it does not open, every question of
 * the list throws: otherwise people would be called who must not be.
 */

import { hmac } from "fast-sha256";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import { hexOf } from "../../calling/secrets/digest.ts";
import type { Sql } from "../../storage/sql.ts";

type KeyRow = { id: string; erased_numbers_key: string | null };

const KEY = /*sql*/ `SELECT id, erased_numbers_key FROM organization WHERE only_row = 1`;
const SET_KEY = /*sql*/ `UPDATE organization SET erased_numbers_key = ? WHERE only_row = 1`;
/** No number begins like this. */
const MARK = "#";
const BEHIND_MARK = "$";
const ANY_ERASED = /*sql*/ `
  SELECT number FROM do_not_call WHERE removed_at IS NULL AND number >= '${MARK}' AND number < '${BEHIND_MARK}' LIMIT 1`;
const HASH_DIGITS = 32;
/** Letters alone: a search for a number's last digits finds none of them. */
const LETTER_OF_ZERO = "a".charCodeAt(0);

/** By the object's database. Losing it is safe: it is read when the object wakes. */
const keys = new WeakMap<Sql, Uint8Array>();

/** Whether a key is to be opened before the list is asked. */
export const hasErasedKey = (sql: Sql): boolean => sql.first<KeyRow>(KEY)?.erased_numbers_key != null;

/** As stored; null if there is none. `id`: the organization's. */
export const storedErasedKey = (sql: Sql): { readonly id: string; readonly key: string | null } => {
  const { id, erased_numbers_key: key } = sql.one<KeyRow>(KEY);
  return { id, key };
};

export const storeErasedKey = (sql: Sql, sealed: string): void => void sql.run(SET_KEY, sealed);

export const isErasedKeyOpen = (sql: Sql): boolean => keys.has(sql);

/** From now on the list can be asked. */
export const useErasedKey = (sql: Sql, key: Uint8Array): void => void keys.set(sql, key);

export const isErasedNumber = (number: string): boolean => number.startsWith(MARK);

/** What stands for the number in the list. */
export function erasedNumberOf(sql: Sql, number: string): string {
  const key = keys.get(sql);
  if (key === undefined)
    throw new Error("the key of erased numbers does not open: no ENCRYPTION_KEY that is set sealed it");
  const hex = hexOf(hmac(key, new TextEncoder().encode(phoneOf(number)))).slice(0, HASH_DIGITS);
  return MARK + [...hex].map((digit) => String.fromCharCode(LETTER_OF_ZERO + Number.parseInt(digit, 16))).join("");
}

/** Empty, and nothing is hashed, while no entry is an erased one. */
export const erasedNumbersOf = (sql: Sql, numbers: readonly string[]): Map<string, string> =>
  sql.kept(["do_not_call"], ANY_ERASED) === null
    ? new Map()
    : new Map(numbers.map((number) => [erasedNumberOf(sql, number), number]));
