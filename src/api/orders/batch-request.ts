/**
 * Turns the body of a batch into the request to the organization, for create and preview. Both see the same recipients
 * and refuse the same. The list is checked first.
 */

import type { z } from "zod";
import { storedSizeProblem } from "../../batch/store/stored-size.ts";
import { type Deduplicated, deduplicated, externalIdProblem } from "../../calling/numbers/duplicates.ts";
import { personHashes } from "../../calling/numbers/person-hash.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { MAX_CALL_DURATION_MINUTES, RINGING_TIMEOUT_SECONDS } from "../../calling/requests/limits.ts";
import { err, type Result } from "../../calling/requests/result.ts";
import { PRIORITY } from "../../calling/words/priority.ts";
import type { BatchRequest } from "../../organization/messages/calling.ts";
import { type ApiContext, settingsFor } from "../context.ts";
import type { createBatchBody } from "../requests/batch.ts";

type Body = z.output<typeof createBatchBody>;
export type BodyRecipient = Body["recipients"][number];

/** The recipients without those that `on_duplicate` leaves out. */
export function recipientsOf({ recipients, on_duplicate }: Body): Result<Deduplicated<BodyRecipient>, Failure> {
  const problem = externalIdProblem(recipients) ?? storedSizeProblem(recipients);
  return problem === null ? deduplicated(recipients, on_duplicate ?? "allow") : err(problem);
}

export const batchRequestOf = (
  c: ApiContext,
  body: Body,
  recipients: readonly BodyRecipient[],
  idempotency: BatchRequest["idempotency"],
): BatchRequest => ({
  name: body.name,
  agent_id: body.agent_id,
  from_number_id: body.from_number_id,
  numbers: recipients.map(({ to_number }) => to_number),
  people: personHashes(recipients),
  target_concurrency_limit: body.target_concurrency_limit,
  priority: body.priority ?? PRIORITY.usual,
  ringing_timeout_seconds: body.ringing_timeout_seconds ?? RINGING_TIMEOUT_SECONDS.usual,
  max_call_duration_minutes: body.max_call_duration_minutes ?? MAX_CALL_DURATION_MINUTES.usual,
  scheduledAt: body.scheduled_at,
  retryPolicy: body.retry_policy,
  callingWindow: body.calling_window,
  circuitBreaker: body.circuit_breaker,
  callsPerSecond: body.calls_per_second,
  onVoicemail: body.on_voicemail,
  region: body.region,
  callbackBaseUrl: settingsFor(c).publicBaseUrl ?? new URL(c.req.url).origin,
  idempotency,
});
