/** A batch as its archive has it: a line for each attempt, or for a recipient without any. */

import type { ArchivedBatch } from "../../archive/manifest.ts";
import { type ArchivedCall, jsonLineOf } from "../../archive/record.ts";
import { secondsBetween, time, timeOrNull } from "../../calling/answers/json.ts";
import { callId, recipientId } from "../../calling/secrets/ids.ts";
import { batchStatusOf } from "../../calling/words/batch-status.ts";
import { NO_REMARKS, type Remarks } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";
import type { Batch } from "../core/batch.ts";
import type { CallLines } from "../rpc.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import { attemptsOf } from "../store/attempts.ts";
import { remarksOf } from "../store/remarks.ts";
import { recipientView } from "../telling/views.ts";

export function archivedBatch({ row, roster }: Batch): ArchivedBatch {
  const isBatch = row.kind === "batch";
  return {
    organization_id: row.organization_id,
    batch_id: row.id,
    kind: isBatch ? "batch" : "direct_calls",
    name: isBatch ? row.name : null,
    agent_id: row.agent_id,
    from_number_id: row.from_number_id,
    status: batchStatusOf(roster.counts),
    created_at: time(row.created_at),
    recipients: row.total_recipients,
  };
}

/** In the order submitted, and each recipient's attempts in theirs. Rows are read as the lines are taken. */
export function* archivedCalls(sql: Sql, batch: Batch): Generator<ArchivedCall> {
  for (let position = 0; position < batch.row.total_recipients; position += 1) yield* callsAt(sql, batch, position);
}

/** Of one message. */
const PART_CHARACTERS = 512 * 1_024;

/** The same lines as text, of the recipients from this position on. */
export function callLines(sql: Sql, batch: Batch, from: number): CallLines {
  let [lines, count, position] = ["", 0, from];
  while (position < batch.row.total_recipients && lines.length < PART_CHARACTERS) {
    const calls = callsAt(sql, batch, position);
    lines += calls.map(jsonLineOf).join("");
    count += calls.length;
    position += 1;
  }
  return { lines, count, next: position < batch.row.total_recipients ? position : null };
}

function callsAt(sql: Sql, batch: Batch, position: number): ArchivedCall[] {
  const rows = attemptsOf(sql, position);
  const remarks = remarksOf(
    sql,
    rows.map(({ number }) => number),
  );
  return rows.length === 0
    ? [archivedCall(batch, position, null, NO_REMARKS)]
    : rows.map((row) => archivedCall(batch, position, row, remarks.get(row.number) ?? NO_REMARKS));
}

function archivedCall(
  { route, row: batch, recipients }: Batch,
  position: number,
  row: AttemptRow | null,
  { outcome, notes, tags, recording_url, transcript_url }: Remarks,
): ArchivedCall {
  const recipient = recipients.at(position);
  const { status, createdAt } = recipientView(route, batch, position, recipient, row);
  return {
    call_id: row === null || row.dispatched_at === null ? null : callId(route, row.number),
    recipient_id: recipientId(route, position),
    attempt: row?.attempt ?? 0,
    to_number: recipient.to_number,
    external_id: recipient.external_id ?? null,
    timezone: recipient.timezone,
    status,
    created_at: time(row?.created_at ?? createdAt),
    dispatched_at: timeOrNull(row?.dispatched_at ?? null),
    answered_at: timeOrNull(row?.answered_at ?? null),
    ended_at: timeOrNull(row?.ended_at ?? null),
    duration_seconds: secondsBetween(row?.answered_at ?? null, row?.ended_at ?? null),
    end_reason: row?.end_reason ?? null,
    answered_by: row?.answered_by ?? null,
    failure_reason: row?.failure_reason ?? null,
    error_message: row?.error_message ?? null,
    carrier_call_id: row?.carrier_call_id || null,
    carrier_code: row?.carrier_code ?? null,
    sip_code: row?.sip_code ?? null,
    outcome,
    tags,
    notes,
    recording_url,
    transcript_url,
    redacted_at: timeOrNull(row?.redacted_at ?? null),
    metadata: recipient.metadata === null ? null : (JSON.parse(recipient.metadata) as Record<string, unknown>),
  };
}
