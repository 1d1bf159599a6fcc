import type { z } from "zod";
import type { BatchOrder } from "../../../calling/messages/batch-order.ts";
import { personHashes } from "../../../calling/numbers/person-hash.ts";
import { present } from "../../../calling/requests/assert.ts";
import {
  MAX_CALL_DURATION_MINUTES,
  MAX_CALLS_BODY_BYTES,
  RINGING_TIMEOUT_SECONDS,
} from "../../../calling/requests/limits.ts";
import { ok as answered } from "../../../calling/requests/result.ts";
import { sha256 } from "../../../calling/secrets/digest.ts";
import type { DirectCallOutcome } from "../../../calling/words/direct-call.ts";
import type { DirectRequest } from "../../../organization/messages/calling.ts";
import { directCallsAnswer, presentDirectCalls } from "../../answers/calls/call.ts";
import { parseBody, readBody } from "../../body/body.ts";
import { idempotencyKey, idempotencyOf, isRepeatable } from "../../body/idempotency.ts";
import { type ApiContext, organizationOf, routeOfOwn, settingsFor } from "../../context.ts";
import { LOCATIONS } from "../../locations.ts";
import * as samples from "../../openapi/samples/calls.ts";
import * as setup from "../../openapi/samples/organization.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { createCallsBody, recipientOf } from "../../requests/batch.ts";
import { CALLS } from "./call.ts";

/**
 * The organization decides who is called and grants the slots. An object like a batch's dials the calls. The answer
 * waits until the carrier has accepted or refused each call.
 */
export const createCalls = operation({
  ...CALLS,
  method: "POST",
  audit: null,
  id: "createCalls",
  summary: "Call people now",
  description:
    "Uses the same concurrency limit as batches, but does not wait: each destination that cannot be called now is refused. The answer comes when the carrier has accepted or refused each call, after at most 15 s.",
  repeats: { isOrdered: true },
  keyGoesAlong: true,
  body: content("CreateCalls", createCallsBody, {
    agent_id: setup.agent.id,
    from_number_id: setup.phoneNumber.id,
    outbound_calls: [{ to_number: "+14155550123", metadata: { first_name: "Ada" } }, { to_number: "+15005550001" }],
  }),
  readsBody: true,
  answer: ok(
    "The outcome for each destination, even if none was called.",
    content("DirectCalls", directCallsAnswer, samples.directCalls),
  ),
  refusals: {
    402: refusal("usage_limit_reached", "The organization has used up its agents usage limit."),
    404: refusal("not_found", "There is no such agent or number."),
    409: refusal("idempotency_key_reused", "The `Idempotency-Key` was used with another request."),
  },
  handle: async (c) => {
    const key = idempotencyKey(c);
    if (!key.ok) return key;
    const bytes = await readBody(c, MAX_CALLS_BODY_BYTES);
    if (!bytes.ok) return bytes;
    const body = parseBody(bytes.value, createCallsBody);
    if (!body.ok) return body;
    const bodyHash = isRepeatable(c) ? `direct ${await sha256(bytes.value)}` : null;
    const idempotency = idempotencyOf(c, key.value, bodyHash);
    const callbackBaseUrl = settingsFor(c).publicBaseUrl ?? new URL(c.req.url).origin;
    const request = requestOf(body.value, callbackBaseUrl, idempotency);
    const order = await organizationOf(c).announceCalls(request);
    if (!order.ok) return order;
    const numbers = request.destinations.map(({ to_number }) => to_number);
    return answered(presentDirectCalls(numbers, await outcomesOf(c, order.value, body.value)));
  },
});

type Body = z.output<typeof createCallsBody>;

const requestOf = (body: Body, callbackBaseUrl: string, idempotency: DirectRequest["idempotency"]): DirectRequest => ({
  agent_id: body.agent_id,
  from_number_id: body.from_number_id,
  destinations: body.outbound_calls.map(({ to_number, timezone }) => ({ to_number, timezone })),
  people: personHashes(body.outbound_calls),
  characters: body.outbound_calls
    .map(recipientOf)
    .reduce((sum, { to_number, metadata }) => sum + to_number.length + (metadata?.length ?? 0), 0),
  ringing_timeout_seconds: body.ringing_timeout_seconds ?? RINGING_TIMEOUT_SECONDS.usual,
  max_call_duration_minutes: body.max_call_duration_minutes ?? MAX_CALL_DURATION_MINUTES.usual,
  onVoicemail: body.on_voicemail,
  callbackBaseUrl,
  idempotency,
});

/** In the order of the request. Destinations that were not admitted already have their reason. */
async function outcomesOf(c: ApiContext, order: BatchOrder, { outbound_calls }: Body): Promise<DirectCallOutcome[]> {
  const admission = present(order.admission, "an order of direct calls says who is admitted");
  const dialed = await dial(
    c,
    order,
    outbound_calls.filter((_, index) => admission[index] === null),
  );
  let position = 0;
  return admission.map((error): DirectCallOutcome => {
    if (error !== null) return { kind: "error", error };
    position += 1;
    return present(dialed[position - 1], "an admitted destination was dialed or has a reason");
  });
}

async function dial(c: ApiContext, order: BatchOrder, admitted: Body["outbound_calls"]): Promise<DirectCallOutcome[]> {
  if (admitted.length === 0) return [];
  const route = present(routeOfOwn(c, order.id), "the organization gives batches' ids");
  const recipients = admitted.map(recipientOf);
  const object = c.env.BATCHES.getByName(route, { locationHint: LOCATIONS[order.region] });
  // An organization of an earlier version shares no objects.
  return order.requestedAt === undefined ? object.dialDirectly(order, recipients) : object.callNow(order, recipients);
}
