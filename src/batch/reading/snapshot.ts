/**
 * A batch with all of its recipients at one moment. What can change is read at once. Metadata and earlier attempts
 * cannot change, and are the largest part. They are read in parts, so that neither side ever holds all of them.
 */

import { headOf, presentAttempt, tailOf } from "../../calling/answers/recipient.ts";
import type { BatchRoute } from "../../calling/secrets/ids.ts";
import { totalsOf } from "../../calling/words/batch-status.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch as WholeBatch } from "../core/batch.ts";
import type { BatchSnapshot, PartAttempts, PartRequest, SnapshotPart, SnapshotPeople } from "../rpc.ts";
import type { AttemptRow, StoredAttempt } from "../store/attempt-states.ts";
import { type ShownAttempt, shownAttempts } from "../store/attempt-texts.ts";
import { attemptNumbers, attemptsNumbered, latestAttempts } from "../store/attempts.ts";
import { attemptView } from "../telling/views.ts";
import { estimatedEndAt, type Finished, MEASURED_MS } from "./estimate.ts";
import { viewOf } from "./recipient-view.ts";

/**
 * A part has at least one recipient. The largest batch takes some dozens of messages, each far below the platform's
 * limit.
 */
const PART_CHARACTERS = 512 * 1_024;
/** About the size of an attempt in a message. */
const ATTEMPT_CHARACTERS = 512;
/** JSON has none. */
const LINE_END = "\n";

/** `withAttempts`: every attempt of each recipient, not only the outcome of the latest. */
export function snapshotOf(sql: Sql, batch: WholeBatch, withAttempts: boolean, now: number): BatchSnapshot {
  const waiting = batch.waiting(now);
  const { total_calls_scheduled, total_calls_finished } = totalsOf(batch.roster.counts);
  const remaining = total_calls_scheduled - total_calls_finished - batch.roster.counts.cancelled;
  const whole = withAttempts ? latestAttempts(sql) : null;
  // Ends are read for the estimate only.
  const endedFrom = remaining === 0 ? null : now - MEASURED_MS;
  const latest = whole ?? shownAttempts(sql, batch.roster.nextNumber - 1, endedFrom);
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
    ...snapshotPeople(sql, batch, latest, whole, now),
  };
}

type Batch = Parameters<typeof viewOf>[0] & { readonly recipients: Pick<WholeBatch["recipients"], "at"> };

/** A part that is being filled. */
class Part {
  readonly from: number;
  readonly heads: string[] = [];
  /** Only of the first part: the others are read when they are sent. */
  readonly metadata: (string | null)[] = [];
  readonly latest: string[] = [];
  readonly earlier: (readonly number[])[] = [];
  characters = 0;

  constructor(from: number) {
    this.from = from;
  }

  hasRoomFor(characters: number): boolean {
    return this.characters === 0 || this.characters + characters <= PART_CHARACTERS;
  }

  attempts(withAttempts: boolean): PartAttempts | null {
    return withAttempts ? { latest: this.latest, earlier: this.earlier } : null;
  }
}

/** `latest`: by position. `whole`: the same as whole rows, if attempts were asked for. */
export function snapshotPeople(
  sql: Sql,
  batch: Batch,
  latest: ReadonlyMap<number, ShownAttempt>,
  whole: ReadonlyMap<number, AttemptRow> | null,
  now: number,
): SnapshotPeople {
  const total = batch.row.total_recipients;
  const numbers = whole === null ? null : earlierNumbers(sql, whole, total);
  const first = new Part(0);
  const parts = [first];
  let part = first;
  for (let position = 0; position < total; position += 1) {
    const recipient = batch.recipients.at(position);
    const earlier = numbers?.[position] ?? [];
    const characters = (recipient.metadata?.length ?? 0) + earlier.length * ATTEMPT_CHARACTERS;
    if (!part.hasRoomFor(characters)) {
      part = new Part(position);
      parts.push(part);
    }
    part.characters += characters;
    part.heads.push(headOf(viewOf(batch, position, recipient, latest.get(position) ?? null, now)));
    if (part === first) part.metadata.push(recipient.metadata);
    if (whole === null) continue;
    const row = whole.get(position);
    part.latest.push(row === undefined ? "" : JSON.stringify(presentAttempt(attemptView(batch.route, row))));
    part.earlier.push(earlier);
  }
  const rest = parts.slice(1).map((one) => ({
    from: one.from,
    heads: one.heads.join(LINE_END),
    attempts: one.attempts(whole !== null),
  }));
  return { firstPart: written(sql, batch.route, first, first.attempts(whole !== null)), rest };
}

export function snapshotPart(
  sql: Sql,
  { route, recipients }: Pick<Batch, "route" | "recipients">,
  { from, heads: lines, attempts }: PartRequest,
): SnapshotPart {
  const heads = lines.split(LINE_END);
  const metadata = heads.map((_, index) => recipients.at(from + index).metadata);
  return written(sql, route, { from, heads, metadata }, attempts);
}

function written(
  sql: Sql,
  route: BatchRoute,
  { from, heads, metadata }: Pick<Part, "from" | "heads" | "metadata">,
  attempts: PartAttempts | null,
): SnapshotPart {
  const numbers = attempts?.earlier.flat() ?? [];
  const rows = numbers.length === 0 ? [] : attemptsNumbered(sql, numbers);
  const byPosition = Map.groupBy(rows, ({ position }) => position);
  let text = "";
  heads.forEach((head, index) => {
    const earlier = attempts && (byPosition.get(from + index) ?? []).map((row) => attemptView(route, row));
    const last = attempts === null ? "" : `${attempts.latest[index]}]`;
    text += `${index === 0 ? "" : ","}${head}${tailOf(metadata[index] ?? null, earlier)}${last}}`;
  });
  return new TextEncoder().encode(text);
}

function earlierNumbers(sql: Sql, latest: ReadonlyMap<number, AttemptRow>, total: number): number[][] {
  const earlier: number[][] = Array.from({ length: total }, () => []);
  for (const { number, position } of attemptNumbers(sql)) {
    if (number !== latest.get(position)?.number) earlier[position]?.push(number);
  }
  return earlier;
}

/** Only dialed recipients: one that failed because its time was over tells nothing about the pace. */
function* finishedOf(
  latest: Iterable<Pick<StoredAttempt, "status" | "dispatched_at" | "ended_at">>,
): Generator<Finished> {
  for (const { status, dispatched_at, ended_at } of latest) {
    const isOver = status === "completed" || status === "failed";
    if (isOver && dispatched_at !== null && ended_at !== null) yield { dialedAt: dispatched_at, endedAt: ended_at };
  }
}
