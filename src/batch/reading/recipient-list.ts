/**
 * A page of a batch's recipients, in the order submitted. Statuses come from the roster, so a page reads only the
 * attempts and packed recipients that it shows. A search for text reads the packed recipients, one page of them at a
 * time, until it has found enough.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import { folded, isPersonFound, personSearch, valuesIn } from "../../calling/numbers/person-search.ts";
import { type Failure, invalid } from "../../calling/requests/failure.ts";
import { pageOf } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { callId, parseRecipientId, recipientId } from "../../calling/secrets/ids.ts";
import { type Outcome, outcomeOf } from "../../calling/words/outcome.ts";
import type { RecipientStatus } from "../../calling/words/recipient.ts";
import type { Label, Remarks } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch as WholeBatch } from "../core/batch.ts";
import type { RecipientListRequest, RecipientPage } from "../rpc.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { findAttempt } from "../store/attempts.ts";
import { numbersLabelled, remarksOf } from "../store/remarks.ts";
import { resultOf } from "./recipient-view.ts";

type Batch = Pick<WholeBatch, "route" | "row" | "roster" | "callingHours" | "pauses" | "heldBack"> & {
  readonly recipients: Pick<WholeBatch["recipients"], "at">;
};

/** What is read of the tables. */
export type StoredCalls = {
  readonly attempt: (number: number) => AttemptRow | null;
  readonly remarks: (numbers: readonly number[]) => ReadonlyMap<number, Remarks>;
  readonly labelled: (labels: readonly Label[]) => readonly number[];
};
export const storedCalls = (sql: Sql): StoredCalls => ({
  attempt: (number) => findAttempt(sql, number),
  remarks: (numbers) => remarksOf(sql, numbers),
  labelled: (labels) => numbersLabelled(sql, labels),
});

/** Refuses a cursor that is not a recipient of this batch. The recipient's status may have changed since. */
export function recipientPage(
  batch: Batch,
  stored: StoredCalls,
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

  const isWanted = wantedOutcome(roster, stored.attempt, request.outcomes);
  const { text, externalId, labels = [] } = request;
  const labelled = labels.length === 0 ? null : new Set(stored.labelled(labels));
  const isLabelled = (position: number) => {
    const latest = labelled === null ? null : roster.latestOf(position);
    return labelled === null || (latest !== null && labelled.has(latest.number));
  };
  const isNamed = (position: number) => externalId === null || recipients.at(position).external_id === externalId;
  const isDescribed = text === null ? () => true : foundIn(batch, text);
  const isFound = (position: number) => isLabelled(position) && isNamed(position) && isDescribed(position);
  const hasFilter = text !== null || externalId !== null || request.outcomes !== null || labelled !== null;
  const found: { id: string; position: number }[] = [];
  const step = request.endingBefore === null ? 1 : -1;
  for (let position = cursor === null ? 0 : cursor.number + step; position >= 0 && position < total; position += step) {
    if (request.statuses !== null && !request.statuses.includes(roster.statusOf(position))) continue;
    if (!isWanted(position) || !isFound(position)) continue;
    // One more than the limit tells that there is another page.
    if (found.push({ id: recipientId(route, position), position }) > request.limit) break;
  }

  const page = pageOf(found, request);
  const numbers = page.data.map(({ position }) => roster.latestOf(position)?.number ?? null);
  const remarks = stored.remarks(numbers.filter((number) => number !== null));
  return ok({
    ...page,
    data: page.data.map(({ position }, index) => {
      const number = numbers[index] ?? null;
      const row = number === null ? null : stored.attempt(number);
      const said = number === null ? null : (remarks.get(number) ?? null);
      return { ...resultOf(batch, position, recipients.at(position), row, now), remarks: said };
    }),
    total: hasFilter ? null : countOf(batch, request.statuses),
  });
}

/** Recipients that match the text, or whose own id or call's id it is. */
function foundIn({ route, roster, recipients }: Batch, text: string): (position: number) => boolean {
  const isMatch = searchFor(text);
  const id = text.trim().toLowerCase();
  return (position) => {
    const latest = roster.latestOf(position);
    const ids = [recipientId(route, position), ...(latest === null ? [] : [callId(route, latest.number)])];
    const isNamed = ids.some((one) => one.toLowerCase() === id);
    return isNamed || isMatch(recipients.at(position));
  };
}

export function searchFor(text: string): (recipient: NewRecipient) => boolean {
  const search = personSearch(text);
  // A text that is not in the JSON is in none of its values, so only matches are parsed.
  const inJson = search.words.map((word) => JSON.stringify(word).slice(1, -1));
  return ({ to_number, metadata, external_id }) => {
    const json = folded(`${metadata ?? ""} ${JSON.stringify(external_id ?? "")}`);
    const values = inJson.every((word) => json.includes(word))
      ? [...valuesIn([external_id, metadata === null ? null : JSON.parse(metadata)])]
      : [];
    return isPersonFound(to_number, folded(values.join("\n")), search);
  };
}

/** Failed recipients are told apart by how their latest attempt ended, which is in its row. */
function wantedOutcome(
  roster: Batch["roster"],
  attemptOf: (number: number) => AttemptRow | null,
  outcomes: readonly Outcome[] | null,
): (position: number) => boolean {
  if (outcomes === null) return () => true;
  return (position) => {
    const status = roster.statusOf(position);
    const latest = status === "failed" ? roster.latestOf(position) : null;
    const row = latest === null ? null : attemptOf(latest.number);
    return outcomes.includes(outcomeOf({ status, end_reason: row?.end_reason }));
  };
}

function countOf({ row, roster }: Batch, statuses: readonly RecipientStatus[] | null): number {
  if (statuses === null) return row.total_recipients;
  return [...new Set(statuses)].reduce((sum, status) => sum + roster.counts[status], 0);
}
