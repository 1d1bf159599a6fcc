/**
 * Answers a batch that asks whether it may dial people now (`calling/messages/clearance.ts`). Runs inside one
 * transaction, which records the contacts and takes the pace's tokens.
 */

import type {
  Candidate,
  ClearanceAnswer,
  ClearanceRequest,
  ContactRules,
  Verdict,
} from "../../calling/messages/clearance.ts";
import { FREE_MS, LEAVES_WITHIN_MS, PACE_AHEAD_MS } from "../../calling/messages/clearance.ts";
import type { Sql } from "../../storage/sql.ts";
import { type ContactWait, contactWait, isRule, stricter } from "../../window/contact-rules.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import { providerOf } from "../configuration/phone-numbers.ts";
import { contactsWith, forgetContact, recordContact, remembersContacts } from "../people/contacts.ts";
import { hasListed, listedAmong } from "../people/do-not-call.ts";
import { Pace } from "../rules/pace.ts";

/** `isNewRule`: other batches that may dial must be told to ask first. */
export type Decided = { readonly answer: ClearanceAnswer; readonly isNewRule: boolean };

/** `floor`: the organization's own rules. */
export function clear(sql: Sql, floor: ContactRules, request: ClearanceRequest, now: number): Decided {
  const { batchId, candidates, fromNumberId, atMost } = request;
  let cleared = 0;
  const rules = stricter(floor, request.rules);
  const memory = remembersContacts(sql, isRule(rules), now);
  const remembers = memory !== "no";
  const pace = new Pace(sql, providerOf(sql, fromNumberId), fromNumberId);
  if (remembers) for (const contact of request.unused) forgetContact(sql, batchId, contact);
  if (request.isThrottled) pace.throttle(now);

  const hasList = hasListed(sql);
  const listed = hasList
    ? listedAmong(
        sql,
        candidates.map(({ number }) => number),
      )
    : new Set<string>();
  const verdictOf = (candidate: Candidate): Verdict => {
    if (listed.has(candidate.number)) return { kind: "barred" };
    // Calls made while batches did not have to ask were not recorded, so wait until such calls are past.
    if (memory === "begins") return { kind: "wait", until: now + FREE_MS, reason: "contact_gap" };
    const wait = remembers ? waitFor(sql, rules, batchId, candidate, now) : null;
    if (wait !== null) return { kind: "wait", ...wait };
    if (cleared === atMost) return { kind: "spare" };
    const at = pace.nextAt(now);
    if (at > now + PACE_AHEAD_MS) return { kind: "paced", until: at - PACE_AHEAD_MS };
    pace.take(at);
    cleared += 1;
    if (remembers) recordContact(sql, batchId, candidate, at, isRule(request.rules));
    return { kind: "clear", at };
  };
  const verdicts = candidates.map(verdictOf);
  pace.store();
  const isFree = !hasList && !remembers && !pace.isLimited;
  return { answer: { decidedAt: now, verdicts, isFree, isRemembered: remembers }, isNewRule: memory === "begins" };
}

/**
 * A batch's own rule binds only that batch, but counts the calls of all batches. So other batches wait until a call
 * that was cleared by such a rule has left. Otherwise that call could come just after theirs.
 */
function waitFor(
  sql: Sql,
  rules: ContactRules,
  batchId: string,
  { number, timezone, ...attempt }: Candidate,
  now: number,
): ContactWait | null {
  const { times, ruledAt } = contactsWith(sql, batchId, { number, ...attempt });
  const wait = contactWait(rules, times, zonesOfCallee(number, timezone), now);
  const hasLeftAt = ruledAt === null ? now : ruledAt + LEAVES_WITHIN_MS;
  return hasLeftAt > (wait?.until ?? now) ? { until: hasLeftAt, reason: "contact_gap" } : wait;
}
