/**
 * Checks of a new batch that only the organization can make: agent, number, limit and budget. Also settles what the
 * batch is called with. Pure but for the reads. Published API: `POST /agents/calls/batches`.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import { policyProblem } from "../../calling/messages/retry-policy.ts";
import { aboveCapacity, mostForBatches } from "../../calling/messages/slots.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newBatchId } from "../../calling/secrets/ids.ts";
import { priorityOf } from "../../calling/words/priority.ts";
import type { Carrier } from "../../dialer/carrier.ts";
import { carrierNamed, type ShownAccount } from "../../dialer/carriers.ts";
import { accountProblem, connectionProblem } from "../../dialer/connection-problem.ts";
import type { Sql } from "../../storage/sql.ts";
import { findAgent } from "../configuration/agents.ts";
import { findPhoneNumber } from "../configuration/phone-numbers.ts";
import { webhookTargets } from "../configuration/webhooks.ts";
import type { BatchRequest } from "../messages/calling.ts";
import { listedAmong } from "../people/do-not-call.ts";
import { capacityOf, type Profile } from "../store/profile.ts";
import { usualTarget } from "./usual-target.ts";

/** Creation times are unique in the organization, so age orders any two batches. */
export const nextCreation = (profile: Profile, now: number): number => Math.max(now, profile.newestBatchAt + 1);

export type Caller = { readonly carrier: Carrier; readonly account: ShownAccount };

/** The carrier of calls from this number. Fails if that carrier cannot connect this agent. */
export function callerOf(
  sql: Sql,
  { agent_id, from_number_id }: { readonly agent_id: string; readonly from_number_id: string },
): Result<Caller, Failure> {
  const agent = findAgent(sql, agent_id);
  if (agent === null) return err(notFound("agent"));
  const number = findPhoneNumber(sql, from_number_id);
  if (number === null) return err(notFound("phone_number"));
  const { account } = number.provider;
  const carrier = carrierNamed(account.carrier);
  const problem = connectionProblem(carrier, agent.connection);
  return problem === null ? ok({ carrier, account }) : err(problem);
}

/** Null if the budget has room for this many more recipients. */
export function usageProblem(profile: Profile, recipients: number): Failure | null {
  if (profile.agents_usage_limit === null) return null;
  const left = Math.max(0, profile.agents_usage_limit - profile.agents_usage);
  if (recipients <= left) return null;
  return {
    kind: "usage_limit_reached",
    message: `the organization's agents usage limit of ${profile.agents_usage_limit} calls has ${left} left and this request needs ${recipients}`,
  };
}

export function settleOrder(
  sql: Sql,
  profile: Profile,
  request: BatchRequest,
  now: number,
): Result<BatchOrder, Failure> {
  const caller = callerOf(sql, request);
  if (!caller.ok) return caller;
  const { carrier, account } = caller.value;
  if (request.region !== null && !carrier.choosesRegion) {
    return err(invalid("region", "can only be set for a number of a SIP trunk; leave it out"));
  }
  const problem = accountProblem(carrier, account, request) ?? policyProblem(request.retryPolicy, request.onVoicemail);
  if (problem !== null) return err(problem);
  if (request.scheduledAt !== null && request.scheduledAt <= now) {
    return err(invalid("scheduled_at", "must be in the future"));
  }
  const expiresAt = request.callingWindow?.expiresAt ?? null;
  if (request.scheduledAt !== null && expiresAt !== null && expiresAt <= request.scheduledAt) {
    return err(invalid("calling_window.expires_at", "must be after scheduled_at: otherwise nobody would be called"));
  }
  const capacity = capacityOf(profile);
  const target = request.target_concurrency_limit ?? usualTarget(capacity, request);
  if (target > mostForBatches(capacity)) return err(aboveCapacity(capacity));
  const doNotCall = listedAmong(sql, request.numbers);
  const recipients = request.numbers.filter((number) => !doNotCall.has(number)).length;
  if (recipients === 0) return err(invalid("recipients", "all recipients are on the organization's do-not-call list"));
  const usage = usageProblem(profile, recipients);
  if (usage !== null) return err(usage);
  return ok({
    id: newBatchId(),
    organizationId: profile.id,
    name: request.name,
    agent_id: request.agent_id,
    from_number_id: request.from_number_id,
    region: request.region ?? carrier.regionOf(account),
    target_concurrency_limit: target,
    priority: priorityOf(request),
    ringing_timeout_seconds: request.ringing_timeout_seconds,
    max_call_duration_minutes: request.max_call_duration_minutes,
    createdAt: nextCreation(profile, now),
    scheduledAt: request.scheduledAt,
    retryPolicy: request.retryPolicy,
    callingWindow: request.callingWindow,
    circuitBreaker: request.circuitBreaker,
    callsPerSecond: request.callsPerSecond,
    onVoicemail: request.onVoicemail,
    doNotCall: [...doNotCall],
    callbackBaseUrl: request.callbackBaseUrl,
    webhooks: webhookTargets(sql, request.agent_id),
    ...(request.act === undefined ? {} : { act: request.act }),
  });
}
