/** An account with a change made to it (`PATCH` of a provider). Pure. */

import type { z } from "zod";
import { present } from "../calling/assert.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { type AccountChange, type CarrierAccount, carrierNamed } from "./carriers.ts";

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Of an object those fields are changed that are given; anything else is replaced. */
const merged = (before: Fields, change: Fields): Fields => ({
  ...before,
  ...Object.fromEntries(
    Object.entries(change).map(([name, value]) => {
      const old = before[name];
      return [name, isObject(old) && isObject(value) ? merged(old, value) : value];
    }),
  ),
});

/**
 * The account with the change made to it. What is not given stays, in nested objects too: secrets cannot be read, so nobody
 * could write them again. A failure where a part that is new lacks a field.
 */
export function changedAccount(
  before: CarrierAccount,
  change: AccountChange,
): Result<CarrierAccount, z.core.$ZodIssue> {
  const { carrier, ...fields } = before;
  const read = carrierNamed(carrier).fields.safeParse(merged(fields, change));
  if (read.success) return ok({ carrier, ...read.data } as CarrierAccount);
  return err(present(read.error.issues[0], "what cannot be read has an issue"));
}
