/** What the audit says of a batch. Pure: the records are stored in the batch's row, and its next report brings them. */

import { timeOrNull } from "../../../calling/answers/json.ts";
import { type Act, type ActFields, type ActRecord, recordOf, SERVICE } from "../../../calling/messages/act.ts";
import { callId } from "../../../calling/secrets/ids.ts";
import { circuitOf, isBroken } from "../../attempts/circuit.ts";
import { type BatchRow, withAct } from "../../store/batch-row.ts";
import type { Batch } from "../batch.ts";
import type { Order } from "../effects.ts";
import type { Write } from "../state.ts";

const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

/** What a human can change of it. */
const audited = (row: BatchRow): ActFields => ({
  name: row.name,
  target_concurrency_limit: row.target_concurrency_limit,
  priority: row.priority,
  calls_per_second: row.calls_per_second,
  scheduled_at: timeOrNull(row.scheduled_at),
  retry_policy: parsed(row.retry_policy),
  calling_window: parsed(row.calling_window),
  circuit_breaker: parsed(row.circuit_breaker),
  circuit: circuitOf(row)?.state ?? null,
  paused: row.paused_at !== null,
  cancelled: row.cancelled_at !== null,
  retry_count: row.retry_count,
  recipients: row.total_recipients,
});
const auditedBatch = ({ row, roster }: Batch): ActFields => ({ ...audited(row), waiting: roster.counts.queued });

/** The write, with the record of what it makes of the batch. */
export function recorded(batch: Batch, act: Act | undefined, write: Write, now: number): Write {
  if (write === null || act === undefined) return write;
  return () => {
    const before = auditedBatch(batch);
    write();
    const fields = { before, after: auditedBatch(batch) };
    batch.replaceRow(withAct(batch.row, recordOf(act, { kind: "batch", resourceId: batch.row.id, ...fields }, now)));
  };
}

/** The same of one of its calls. */
export function recordedOfCall(batch: Batch, number: number, act: Act | undefined, write: Write, now: number): Write {
  if (write === null || act === undefined) return write;
  return () => {
    write();
    const resourceId = callId(batch.route, number);
    batch.replaceRow(withAct(batch.row, recordOf(act, { kind: "call", resourceId, before: null, after: null }, now)));
  };
}

export const recordedOrder = (batch: Batch, order: Order, act: Act | undefined, write: Write, now: number): Write =>
  order.kind === "erase_call" ? recordedOfCall(batch, order.number, act, write, now) : recorded(batch, act, write, now);

/** Null unless the circuit breaker has stopped the batch, or lets it go on, by itself. `row`: as it is about to be stored. */
export function circuitRecordOf({ row: before, route }: Batch, row: BatchRow, now: number): ActRecord | null {
  if (isBroken(before) === isBroken(row)) return null;
  const act: Act = { id: route, operation: isBroken(row) ? "openCircuit" : "closeCircuit", by: SERVICE };
  const fields = { before: audited(before), after: audited(row) };
  return recordOf(act, { kind: "batch", resourceId: row.id, ...fields }, now);
}
