/** Records of a batch's calls for lists and events: attempts that were begun, with the names of agent and number. */

import type { CallView } from "../../calling/messages/batch-view.ts";
import type { PersonNamed } from "../../calling/numbers/person-hash.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import { type Page, pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { callId, parseCallId } from "../../calling/secrets/ids.ts";
import type { Label, Remarks } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch } from "../core/batch.ts";
import type { Line } from "../dialing/line.ts";
import type { BatchCallsRequest, CallListRequest, CallPart } from "../rpc.ts";
import type { AttemptRow, StoredAttempt } from "../store/attempt-states.ts";
import { attemptsOf, callsNewerThan, callsOlderThan, findAttempt } from "../store/attempts.ts";
import { numbersLabelled, remarksOf } from "../store/remarks.ts";
import { callView } from "../telling/views.ts";
import { boundsOf } from "./call-bounds.ts";

/** `names`: of agent and number; null if the organization does not answer. Records are without them then. */
type Named = { readonly batch: Batch; names(): Promise<Line | null> };

/** Refuses a cursor that is not a call of this batch. */
export async function listCalls(
  sql: Sql,
  named: Named,
  request: BatchCallsRequest,
): Promise<Result<Page<CallView>, Failure>> {
  const { batch } = named;
  if (request.agentId !== null && request.agentId !== batch.row.agent_id) {
    return err(invalid("agent_id", "must be the batch's agent, if batch_id is given"));
  }
  const cursor = cursorOf(sql, batch, request);
  if (!cursor.ok) return cursor;
  const window = { from: request.startTimeGte, until: request.startTimeLte };
  const read = request.endingBefore === null ? callsOlderThan : callsNewerThan;
  const rows = read(sql, cursor.value, window, whichOf(sql, batch, request), request.limit + 1);
  return ok(pageOf(await recordsOf(sql, named, rows), request));
}

/** For a list of the calls of several batches. */
export async function callsFrom(sql: Sql, named: Named, part: CallPart): Promise<CallView[]> {
  const { batch } = named;
  const read = part.direction === "older" ? callsOlderThan : callsNewerThan;
  const { number, window } = boundsOf(batch.route, part);
  return recordsOf(sql, named, read(sql, number, window, whichOf(sql, batch, part), part.count));
}

/** Callers of an earlier version name no labels. */
type Wanted = { readonly person: PersonNamed; readonly labels?: readonly Label[] };

const whichOf = (sql: Sql, batch: Batch, { person, labels = [] }: Wanted) => ({
  positions: positionsOf(batch, person),
  numbers: labels.length === 0 ? null : numbersLabelled(sql, labels),
});

/** Null if all recipients are meant. */
const positionsOf = ({ recipients }: Batch, person: PersonNamed): number[] | null =>
  person.toNumber === null && person.externalId === null ? null : recipients.positionsOf(person);

export async function findCall(sql: Sql, named: Named, number: number): Promise<Result<CallView, Failure>> {
  const row = findAttempt(sql, number);
  if (row === null || row.dispatched_at === null) return err(notFound("call"));
  return ok(viewOf(named.batch, row, remarksOf(sql, [number]).get(number) ?? null, await named.names()));
}

/** The ids of all calls of the recipient of this call. */
export function callsBeside(sql: Sql, { route }: Batch, number: number): string[] {
  const row = findAttempt(sql, number);
  return row === null ? [] : attemptsOf(sql, row.position).map((one) => callId(route, one.number));
}

async function recordsOf(sql: Sql, named: Named, rows: readonly AttemptRow[]): Promise<CallView[]> {
  const remarks = remarksOf(
    sql,
    rows.map(({ number }) => number),
  );
  const line = await named.names();
  return rows.map((row) => viewOf(named.batch, row, remarks.get(row.number) ?? null, line));
}

export const viewOf = (batch: Batch, row: StoredAttempt, remarks: Remarks | null, line: Line | null): CallView =>
  callView(batch.route, batch.row, batch.recipients.at(row.position), row, remarks, line?.dialing ?? null);

/** The number at which the page begins. */
function cursorOf(sql: Sql, batch: Batch, request: CallListRequest): Result<number, Failure> {
  const cursor = request.endingBefore ?? request.startingAfter;
  if (cursor === null) return ok(Number.MAX_SAFE_INTEGER);
  const id = parseCallId(cursor);
  const row = id?.route === batch.route ? findAttempt(sql, id.number) : null;
  if (row === null || row.dispatched_at === null) {
    const parameter = request.endingBefore === null ? "starting_after" : "ending_before";
    return err(invalid(parameter, "must be the id of an item in this list"));
  }
  return ok(row.number);
}
