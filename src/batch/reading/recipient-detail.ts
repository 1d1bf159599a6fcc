/** One recipient with its attempts, as the API shows it. */

import type { RecipientDetail } from "../../calling/messages/batch-view.ts";
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
  const rows = attemptsOf(sql, id.number);
  const recipient = batch.recipients.at(id.number);
  const latest = rows.at(-1) ?? null;
  const remarks = remarksOf(
    sql,
    rows.map(({ number }) => number),
  );
  return ok({
    ...resultOf(batch, id.number, recipient, latest, now),
    remarks: latest === null ? null : (remarks.get(latest.number) ?? null),
    attempts: rows.map((row) => ({ ...attemptView(batch.route, row), remarks: remarks.get(row.number) ?? null })),
  });
}
