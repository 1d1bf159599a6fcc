/**
 * What stands for a person in the organization's index: 38 bits of a hash of the number, or of the `external_id`. Two people
 * may share one, so the index only names batches to ask. The same index finds calls by outcome and tags. Pure.
 */

import type { Label } from "../words/remarks.ts";
import { phoneOf } from "./same-phone.ts";
import { hashOfText } from "./text-hash.ts";

/** A whole number below 2^38: its upper bits choose the bucket (`organization/batches/people-index.ts`). Of a person, or of a label of calls. */
export type PersonHash = number;

/** The same for all numbers of one phone. */
export const hashOfNumber = (number: string): PersonHash => hashOfText(`n${phoneOf(number)}`);
export const hashOfExternalId = (externalId: string): PersonHash => hashOfText(`x${externalId}`);

export const hashOfLabel = (label: Label): PersonHash => hashOfText(`l${label}`);

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
