/**
 * A recipient and its attempts as the contract's JSON. For a Get with thousands, the batch's object writes them itself:
 * the client receives its text unchanged.
 */

import type { AttemptView, RecipientView } from "../messages/batch-view.ts";
import type { Waiting } from "../words/waiting.ts";
import { known, secondsBetween, time, timeOrNull } from "./json.ts";

/** Ours: absent if a recipient is being dialed, or none waits. */
export const presentWaiting = (waiting: Waiting | null) =>
  waiting === null ? {} : known({ waiting_reason: waiting.reason, waiting_until: timeOrNull(waiting.until) });

export const presentAttempt = (attempt: AttemptView) => ({
  attempt: attempt.attempt,
  status: attempt.status,
  created_at: time(attempt.createdAt),
  ...known({
    agent_call_id: attempt.agent_call_id,
    dispatched_at: timeOrNull(attempt.dispatchedAt),
    answered_at: timeOrNull(attempt.answeredAt),
    ended_at: timeOrNull(attempt.endedAt),
    duration_seconds: secondsBetween(attempt.answeredAt, attempt.endedAt),
    end_reason: attempt.end_reason,
    answered_by: attempt.answeredBy,
    error_message: attempt.error_message,
    carrier_code: attempt.carrier_code,
    sip_code: attempt.sip_code,
  }),
});

/** Without its metadata and attempts. */
export const presentRecipientHead = (recipient: RecipientView) => ({
  id: recipient.id,
  to_number: recipient.to_number,
  status: recipient.status,
  created_at: time(recipient.createdAt),
  ...known({
    redacted_at: timeOrNull(recipient.redactedAt ?? null),
    external_id: recipient.external_id,
    agent_call_id: recipient.agent_call_id,
    end_reason: recipient.end_reason,
    answered_by: recipient.answeredBy,
    error_message: recipient.error_message,
    failure_reason: recipient.failureReason,
    timezone: recipient.timezone,
    next_eligible_at: timeOrNull(recipient.nextEligibleAt),
  }),
  ...presentWaiting(recipient.waiting),
});

/**
 * The text of `presentRecipientHead`, still open: `tailOf` and `}` follow. Put together by hand, because a batch has
 * thousands. Ids, words and times need no quoting.
 */
export function headOf(recipient: RecipientView): string {
  const { id, status, createdAt, redactedAt = null, external_id, agent_call_id, end_reason, waiting } = recipient;
  const { answeredBy, error_message, failureReason, timezone, nextEligibleAt } = recipient;
  let text = `{"id":"${id}","to_number":${JSON.stringify(recipient.to_number)},"status":"${status}"`;
  text += `,"created_at":"${time(createdAt)}"`;
  if (redactedAt !== null) text += `,"redacted_at":"${time(redactedAt)}"`;
  if (external_id !== null) text += `,"external_id":${JSON.stringify(external_id)}`;
  if (agent_call_id !== null) text += `,"agent_call_id":"${agent_call_id}"`;
  if (end_reason !== null) text += `,"end_reason":"${end_reason}"`;
  if (answeredBy !== null) text += `,"answered_by":"${answeredBy}"`;
  if (error_message !== null) text += `,"error_message":${JSON.stringify(error_message)}`;
  if (failureReason !== null) text += `,"failure_reason":"${failureReason}"`;
  if (timezone !== null) text += `,"timezone":${JSON.stringify(timezone)}`;
  if (nextEligibleAt !== null) text += `,"next_eligible_at":"${time(nextEligibleAt)}"`;
  if (waiting !== null) text += `,"waiting_reason":"${waiting.reason}"`;
  if (waiting !== null && waiting.until !== null) text += `,"waiting_until":"${time(waiting.until)}"`;
  return text;
}

/**
 * `metadata`: as JSON text. `earlier`: the text of the attempts before the latest; the latest and `]` follow. Null: no
 * attempts.
 */
export function tailOf(metadata: string | null, earlier: readonly AttemptView[] | null): string {
  const first = metadata === null ? "" : `,"metadata":${metadata}`;
  return earlier === null
    ? first
    : `${first},"attempts":[${earlier.map((one) => `${JSON.stringify(presentAttempt(one))},`).join("")}`;
}
