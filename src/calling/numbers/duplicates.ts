/**
 * The same number several times in a batch, for example after merging lists badly: it should not be called twice.
 * Not in the published API.
 */

import type { Failure, Issue } from "../requests/failure.ts";
import { err, ok, type Result } from "../requests/result.ts";
import { phoneOf } from "./same-phone.ts";

/**
 * `allow`: each is a recipient, as in the published API. `skip`: only the first counts. `reject`: the request is
 * refused.
 */
export const ON_DUPLICATE = ["allow", "skip", "reject"] as const;
export type OnDuplicate = (typeof ON_DUPLICATE)[number];

export type Deduplicated<Recipient> = { readonly recipients: readonly Recipient[]; readonly skipped: number };

/** Leaves out recipients whose number is on the do-not-call list. */
export const withoutListed = <Recipient extends { readonly to_number: string }>(
  recipients: readonly Recipient[],
  doNotCall: readonly string[],
): Recipient[] => {
  const listed = new Set(doNotCall);
  return recipients.filter(({ to_number }) => !listed.has(to_number));
};

/**
 * `present`: numbers that the batch already has. `positions`: of the recipients in the request, if only some of them
 * are checked.
 */
export function deduplicated<Recipient extends { readonly to_number: string }>(
  recipients: readonly Recipient[],
  onDuplicate: OnDuplicate,
  present: readonly string[] = [],
  positions: readonly number[] = recipients.map((_, index) => index),
): Result<Deduplicated<Recipient>, Failure> {
  if (onDuplicate === "allow") return ok({ recipients, skipped: 0 });
  const isPresent = new Set(present.map(phoneOf));
  const firstOf = new Map<string, number>();
  const issues: Issue[] = [];
  const kept = recipients.filter(({ to_number }, index) => {
    const position = positions[index] ?? index;
    const phone = phoneOf(to_number);
    const first = firstOf.get(phone);
    if (first === undefined && !isPresent.has(phone)) {
      firstOf.set(phone, position);
      return true;
    }
    const message =
      first === undefined
        ? "is already the number of a recipient of this batch"
        : `is the same number as recipients[${first}]`;
    issues.push({ path: `recipients[${position}].to_number`, message });
    return false;
  });
  if (onDuplicate === "reject" && issues.length > 0) return err({ kind: "invalid", issues });
  return ok({ recipients: kept, skipped: issues.length });
}

/** Null if each `external_id` occurs once in the list. */
export function externalIdProblem(recipients: readonly { readonly external_id: string | null }[]): Failure | null {
  const firstOf = new Map<string, number>();
  const issues: Issue[] = [];
  recipients.forEach(({ external_id: id }, position) => {
    if (id === null) return;
    const first = firstOf.get(id);
    if (first === undefined) firstOf.set(id, position);
    else {
      const path = `recipients[${position}].external_id`;
      issues.push({ path, message: `is the same external_id as recipients[${first}]` });
    }
  });
  return issues.length === 0 ? null : { kind: "invalid", issues };
}
