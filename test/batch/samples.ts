/** Rows as the batch's object stores them, for tests of its pure parts. */

import type { CallTiming } from "../../src/batch/attempts/timing.ts";
import type { AttemptRow } from "../../src/batch/store/attempts.ts";
import { type BatchRow, insertBatch, readBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import { CALLBACKS_TELL } from "../../src/dialer/dialer.ts";
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
  insertBatch(sql, sampleOrder, RECIPIENTS, 0);
  return readBatch(sql);
})();

/** The order as it is stored, in each of its columns. */
export const sampleBatch = (fields: Partial<BatchRow> = {}): BatchRow => ({ ...STORED, ...fields });

/** What the batch needs to dial. */
export const sampleDialing: Dialing = {
  agent: { id: "agent_1", name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com" } },
  from_number: "+14155550100",
  carrier_number_id: null,
  account: { carrier: "twilio", ...sampleAccount() },
  calling_window: null,
};

/** An attempt that was dispatched at 0, without further news. */
export const sampleAttempt = (fields: Partial<AttemptRow> = {}): AttemptRow => ({
  number: 1,
  position: 0,
  attempt: 1,
  status: "dispatched",
  token: "token",
  carrier_call_id: null,
  created_at: 0,
  dispatched_at: 0,
  answered_at: null,
  ended_at: null,
  end_reason: null,
  error_message: null,
  due_at: null,
  updated_at: 0,
  deferred_since: null,
  ended_because: null,
  carrier_code: null,
  sip_code: null,
  failure_reason: null,
  answered_by: null,
  redacted_at: null,
  ...fields,
});
