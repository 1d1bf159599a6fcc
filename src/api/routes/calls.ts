/** `/agents/calls`: list by batch or by agent, get one, end one. Contract: "List Calls", "Get Call", "Cancel Call". */

import type { BatchCallsRequest, CallListRequest, CallPosition } from "../../batch/rpc.ts";
import type { CallView } from "../../calling/messages/batch-view.ts";
import { present } from "../../calling/requests/assert.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import type { Page } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { parseCallId, routeOfBatch } from "../../calling/secrets/ids.ts";
import type { CallSource, SourcesPart } from "../../organization/rpc.ts";
import { mergeCalls } from "../call-merge.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentPage } from "../present.ts";
import { presentCall } from "../present-batch.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import type { CallCancelledAnswer } from "../schemas/batch-answers.ts";
import { listCallsQuery } from "../schemas/queries.ts";

export async function findCall(c: ApiContext, id: string): Promise<Result<CallView, Failure>> {
  const parsed = parseCallId(id);
  if (parsed === null) return err(notFound("call"));
  return c.env.BATCHES.getByName(parsed.route).call(c.get("organizationId"), parsed.number);
}

export async function getCall(c: ApiContext): Promise<Response> {
  const call = await findCall(c, pathPart(c, "call_id"));
  return call.ok ? c.json(presentCall(call.value)) : fail(c, call.failure);
}

export async function cancelCall(c: ApiContext): Promise<Response> {
  const parsed = parseCallId(pathPart(c, "call_id"));
  if (parsed === null) return fail(c, notFound("call"));
  const cancelled = await c.env.BATCHES.getByName(parsed.route).cancelCall(c.get("organizationId"), parsed.number);
  return cancelled.ok ? c.json({ cancelled: true } satisfies CallCancelledAnswer) : fail(c, cancelled.failure);
}

async function callsOfBatch(
  c: ApiContext,
  batchId: string,
  request: BatchCallsRequest,
): Promise<Result<Page<CallView>, Failure>> {
  const route = routeOfBatch(batchId);
  if (route === null) return err(notFound("batch"));
  return c.env.BATCHES.getByName(route).calls(batchId, c.get("organizationId"), request);
}

/** One batch's part of a page of its agent's calls. */
function partOf(
  c: ApiContext,
  source: CallSource,
  request: CallListRequest,
  beyond: CallPosition | null,
  count: number,
): Promise<CallView[]> {
  const route = present(routeOfBatch(source.batchId), "the index holds batches' ids");
  return c.env.BATCHES.getByName(route).callsFrom(c.get("organizationId"), {
    window: { from: request.startTimeGte, until: request.startTimeLte },
    beyond,
    direction: request.endingBefore === null ? "older" : "newer",
    externalId: request.externalId,
    count,
  });
}

async function callsOfAgent(
  c: ApiContext,
  agentId: string,
  request: CallListRequest,
): Promise<Result<Page<CallView>, Failure>> {
  let cursor: CallPosition | null = null;
  const cursorId = request.endingBefore ?? request.startingAfter;
  if (cursorId !== null) {
    const call = await findCall(c, cursorId);
    if (!call.ok || call.value.agent_id !== agentId) {
      const parameter = request.endingBefore === null ? "starting_after" : "ending_before";
      return err(invalid(parameter, "must be the id of an item in this list"));
    }
    cursor = { createdAt: call.value.createdAt, id: call.value.id };
  }
  const isOlder = request.endingBefore === null;
  const part: SourcesPart = {
    direction: isOlder ? "older" : "newer",
    from: isOlder ? request.startTimeGte : latest(request.startTimeGte, cursor?.createdAt),
    until: isOlder ? earliest(request.startTimeLte, cursor?.createdAt) : request.startTimeLte,
  };
  const found = await organizationOf(c).callSources(agentId, part);
  if (!found.ok) return found;
  const { batches, direct } = found.value;
  const ask = (source: CallSource, count: number) => partOf(c, source, request, cursor, count);
  return ok(
    await mergeCalls([...batches, ...direct.sources], request, cursor, ask, {
      goesOnAt: direct.goesOnAt,
      read: (at) => organizationOf(c).directSources(agentId, { ...part, [isOlder ? "until" : "from"]: at }),
    }),
  );
}

const latest = (a: number | null, b: number | undefined): number | null => (b === undefined ? a : Math.max(a ?? b, b));
const earliest = (a: number | null, b: number | undefined): number | null =>
  b === undefined ? a : Math.min(a ?? b, b);

export async function listCalls(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listCallsQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { agent_id, batch_id, external_id, start_time_gte, start_time_lte } = query.value;
  const request: CallListRequest = {
    ...pageRequestOf(query.value),
    startTimeGte: start_time_gte ?? null,
    startTimeLte: start_time_lte ?? null,
    externalId: external_id || null,
  };
  const page =
    batch_id !== undefined
      ? await callsOfBatch(c, batch_id, { ...request, agentId: agent_id ?? null })
      : await callsOfAgent(c, present(agent_id, "the schema asks for one of the two"), request);
  if (!page.ok) return fail(c, page.failure);
  return c.json(presentPage(page.value, presentCall));
}
