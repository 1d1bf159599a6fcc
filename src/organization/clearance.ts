/**
 * Whether people may be dialed now: what a batch's question (`calling/clearance.ts`) is answered with. Called inside one
 * transaction, which records who will be called and takes the tokens of the pace.
 */

import type { Candidate, ClearanceAnswer, ClearanceRequest, ContactRules, Verdict } from "../calling/clearance.ts";
import { PACE_AHEAD_MS } from "../calling/clearance.ts";
import type { Sql } from "../storage/sql.ts";
import { zonesOfNumber } from "../window/zones-of-number.ts";
import { contactWait, isRule, stricter } from "./contact-rules.ts";
import { contactsWith, forgetContact, recordContact, remembersContacts } from "./contacts.ts";
import { hasListed, listedAmong } from "./do-not-call.ts";
import { Pace } from "./pace.ts";
import { findPhoneNumber } from "./phone-numbers.ts";

/** `floor`: the organization's own rules. */
export function clear(sql: Sql, floor: ContactRules, request: ClearanceRequest, now: number): ClearanceAnswer {
  const { batchId, candidates, fromNumberId } = request;
  const rules = stricter(floor, request.rules);
  const remembers = remembersContacts(sql, isRule(rules), now);
  const pace = new Pace(sql, findPhoneNumber(sql, fromNumberId)?.provider.id ?? null, fromNumberId);
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
    const at = pace.nextAt(now);
    const wait = remembers ? waitFor(sql, rules, batchId, candidate, now) : null;
    if (wait !== null) return { kind: "wait", ...wait };
    if (at > now + PACE_AHEAD_MS) return { kind: "paced", until: at - PACE_AHEAD_MS };
    pace.take(at);
    if (remembers) recordContact(sql, batchId, candidate, at);
    return { kind: "clear", at };
  };
  const verdicts = candidates.map(verdictOf);
  pace.store();
  return { verdicts, isFree: !hasList && !remembers && !pace.isLimited, isRemembered: remembers };
}

function waitFor(sql: Sql, rules: ContactRules, batchId: string, candidate: Candidate, now: number) {
  const zones = candidate.timezone === null ? zonesOfNumber(candidate.number) : [candidate.timezone];
  return contactWait(rules, contactsWith(sql, batchId, candidate), zones, now);
}
