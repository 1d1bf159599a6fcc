/**
 * What stands for a person in the organization's index: 38 bits of a hash of the number, or of the `external_id`. Two people
 * may share one, so the index only names batches to ask. The same index finds calls by outcome and tags. Pure.
 */

import type { Label } from "../words/remarks.ts";
import { phoneOf } from "./same-phone.ts";

/** A whole number below 2^38. Of a person, or of a label of calls. */
export type PersonHash = number;

const BEYOND_32_BITS = 2 ** 32;
/** Of the upper half, so many are kept. They choose the bucket (`organization/batches/people-index.ts`). */
const UPPER_BITS = 6;

/** The last steps of MurmurHash3, after which each bit depends on all that came in. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Two FNV-1a hashes of 32 bits with different beginnings. */
function hashOf(text: string): PersonHash {
  let lower = 0x811c9dc5;
  let upper = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    lower = Math.imul(lower ^ code, 0x01000193);
    upper = Math.imul(upper ^ code, 0x01000193);
  }
  return (mixed(upper) >>> (32 - UPPER_BITS)) * BEYOND_32_BITS + (mixed(lower ^ mixed(upper)) >>> 0);
}

/** The same for all numbers of one phone. */
export const hashOfNumber = (number: string): PersonHash => hashOf(`n${phoneOf(number)}`);
export const hashOfExternalId = (externalId: string): PersonHash => hashOf(`x${externalId}`);

export const hashOfLabel = (label: Label): PersonHash => hashOf(`l${label}`);

type Named = { readonly to_number: string; readonly external_id?: string | null | undefined };

/** Each person once by the number, and once by the `external_id` where there is one. */
export const personHashes = (people: readonly Named[]): PersonHash[] => [
  ...new Set(
    people.flatMap(({ to_number, external_id }) =>
      external_id ? [hashOfNumber(to_number), hashOfExternalId(external_id)] : [hashOfNumber(to_number)],
    ),
  ),
];

/** Who is meant. Where both are given, both are the person's. Null: not known. */
export type PersonNamed = { readonly toNumber: string | null; readonly externalId: string | null };

export const hashesOfPerson = ({ toNumber, externalId }: PersonNamed): PersonHash[] => [
  ...(toNumber === null ? [] : [hashOfNumber(toNumber)]),
  ...(externalId === null ? [] : [hashOfExternalId(externalId)]),
];

export const isNamed = ({ toNumber, externalId }: PersonNamed, { to_number, external_id }: Named): boolean =>
  (toNumber === null || phoneOf(to_number) === phoneOf(toNumber)) &&
  (externalId === null || external_id === externalId);
