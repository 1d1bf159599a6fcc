/** One recipient with its attempts, as the API shows it. */

import type { PersonPlace, RecipientDetail } from "../../calling/messages/batch-view.ts";
import type { PersonNamed } from "../../calling/numbers/person-hash.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { parseRecipientId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch } from "../core/batch.ts";
import { attemptsOf } from "../store/attempts.ts";
import { remarksOf } from "../store/remarks.ts";
import { attemptView } from "../telling/views.ts";
import { resultOf } from "./recipient-view.ts";

export function recipientDetail(
  sql: Sql,
  batch: Batch,
  recipientId: string,
  now: number,
): Result<RecipientDetail, Failure> {
  const id = parseRecipientId(recipientId);
  if (id === null || id.route !== batch.route || id.number >= batch.row.total_recipients) {
    return err(notFound("recipient"));
  }
  return ok(detailAt(sql, batch, id.number, now));
}

/** A batch may have a number more than once, if its order says so. */
const PLACES_AT_MOST = 100;

export function placesOf(sql: Sql, batch: Batch, person: PersonNamed, now: number): PersonPlace[] {
  const { id, name, agent_id: agentId, kind } = batch.row;
  const isBatch = kind === "batch";
  return batch.recipients
    .positionsOf(person)
    .slice(0, PLACES_AT_MOST)
    .map((position) => ({
      batchId: isBatch ? id : null,
      batchName: isBatch ? name : null,
      agentId,
      recipient: detailAt(sql, batch, position, now),
    }));
}

function detailAt(sql: Sql, batch: Batch, position: number, now: number): RecipientDetail {
  const rows = attemptsOf(sql, position);
  const recipient = batch.recipients.at(position);
  const latest = rows.at(-1) ?? null;
  const remarks = remarksOf(
    sql,
    rows.map(({ number }) => number),
  );
  return {
    ...resultOf(batch, position, recipient, latest, now),
    remarks: latest === null ? null : (remarks.get(latest.number) ?? null),
    attempts: rows.map((row) => ({ ...attemptView(batch.route, row), remarks: remarks.get(row.number) ?? null })),
  };
}
