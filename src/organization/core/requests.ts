/** What each request that changes slots, rules or announcements makes of the organization, and the answer. In a transaction. */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import {
  ABOUT_NOBODY,
  type ClearanceAnswer,
  type ClearanceRequest,
  NO_CONTACT_RULES,
} from "../../calling/messages/clearance.ts";
import { contactRulesOf } from "../../calling/messages/retry-policy.ts";
import { type BatchReport, mostForBatches, type ReportAnswer } from "../../calling/messages/slots.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { isRule } from "../../window/contact-rules.ts";
import { storeRecord } from "../acts/act-rows.ts";
import { settleOrder } from "../admission/admission.ts";
import { clear } from "../admission/clearance.ts";
import { announce, arrive, meaningOfKey, REUSED } from "../batches/announcements.ts";
import { putSummary } from "../batches/batch-index.ts";
import { DELETED } from "../batches/deletions.ts";
import { rememberPeople } from "../batches/people-index.ts";
import { webhookTargets } from "../configuration/webhooks.ts";
import type { BatchRequest } from "../messages/calling.ts";
import type { OrganizationChange } from "../messages/organization.ts";
import { remembersContacts } from "../people/contacts.ts";
import { newestEntry } from "../people/do-not-call.ts";
import type { Spread } from "../people/rule-notices.ts";
import { type HourChange, takeDirectSums, takeSums } from "../reports/sums.ts";
import { changeRules, readContactRules } from "../rules/rules.ts";
import { capacityOf, changeProfile, countBatch, isLeaving, LEAVING, readProfile } from "../store/profile.ts";
import type { Organization } from "./organization.ts";

/** The rules that are new, to be spread; null where none is. Batches are told of more slots, too, but nothing waits for that. */
export function changed(organization: Organization, change: OrganizationChange, now: number): Spread | null {
  const { sql, slots } = organization;
  const most = mostForBatches(organization.capacity);
  const capacity = capacityOf(changeProfile(sql, change));
  slots.grant(capacity);
  organization.retention.changed();
  const namesRules = changeRules(sql, change, now);
  remembersContacts(sql, isRule(readContactRules(sql)), now);
  const mustHold = namesRules || change.calling_window !== undefined;
  const spread = mustHold || mostForBatches(capacity) > most ? organization.spread(true) : null;
  return mustHold ? spread : null;
}

/** `spread`: of the first rule for numbers, which batches do not ask about yet. */
export type Announced = { readonly order: Result<BatchOrder, Failure>; readonly spread: Spread | null };

export function announced(organization: Organization, request: BatchRequest, now: number): Announced {
  const { sql } = organization;
  if (isLeaving(sql)) return { order: err(LEAVING), spread: null };
  if (request.idempotency !== null) {
    const meaning = meaningOfKey(sql, request.idempotency, now);
    if (meaning.kind === "repeat") return { order: ok(meaning.order), spread: null };
    if (meaning.kind === "reused") return { order: err(REUSED), spread: null };
    if (meaning.kind === "deleted") return { order: err(DELETED), spread: null };
  }
  const order = settleOrder(sql, readProfile(sql), request, now);
  if (!order.ok) return { order, spread: null };
  const left = new Set(order.value.doNotCall);
  const recipients = request.numbers.filter((number) => !left.has(number)).length;
  announce(sql, order.value, recipients, request.idempotency, newestEntry(sql), now);
  rememberPeople(sql, order.value.createdAt, request.people, true);
  countBatch(sql, recipients, order.value.createdAt);
  const isNewRule = remembersContacts(sql, isRule(contactRulesOf(order.value.retryPolicy)), now) === "begins";
  return { order, spread: isNewRule ? organization.spread() : null };
}

export function reported(
  organization: Organization,
  { summary, slots, atRest, sums = [], acts = [] }: BatchReport,
  now: number,
): { readonly answer: ReportAnswer; readonly changes: readonly HourChange[]; readonly isGrant: boolean } {
  const { sql, sweep, notices, capacity } = organization;
  for (const act of acts) storeRecord(sql, act);
  // Direct calls are in no list.
  if (slots.direct || putSummary(sql, summary, atRest)) arrive(sql, summary.id);
  const of = { agentId: summary.agent_id, numberId: summary.from_number_id };
  const changes = slots.direct
    ? takeDirectSums(sql, summary.createdAt, { ...of, batchAt: 0 }, sums)
    : takeSums(sql, { ...of, batchAt: summary.createdAt }, sums);
  const answer = organization.slots.hear(slots, capacity, now);
  if (atRest) organization.retention.isOver();
  else {
    sweep.reported(slots.batchId, now);
    notices.consider(summary.id, summary.createdAt);
  }
  const isGrant = slots.open && !slots.granted && answer.grantedRequest === slots.requestNumber;
  const question = { batchId: slots.batchId, fromNumberId: of.numberId, rules: NO_CONTACT_RULES, ...ABOUT_NOBODY };
  const free = isGrant ? { isFree: cleared(organization, question, now).isFree } : {};
  return { answer: { ...answer, webhooks: webhookTargets(sql, summary.agent_id), ...free }, changes, isGrant };
}

export function cleared(organization: Organization, request: ClearanceRequest, now: number): ClearanceAnswer {
  const { sql } = organization;
  const { answer, isNewRule } = clear(sql, readContactRules(sql), request, now);
  if (isNewRule) organization.spread();
  return answer;
}
