/** A batch with everybody in it, and one recipient with its attempts, as the outside may see them. */

import { totalsOf } from "../calling/batch-status.ts";
import type { RecipientDetail } from "../calling/batch-view.ts";
import { type Failure, notFound } from "../calling/failure.ts";
import { parseRecipientId } from "../calling/ids.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { Sql } from "../storage/sql.ts";
import { type AttemptRow, attemptsByPosition, attemptsOf, latestAttempts } from "./attempts.ts";
import type { Engine } from "./engine.ts";
import { estimatedEndAt, type Finished } from "./estimate.ts";
import { resultOf, viewOf } from "./recipient-view.ts";
import type { BatchDetail } from "./rpc.ts";
import { attemptView } from "./views.ts";

/** `withAttempts`: every attempt of each recipient, not only what the latest has come to. */
export function detailOf(sql: Sql, engine: Engine, withAttempts: boolean, now: number): BatchDetail {
  const attempts = withAttempts ? attemptsByPosition(sql) : null;
  const latest = attempts === null ? latestAttempts(sql) : latestOf(attempts);
  const waiting = engine.waiting(now);
  const recipients = engine.recipients.all().map((recipient, position) => {
    const view = viewOf(engine, position, recipient, latest.get(position) ?? null, now);
    if (attempts === null) return view;
    return { ...view, attempts: (attempts.get(position) ?? []).map((row) => attemptView(engine.route, row)) };
  });
  const { total_calls_scheduled, total_calls_finished } = totalsOf(engine.roster.counts);
  const remaining = total_calls_scheduled - total_calls_finished - engine.roster.counts.cancelled;
  const progress = {
    finished: finishedOf(latest.values()),
    remaining,
    admittedAt: engine.row.admitted_at,
    waiting,
  };
  return {
    summary: engine.summary(),
    waiting,
    estimatedEndAt: estimatedEndAt(progress, now),
    callingWindow: engine.callingHours.own,
    retryPolicy: engine.retryPolicy,
    circuitBreaker: engine.circuit.settings(engine.row, now),
    callsPerSecond: engine.row.calls_per_second,
    ringingTimeoutSeconds: engine.row.ringing_timeout_seconds,
    maxCallDurationMinutes: engine.row.max_call_duration_minutes,
    onVoicemail: engine.row.on_voicemail,
    recipients,
  };
}

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

const latestOf = (attempts: ReadonlyMap<number, readonly AttemptRow[]>): Map<number, AttemptRow> =>
  new Map([...attempts].flatMap(([position, rows]) => rows.slice(-1).map((row) => [position, row] as const)));

/** Of those who were dialed: whoever failed because its time was over says nothing about a pace. */
function* finishedOf(latest: Iterable<AttemptRow>): Generator<Finished> {
  for (const { status, dispatched_at, ended_at } of latest) {
    const isOver = status === "completed" || status === "failed";
    if (isOver && dispatched_at !== null && ended_at !== null) yield { dialedAt: dispatched_at, endedAt: ended_at };
  }
}
