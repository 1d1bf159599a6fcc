/** Applies a change to an account (`PATCH` of a provider). Pure. */

import { secretsToEnterAgain } from "../calling/numbers/destinations.ts";
import type { Failure } from "../calling/requests/failure.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { type AccountChange, type CarrierAccount, carrierNamed } from "./carriers.ts";

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Given fields of an object are changed; other values are replaced. */
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
 * The changed account. Absent fields are left unchanged, in nested objects too. Fails if a new part lacks a field, or
 * if a secret would go to a new address without being given again.
 */
export function changedAccount(before: CarrierAccount, change: AccountChange): Result<CarrierAccount, Failure> {
  const { carrier, ...fields } = before;
  const definition = carrierNamed(carrier);
  const read = definition.fields.safeParse(merged(fields, change));
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return err({ kind: "invalid", issues });
  }
  const issues = secretsToEnterAgain(definition.sends, fields, read.data, change);
  return issues.length === 0 ? ok({ carrier, ...read.data } as CarrierAccount) : err({ kind: "invalid", issues });
}
