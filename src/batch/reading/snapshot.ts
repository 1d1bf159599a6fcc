/**
 * A batch with all of its recipients at one moment. What can change is read at once. Metadata and earlier attempts
 * cannot change, and are the largest part. They are read in parts, so that neither side ever holds all of them.
 */

import { headOf, presentAttempt, tailOf } from "../../calling/answers/recipient.ts";
import { present } from "../../calling/requests/assert.ts";
import { totalsOf } from "../../calling/words/batch-status.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch as WholeBatch } from "../core/batch.ts";
import type { BatchSnapshot, PartRequest, SnapshotPart, SnapshotPeople } from "../rpc.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { attemptNumbers, attemptsNumbered, latestAttempts } from "../store/attempts.ts";
import { attemptView } from "../telling/views.ts";
import { estimatedEndAt, type Finished } from "./estimate.ts";
import { viewOf } from "./recipient-view.ts";

/**
 * A part has at least one recipient. The largest batch takes some dozens of messages, each far below the platform's
 * limit.
 */
const PART_CHARACTERS = 512 * 1_024;
/** About the size of an attempt in a message. */
const ATTEMPT_CHARACTERS = 512;

/** `withAttempts`: every attempt of each recipient, not only the outcome of the latest. */
export function snapshotOf(sql: Sql, batch: WholeBatch, withAttempts: boolean, now: number): BatchSnapshot {
  const latest = latestAttempts(sql);
  const waiting = batch.waiting(now);
  const { total_calls_scheduled, total_calls_finished } = totalsOf(batch.roster.counts);
  const remaining = total_calls_scheduled - total_calls_finished - batch.roster.counts.cancelled;
  const progress = {
    finished: finishedOf(latest.values()),
    remaining,
    admittedAt: batch.row.admitted_at,
    waiting,
  };
  return {
    summary: batch.summary(),
    waiting,
    estimatedEndAt: estimatedEndAt(progress, now),
    callingWindow: batch.callingHours.own,
    retryPolicy: batch.retryPolicy,
    circuitBreaker: batch.circuit.settings(batch.row, now),
    callsPerSecond: batch.row.calls_per_second,
    ringingTimeoutSeconds: batch.row.ringing_timeout_seconds,
    maxCallDurationMinutes: batch.row.max_call_duration_minutes,
    onVoicemail: batch.row.on_voicemail,
    ...snapshotPeople(sql, batch, latest, withAttempts, now),
  };
}

type Batch = Parameters<typeof viewOf>[0] & { readonly recipients: Pick<WholeBatch["recipients"], "at"> };

/** `latest`: by position. */
export function snapshotPeople(
  sql: Sql,
  batch: Batch,
  latest: ReadonlyMap<number, AttemptRow>,
  withAttempts: boolean,
  now: number,
): SnapshotPeople {
  const total = batch.row.total_recipients;
  const earlier = withAttempts ? earlierNumbers(sql, latest, total) : null;
  const heads: string[] = [];
  const latestTexts: string[] = [];
  const ends: number[] = [];
  let characters = 0;
  for (let position = 0; position < total; position += 1) {
    const recipient = batch.recipients.at(position);
    const size = (recipient.metadata?.length ?? 0) + (earlier?.[position]?.length ?? 0) * ATTEMPT_CHARACTERS;
    if (characters > 0 && characters + size > PART_CHARACTERS) {
      ends.push(position);
      characters = 0;
    }
    characters += size;
    const row = latest.get(position) ?? null;
    heads.push(headOf(viewOf(batch, position, recipient, row, now)));
    if (withAttempts)
      latestTexts.push(row === null ? "" : JSON.stringify(presentAttempt(attemptView(batch.route, row))));
  }
  ends.push(total);
  const until = present(ends[0], "there is a part");
  const firstPart = snapshotPart(sql, batch, { from: 0, until, earlier: earlier?.slice(0, until) ?? null });
  return { heads, latest: withAttempts ? latestTexts : null, earlier, ends, firstPart };
}

export function snapshotPart(
  sql: Sql,
  { route, recipients }: Pick<Batch, "route" | "recipients">,
  { from, until, earlier }: PartRequest,
): SnapshotPart {
  const numbers = earlier?.flat() ?? [];
  const rows = numbers.length === 0 ? [] : attemptsNumbered(sql, numbers);
  const byPosition = Map.groupBy(rows, ({ position }) => position);
  return Array.from({ length: until - from }, (_, index) => {
    const before = earlier && (byPosition.get(from + index) ?? []).map((row) => attemptView(route, row));
    return tailOf(recipients.at(from + index).metadata, before);
  });
}

function earlierNumbers(sql: Sql, latest: ReadonlyMap<number, AttemptRow>, total: number): number[][] {
  const earlier: number[][] = Array.from({ length: total }, () => []);
  for (const { number, position } of attemptNumbers(sql)) {
    if (number !== latest.get(position)?.number) earlier[position]?.push(number);
  }
  return earlier;
}

/** Only dialed recipients: one that failed because its time was over tells nothing about the pace. */
function* finishedOf(latest: Iterable<AttemptRow>): Generator<Finished> {
  for (const { status, dispatched_at, ended_at } of latest) {
    const isOver = status === "completed" || status === "failed";
    if (isOver && dispatched_at !== null && ended_at !== null) yield { dialedAt: dispatched_at, endedAt: ended_at };
  }
}
