import type { BatchCallsRequest, BatchRpc, CallListRequest, CallPosition } from "../../../batch/rpc.ts";
import type { CallView } from "../../../calling/messages/batch-view.ts";
import { hashesOfPerson, hashOfLabel, isNamed, type PersonNamed } from "../../../calling/numbers/person-hash.ts";
import { present } from "../../../calling/requests/assert.ts";
import { type Failure, invalid, notFound } from "../../../calling/requests/failure.ts";
import type { Page } from "../../../calling/requests/page.ts";
import { err, type Result, ok as told } from "../../../calling/requests/result.ts";
import { labelsOf } from "../../../calling/words/remarks.ts";
import type { CallFilter, CallSource, SourcesCursor, SourcesPart } from "../../../organization/messages/calling.ts";
import { type ApiContext, ofClient, organizationOf, routeOfOwn } from "../../context.ts";
import { bytesOfItems, itemsAsked } from "../../limits/reading-room.ts";
import { ok, operation, pageView, refusal } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listCallsQuery } from "../../requests/queries.ts";
import { CALL, CALLS, findCall } from "./call.ts";
import { ASKED_AT_ONCE, mergeCalls } from "./merge.ts";

export const listCalls = operation({
  ...CALLS,
  method: "GET",
  id: "listCalls",
  summary: "List the calls of a batch, an agent or a person, newest first",
  query: listCallsQuery,
  lists: ["tag"],
  answer: ok("A page of calls.", pageView(CALL)),
  refusals: { 404: refusal("not_found", "There is no such batch or agent.") },
  // Each of several batches is asked for a whole page. A person has few calls in each.
  answerBytes: (c) => bytesOfItems(itemsAsked(c) * (isOfOne(c) ? 1 : ASKED_AT_ONCE)),
  handle: (c, { query }) => {
    const { agent_id, batch_id, external_id, to_number, start_time_gte, start_time_lte, outcome, tag } = query;
    const request: CallListRequest = {
      ...pageRequestOf(query),
      startTimeGte: start_time_gte ?? null,
      startTimeLte: start_time_lte ?? null,
      person: { toNumber: to_number ?? null, externalId: external_id || null },
      labels: labelsOf({ outcome, tags: tag }),
    };
    const agentId = agent_id ?? null;
    return batch_id !== undefined
      ? callsOfBatch(c, batch_id, { ...request, agentId })
      : callsOfAll(c, agentId, request);
  },
});

const isOfOne = (c: ApiContext): boolean =>
  ["batch_id", "to_number", "external_id"].some((name) => c.req.query(name) !== undefined);

async function callsOfBatch(
  c: ApiContext,
  batchId: string,
  request: BatchCallsRequest,
): Promise<Result<Page<CallView>, Failure>> {
  const route = routeOfOwn(c, batchId);
  if (route === null) return err(notFound("batch"));
  const batch: BatchRpc = c.env.BATCHES.getByName(route);
  return ofClient(c, batch.calls(batchId, c.get("organizationId"), request));
}

/** One batch's part of a page. */
function partOf(
  c: ApiContext,
  source: CallSource,
  request: CallListRequest,
  beyond: CallPosition | null,
  count: number,
): Promise<CallView[]> {
  const route = present(routeOfOwn(c, source.batchId), "the index holds batches' ids");
  return c.env.BATCHES.getByName(route).callsFrom(c.get("organizationId"), {
    window: { from: request.startTimeGte, until: request.startTimeLte },
    beyond,
    direction: request.endingBefore === null ? "older" : "newer",
    person: request.person,
    labels: request.labels ?? [],
    count,
  });
}

/** Batches, and objects of direct calls, in one answer of the organization. */
const SOURCES_AT_ONCE = 100;

/** Of all batches and direct calls. `agentId` null: of any agent. */
async function callsOfAll(
  c: ApiContext,
  agentId: string | null,
  request: CallListRequest,
): Promise<Result<Page<CallView>, Failure>> {
  let cursor: CallPosition | null = null;
  const cursorId = request.endingBefore ?? request.startingAfter;
  if (cursorId !== null) {
    const call = await findCall(c, cursorId);
    if (!call.ok || !isListed(call.value, agentId, request.person)) {
      const parameter = request.endingBefore === null ? "starting_after" : "ending_before";
      return err(invalid(parameter, "must be the id of an item in this list"));
    }
    cursor = { createdAt: call.value.createdAt, id: call.value.id };
  }
  const isOlder = request.endingBefore === null;
  const part: SourcesPart = {
    direction: isOlder ? "older" : "newer",
    atMost: SOURCES_AT_ONCE,
    from: isOlder ? request.startTimeGte : latest(request.startTimeGte, cursor?.createdAt),
    until: isOlder ? earliest(request.startTimeLte, cursor?.createdAt) : request.startTimeLte,
  };
  const labels = (request.labels ?? []).map(hashOfLabel);
  const filter: CallFilter = { agentId, person: [...hashesOfPerson(request.person), ...labels] };
  const organization = organizationOf(c);
  const found = await organization.callSources(filter, part);
  if (!found.ok) return found;
  const { batches, batchesGoOn = null, direct } = found.value;
  const ask = (source: CallSource, count: number) => partOf(c, source, request, cursor, count);
  return told(
    await mergeCalls([...batches, ...direct.sources], request, cursor, ask, [
      {
        goesOn: batchesGoOn,
        read: (goingOn: SourcesCursor) => organization.batchSources(filter, { ...part, goingOn }),
      },
      {
        goesOn: direct.goesOn ?? null,
        read: (goingOn: SourcesCursor) => organization.directSources(filter, { ...part, goingOn }),
      },
    ]),
  );
}

const isListed = (
  { agent_id, to_number, external_id }: CallView,
  agentId: string | null,
  person: PersonNamed,
): boolean => (agentId === null || agent_id === agentId) && isNamed(person, { to_number, external_id });

const latest = (a: number | null, b: number | undefined): number | null => (b === undefined ? a : Math.max(a ?? b, b));
const earliest = (a: number | null, b: number | undefined): number | null =>
  b === undefined ? a : Math.min(a ?? b, b);
