/** What the organization knows about how a batch would go if it were created now. Reads only. */

import type { Outlook } from "../../calling/messages/outlook.ts";
import { contactRulesOf } from "../../calling/messages/retry-policy.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { priorityOf } from "../../calling/words/priority.ts";
import type { Sql } from "../../storage/sql.ts";
import { isRule, stricter } from "../../window/contact-rules.ts";
import { providerOf } from "../configuration/phone-numbers.ts";
import { type Holding, prospectOf } from "../ledger/ledger.ts";
import type { BatchRequest } from "../messages/calling.ts";
import { contactsAmong } from "../people/contacts.ts";
import { Pace } from "../rules/pace.ts";
import { readContactRules } from "../rules/rules.ts";
import { capacityOf, readProfile } from "../store/profile.ts";
import { settleOrder } from "./admission.ts";

/** Refuses what a create would refuse, in the same words. */
export function outlookOf(
  sql: Sql,
  request: BatchRequest,
  holdings: Iterable<Holding>,
  now: number,
): Result<Outlook, Failure> {
  const profile = readProfile(sql);
  const settled = settleOrder(sql, profile, request, now);
  if (!settled.ok) return settled;
  const order = settled.value;
  const rules = stricter(readContactRules(sql), contactRulesOf(order.retryPolicy));
  const pace = new Pace(sql, providerOf(sql, order.from_number_id), order.from_number_id);
  return ok({
    now,
    order,
    callingWindow: profile.calling_window,
    rules,
    contacts: isRule(rules) ? contactsAmong(sql, request.numbers, rules) : new Map(),
    pace: pace.prospect(now),
    slots: prospectOf(capacityOf(profile), holdings, {
      createdAt: order.createdAt,
      priority: priorityOf(order),
      slots: order.target_concurrency_limit,
    }),
  });
}
