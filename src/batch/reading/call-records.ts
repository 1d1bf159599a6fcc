/** The records of a batch's calls, as they are listed and told of: attempts that were begun, with the names that they go by. */

import type { CallView } from "../../calling/messages/batch-view.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import { type Page, pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { parseCallId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Engine } from "../core/engine.ts";
import type { Line } from "../dialing/line.ts";
import type { BatchCallsRequest, CallListRequest, CallPart } from "../rpc.ts";
import { type AttemptRow, callsNewerThan, callsOlderThan, findAttempt } from "../store/attempts.ts";
import { callView } from "../telling/views.ts";
import { boundsOf } from "./call-bounds.ts";

/** Refuses a cursor that names no call of this batch's. */
export async function listCalls(
  sql: Sql,
  engine: Engine,
  request: BatchCallsRequest,
): Promise<Result<Page<CallView>, Failure>> {
  if (request.agentId !== null && request.agentId !== engine.row.agent_id) {
    return err(invalid("agent_id", "must be the batch's agent, where batch_id is given"));
  }
  const cursor = cursorOf(sql, engine, request);
  if (!cursor.ok) return cursor;
  const window = { from: request.startTimeGte, until: request.startTimeLte };
  const read = request.endingBefore === null ? callsOlderThan : callsNewerThan;
  const rows = read(sql, cursor.value, window, positionsOf(engine, request.externalId), request.limit + 1);
  return ok(pageOf(await recordsOf(engine, rows), request));
}

/** For a list of several batches' calls. */
export async function callsFrom(sql: Sql, engine: Engine, part: CallPart): Promise<CallView[]> {
  const read = part.direction === "older" ? callsOlderThan : callsNewerThan;
  const { number, window } = boundsOf(engine.route, part);
  return recordsOf(engine, read(sql, number, window, positionsOf(engine, part.externalId), part.count));
}

/** Null where nobody in particular is meant. */
const positionsOf = ({ recipients }: Engine, externalId: string | null): number[] | null =>
  externalId === null
    ? null
    : recipients.all().flatMap(({ external_id }, position) => (external_id === externalId ? position : []));

export async function findCall(sql: Sql, engine: Engine, number: number): Promise<Result<CallView, Failure>> {
  const row = findAttempt(sql, number);
  return row === null || row.dispatched_at === null ? err(notFound("call")) : ok(await recordOf(engine, row));
}

export async function recordOf(engine: Engine, row: AttemptRow): Promise<CallView> {
  return viewOf(engine, row, await lineForNames(engine));
}

async function recordsOf(engine: Engine, rows: readonly AttemptRow[]): Promise<CallView[]> {
  const line = await lineForNames(engine);
  return rows.map((row) => viewOf(engine, row, line));
}

/** The names in a record are a courtesy: where the organization does not answer, they are left out. */
const lineForNames = (engine: Engine): Promise<Line | null> => engine.line.get(Date.now()).catch(() => null);

const viewOf = (engine: Engine, row: AttemptRow, line: Line | null): CallView =>
  callView(engine.route, engine.row, engine.recipients.at(row.position), row, line?.dialing ?? null);

/** The number from which the page goes on. */
function cursorOf(sql: Sql, engine: Engine, request: CallListRequest): Result<number, Failure> {
  const cursor = request.endingBefore ?? request.startingAfter;
  if (cursor === null) return ok(Number.MAX_SAFE_INTEGER);
  const id = parseCallId(cursor);
  const row = id?.route === engine.route ? findAttempt(sql, id.number) : null;
  if (row === null || row.dispatched_at === null) {
    const parameter = request.endingBefore === null ? "starting_after" : "ending_before";
    return err(invalid(parameter, "must be the id of an item in this list"));
  }
  return ok(row.number);
}
