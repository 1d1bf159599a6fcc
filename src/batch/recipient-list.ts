/**
 * A page of a batch's recipients, in the order submitted, for whoever looks through thousands of them. Statuses come from
 * the roster, so a page reads the attempts and the packed recipients that it shows and no others; only a search for text
 * goes through the packed recipients, one page of them at a time, until it has found enough.
 */

import type { NewRecipient } from "../calling/batch-order.ts";
import { type Failure, invalid } from "../calling/failure.ts";
import { parseRecipientId, recipientId } from "../calling/ids.ts";
import { pageOf } from "../calling/page.ts";
import type { RecipientStatus } from "../calling/recipient.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { AttemptRow } from "./attempts.ts";
import type { Engine } from "./engine.ts";
import { searchFor } from "./recipient-search.ts";
import { resultOf } from "./recipient-view.ts";
import type { RecipientListRequest, RecipientPage } from "./rpc.ts";

type Batch = Pick<Engine, "route" | "row" | "roster" | "callingHours" | "pauses" | "holds"> & {
  readonly recipients: Pick<Engine["recipients"], "at">;
};

/** Refuses a cursor that is no recipient of this batch. It may have a status by now that the page does not show. */
export function recipientPage(
  batch: Batch,
  attemptOf: (number: number) => AttemptRow | null,
  request: RecipientListRequest,
  now: number,
): Result<RecipientPage, Failure> {
  const { route, roster, recipients } = batch;
  const total = batch.row.total_recipients;
  const cursorId = request.endingBefore ?? request.startingAfter;
  const cursor = cursorId === null ? null : parseRecipientId(cursorId);
  if (cursorId !== null && (cursor?.route !== route || cursor.number >= total)) {
    const parameter = request.endingBefore === null ? "starting_after" : "ending_before";
    return err(invalid(parameter, "must be the id of a recipient of this batch"));
  }

  const isFound = request.text === null ? () => true : foundIn((position) => recipients.at(position), request.text);
  const found: { id: string; position: number }[] = [];
  const step = request.endingBefore === null ? 1 : -1;
  for (let position = cursor === null ? 0 : cursor.number + step; position >= 0 && position < total; position += step) {
    if (request.statuses !== null && !request.statuses.includes(roster.statusOf(position))) continue;
    if (!isFound(position)) continue;
    // One too many tells that there is more.
    if (found.push({ id: recipientId(route, position), position }) > request.limit) break;
  }

  const page = pageOf(found, request);
  return ok({
    ...page,
    data: page.data.map(({ position }) => {
      const latest = roster.latestOf(position);
      const row = latest === null ? null : attemptOf(latest.number);
      return resultOf(batch, position, recipients.at(position), row, now);
    }),
    total: request.text === null ? countOf(batch, request.statuses) : null,
  });
}

function foundIn(recipientAt: (position: number) => NewRecipient, text: string): (position: number) => boolean {
  const isMatch = searchFor(text);
  return (position) => isMatch(recipientAt(position));
}

function countOf({ row, roster }: Batch, statuses: readonly RecipientStatus[] | null): number {
  if (statuses === null) return row.total_recipients;
  return [...new Set(statuses)].reduce((sum, status) => sum + roster.counts[status], 0);
}
