/** One recipient with its attempts, as the outside may see it. */

import type { RecipientDetail } from "../calling/batch-view.ts";
import { type Failure, notFound } from "../calling/failure.ts";
import { parseRecipientId } from "../calling/ids.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { Sql } from "../storage/sql.ts";
import { attemptsOf } from "./attempts.ts";
import type { Engine } from "./engine.ts";
import { resultOf } from "./recipient-view.ts";
import { attemptView } from "./views.ts";

export function recipientDetail(
  sql: Sql,
  engine: Engine,
  recipientId: string,
  now: number,
): Result<RecipientDetail, Failure> {
  const id = parseRecipientId(recipientId);
  if (id === null || id.route !== engine.route || id.number >= engine.row.total_recipients) {
    return err(notFound("recipient"));
  }
  const rows = attemptsOf(sql, id.number);
  const recipient = engine.recipients.at(id.number);
  return ok({
    ...resultOf(engine, id.number, recipient, rows.at(-1) ?? null, now),
    attempts: rows.map((row) => attemptView(engine.route, row)),
  });
}
