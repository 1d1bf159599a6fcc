/** `/agents/calls/batches`: get, list, change, pause, resume, cancel, retry. Creating has a file of its own. */

import type { z } from "zod";
import type { BatchChange } from "../../batch/steering/steering.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import { aboveCapacity, mostForBatches } from "../../calling/messages/slots.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import { err, type Result } from "../../calling/requests/result.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { batchJson } from "../batch-json.ts";
import { bodyOf, given } from "../body.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentPage } from "../present.ts";
import { presentBatch } from "../present-batch.ts";
import { presentChangePreview } from "../present-change-preview.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { batchChangePreviewed, batchChangeSent } from "../schemas/batch.ts";
import { getBatchQuery, listBatchesQuery } from "../schemas/queries.ts";

/** The object of the batch in the path; null where the id cannot be a batch's. */
function batchOf(c: ApiContext) {
  const route = routeOfBatch(pathPart(c, "batch_id"));
  return route === null ? null : c.env.BATCHES.getByName(route);
}

const answer = (c: ApiContext, summary: Result<BatchSummary, Failure>): Response =>
  summary.ok ? c.json(presentBatch(summary.value)) : fail(c, summary.failure);

const keyOf = (c: ApiContext): string | null => c.req.header("idempotency-key") ?? null;

const UNKNOWN = err(notFound("batch"));

export async function getBatch(c: ApiContext): Promise<Response> {
  const query = queryOf(c, getBatchQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const withAttempts = query.value.expand === "attempts";
  const id = pathPart(c, "batch_id");
  const organizationId = c.get("organizationId");
  const snapshot = (await batchOf(c)?.snapshot(id, organizationId, withAttempts)) ?? UNKNOWN;
  if (!snapshot.ok) return fail(c, snapshot.failure);
  const json = batchJson(snapshot.value, async (request) => {
    const part = (await batchOf(c)?.snapshotPart(id, organizationId, request)) ?? UNKNOWN;
    if (!part.ok) throw new Error(`${id} could not be read on: ${part.failure.kind}`);
    return part.value;
  });
  return c.body(json, 200, { "content-type": "application/json" });
}

export async function listBatches(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listBatchesQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await organizationOf(c).listBatches(pageRequestOf(query.value), query.value.agent_id ?? null);
  return page.ok ? c.json(presentPage(page.value, presentBatch)) : fail(c, page.failure);
}

export async function cancelBatch(c: ApiContext): Promise<Response> {
  return answer(c, (await batchOf(c)?.cancel(pathPart(c, "batch_id"), c.get("organizationId"))) ?? UNKNOWN);
}

export async function retryBatch(c: ApiContext): Promise<Response> {
  return answer(c, (await batchOf(c)?.retry(pathPart(c, "batch_id"), c.get("organizationId"), keyOf(c))) ?? UNKNOWN);
}

export async function pauseBatch(c: ApiContext): Promise<Response> {
  return answer(c, (await batchOf(c)?.pause(pathPart(c, "batch_id"), c.get("organizationId"))) ?? UNKNOWN);
}

export async function resumeBatch(c: ApiContext): Promise<Response> {
  return answer(c, (await batchOf(c)?.resume(pathPart(c, "batch_id"), c.get("organizationId"))) ?? UNKNOWN);
}

export async function changeBatch(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, batchChangeSent);
  if (!body.ok) return respondWith(c, body.failure);
  const { allow_failures: allowFailures, ...sent } = body.value;
  const problem = await targetProblem(c, sent.target_concurrency_limit);
  if (problem !== null) return fail(c, problem);
  const id = pathPart(c, "batch_id");
  const changed = await batchOf(c)?.change(id, c.get("organizationId"), changeOf(sent), allowFailures);
  return answer(c, changed ?? UNKNOWN);
}

export async function previewChange(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, batchChangePreviewed);
  if (!body.ok) return respondWith(c, body.failure);
  const problem = await targetProblem(c, body.value.target_concurrency_limit);
  if (problem !== null) return fail(c, problem);
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  if (route === null) return fail(c, UNKNOWN.failure);
  const preview = await c.env.BATCHES.getByName(route).previewChange(id, c.get("organizationId"), changeOf(body.value));
  return preview.ok ? c.json(presentChangePreview(route, preview.value)) : fail(c, preview.failure);
}

function changeOf(sent: z.output<typeof batchChangePreviewed>): BatchChange {
  const {
    scheduled_at: scheduledAt,
    retry_policy: retryPolicy,
    calling_window: callingWindow,
    circuit_breaker: circuitBreaker,
    ...fields
  } = sent;
  return { ...given(fields), ...given({ scheduledAt, retryPolicy, callingWindow, circuitBreaker }) };
}

async function targetProblem(c: ApiContext, target: number | undefined): Promise<Failure | null> {
  if (target === undefined) return null;
  const organization = await organizationOf(c).describe();
  if (!organization.ok) return organization.failure;
  const { agent_call_concurrency_limit: limit, reserved_concurrency: reserved } = organization.value;
  const capacity = { limit, reserved };
  return target <= mostForBatches(capacity) ? null : aboveCapacity(capacity);
}
