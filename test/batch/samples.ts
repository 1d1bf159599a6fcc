/** Rows as the batch's object stores them, for tests of its pure parts. */

import type { CallTiming } from "../../src/batch/attempts/timing.ts";
import type { Given } from "../../src/batch/core/batch.ts";
import type { Effect } from "../../src/batch/core/effects.ts";
import type { Engine } from "../../src/batch/core/engine.ts";
import { type AttemptRow, attemptOf, type StoredAttempt } from "../../src/batch/store/attempt-states.ts";
import { type BatchRow, firstRow, insertBatch, readBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { CALLBACKS_TELL, type CallProgress, type CarrierRequest } from "../../src/dialer/dialer.ts";
import type { Dialing } from "../../src/dialer/dialing.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

export const TIMING: CallTiming = {
  ringingMs: 30_000,
  maxDurationMs: 600_000,
  checkMs: 60_000,
  asking: CALLBACKS_TELL,
};

export const sampleOrder: BatchOrder = {
  id: "acb_sample",
  organizationId: "org_sample",
  name: "Sample",
  agent_id: "agent_sample",
  from_number_id: "ap_sample",
  region: "US",
  target_concurrency_limit: 3,
  ringing_timeout_seconds: TIMING.ringingMs / 1_000,
  max_call_duration_minutes: TIMING.maxDurationMs / 60_000,
  createdAt: 0,
  scheduledAt: null,
  retryPolicy: null,
  callingWindow: null,
  circuitBreaker: null,
  doNotCall: [],
  callbackBaseUrl: "https://calls.example.com",
  webhooks: [],
};

const RECIPIENTS = 10;
const STORED: BatchRow = (() => {
  const sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow(sampleOrder, RECIPIENTS, 0));
  return readBatch(sql);
})();

/** The order as it is stored, in each of its columns. */
export const sampleBatch = (fields: Partial<BatchRow> = {}): BatchRow => ({ ...STORED, ...fields });

let drawn = 0;
/** No two draws are equal, and none is left to chance. */
const random = (count: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(count);
  drawn += 1;
  new DataView(bytes.buffer).setUint32(count - 4, drawn);
  return bytes;
};

/** What a batch's core is given with its rows. */
export const GIVEN: Given = { callCheckMs: 60_000, carrierConnections: 6, keyRing: ["key"], random };

const NOBODY = 1_000;
export const REQUEST: CarrierRequest = { method: "POST", pathAndQuery: "/callbacks/twilio", headers: {}, body: "" };
const REPLY = { contentType: "text/plain", body: "" };

/** The carrier reports a call's progress by a callback with the call's token, whose signature is right. */
export function calledBack(engine: Engine, number: number, progress: CallProgress, now: number): readonly Effect[] {
  const token = present(engine.batch.attempts.find(number), "it is a call").token;
  const asked = engine.handle({ kind: "callback", to: NOBODY, number, token, request: REQUEST }, now);
  if (!asked.some(({ kind }) => kind === "verify")) throw new Error(`it is not verified: ${JSON.stringify(asked)}`);
  const event = { kind: "progress", carrierCallId: `CA${number}`, progress } as const;
  return engine.handle({ kind: "verified", to: NOBODY, outcome: { kind: "event", event, reply: REPLY } }, now);
}

/** A question for the line is in flight. */
export function askedForLine({ batch }: Engine, now: number): void {
  batch.line.want();
  batch.line.isToBeAsked(now);
}

/** What the batch needs to dial. */
export const sampleDialing: Dialing = {
  agent: { id: "agent_1", name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com" } },
  from_number: "+14155550100",
  carrier_number_id: null,
  account: { carrier: "twilio", ...sampleAccount() },
  calling_window: null,
};

/** The same attempt with other values, and what it has at least with another status. It must be one that can be. */
export function but(row: AttemptRow, fields: Partial<StoredAttempt>): AttemptRow {
  if (fields.status === undefined) return attemptOf({ ...row, ...fields });
  const { number, position, attempt, token, created_at, dispatched_at, updated_at, deferred_since } = row;
  const { carrier_call_id } = row;
  const call = carrier_call_id === null ? {} : { carrier_call_id };
  return sampleAttempt({
    ...{ number, position, attempt, token, created_at, dispatched_at, updated_at, deferred_since, ...call },
    ...fields,
  });
}

/** What an attempt of this status has at least. */
const LEAST: Readonly<Record<AttemptRow["status"], Partial<StoredAttempt>>> = {
  queued: { token: null, dispatched_at: null, due_at: null },
  dispatched: {},
  started: { carrier_call_id: "CA1", answered_at: 0 },
  completed: { carrier_call_id: "CA1", ended_at: 0, end_reason: "client_hangup", due_at: null },
  failed: { ended_at: 0, due_at: null },
  cancelled: { token: null, dispatched_at: null, due_at: null },
};

/** An attempt that was dispatched at 0, without further news, or one of another status. */
export function sampleAttempt(fields: Partial<StoredAttempt> = {}): AttemptRow {
  const { status = "dispatched", carrier_call_id: call = null } = fields;
  const row: StoredAttempt = {
    number: 1,
    position: 0,
    attempt: 1,
    status,
    token: "token",
    carrier_call_id: null,
    created_at: 0,
    dispatched_at: 0,
    answered_at: null,
    ended_at: null,
    end_reason: null,
    error_message: null,
    due_at: 0,
    updated_at: 0,
    deferred_since: null,
    ended_because: null,
    carrier_code: null,
    sip_code: null,
    failure_reason: null,
    answered_by: null,
    redacted_at: null,
    ...LEAST[status],
    ...(status === "failed" && call !== null ? { end_reason: "dial_busy" as const } : {}),
    ...fields,
  };
  return attemptOf(row);
}
