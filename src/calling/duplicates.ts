/** The same number more than once in a batch: nobody wants to be called twice because a list was merged badly. Ours. */

import type { Failure, Issue } from "./failure.ts";
import { err, ok, type Result } from "./result.ts";

/** `allow`: as the published API does, each is a recipient. `skip`: the first one counts. `reject`: the request is refused. */
export const ON_DUPLICATE = ["allow", "skip", "reject"] as const;
export type OnDuplicate = (typeof ON_DUPLICATE)[number];

export type Deduplicated<Recipient> = { readonly recipients: readonly Recipient[]; readonly skipped: number };

export function deduplicated<Recipient extends { readonly to_number: string }>(
  recipients: readonly Recipient[],
  onDuplicate: OnDuplicate,
): Result<Deduplicated<Recipient>, Failure> {
  if (onDuplicate === "allow") return ok({ recipients, skipped: 0 });
  const firstOf = new Map<string, number>();
  const issues: Issue[] = [];
  const kept = recipients.filter(({ to_number }, position) => {
    const first = firstOf.get(to_number);
    if (first === undefined) {
      firstOf.set(to_number, position);
      return true;
    }
    issues.push({ path: `recipients[${position}].to_number`, message: `is the number of recipients[${first}] again` });
    return false;
  });
  if (onDuplicate === "reject" && issues.length > 0) return err({ kind: "invalid", issues });
  return ok({ recipients: kept, skipped: issues.length });
}
