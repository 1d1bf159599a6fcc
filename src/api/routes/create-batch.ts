/**
 * `POST /agents/calls/batches`. Everything is validated before anything is stored; then the organization settles the
 * order, and the batch's object stores it with every recipient. A repeat with the same `Idempotency-Key` and body meets
 * the same order and the same object, so it finds the batch or finishes what was interrupted.
 */

import { present } from "../../calling/assert.ts";
import { deduplicated, externalIdProblem } from "../../calling/duplicates.ts";
import { routeOfBatch } from "../../calling/ids.ts";
import { MAX_CALL_DURATION_MINUTES, RINGING_TIMEOUT_SECONDS } from "../../calling/limits.ts";
import type { BatchRequest } from "../../organization/rpc.ts";
import { type ApiContext, organizationOf, settingsFor } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { idempotencyKey } from "../idempotency.ts";
import { LOCATIONS } from "../locations.ts";
import { type NewBatch, newBatchOf } from "../new-batch.ts";
import { presentBatch } from "../present.ts";
import { recipientOf } from "../schemas/batch.ts";

const requestOf = (
  body: NewBatch["body"],
  callbackBaseUrl: string,
  idempotency: BatchRequest["idempotency"],
): BatchRequest => ({
  name: body.name,
  agent_id: body.agent_id,
  from_number_id: body.from_number_id,
  numbers: body.recipients.map(({ to_number }) => to_number),
  target_concurrency_limit: body.target_concurrency_limit,
  ringing_timeout_seconds: body.ringing_timeout_seconds ?? RINGING_TIMEOUT_SECONDS.usual,
  max_call_duration_minutes: body.max_call_duration_minutes ?? MAX_CALL_DURATION_MINUTES.usual,
  scheduledAt: body.scheduled_at,
  retryPolicy: body.retry_policy,
  callingWindow: body.calling_window,
  circuitBreaker: body.circuit_breaker,
  callsPerSecond: body.calls_per_second,
  onVoicemail: body.on_voicemail,
  region: body.region,
  callbackBaseUrl,
  idempotency,
});

export async function createBatch(c: ApiContext): Promise<Response> {
  const key = idempotencyKey(c);
  if (!key.ok) return respondWith(c, key.failure);
  const ordered = await newBatchOf(c);
  if (!ordered.ok) return respondWith(c, ordered.failure);
  const { body, fingerprint, inSentWords } = ordered.value;
  const twice = externalIdProblem(body.recipients);
  if (twice !== null) return fail(c, inSentWords(twice));
  const once = deduplicated(body.recipients, body.on_duplicate ?? "allow");
  if (!once.ok) return fail(c, inSentWords(once.failure));

  const idempotency = key.value === null ? null : { key: key.value, bodyHash: await fingerprint() };
  const callbackBaseUrl = settingsFor(c).publicBaseUrl ?? new URL(c.req.url).origin;
  const order = await organizationOf(c).announceBatch(
    requestOf({ ...body, recipients: [...once.value.recipients] }, callbackBaseUrl, idempotency),
  );
  if (!order.ok) return fail(c, order.failure);

  const route = present(routeOfBatch(order.value.id), "the organization gives batches' ids");
  const batch = c.env.BATCHES.getByName(route, { locationHint: LOCATIONS[order.value.region] });
  // An order that was announced by an earlier version names none.
  const left = new Set(order.value.doNotCall ?? []);
  const recipients = once.value.recipients.filter(({ to_number }) => !left.has(to_number)).map(recipientOf);
  const created = presentBatch(await batch.create(order.value, recipients));
  const skipped = { duplicates: once.value.skipped, doNotCall: once.value.recipients.length - recipients.length };
  return c.json(
    {
      ...created,
      ...(skipped.duplicates === 0 ? {} : { skipped_duplicates: skipped.duplicates }),
      ...(skipped.doNotCall === 0 ? {} : { skipped_do_not_call: skipped.doNotCall }),
    },
    201,
  );
}
