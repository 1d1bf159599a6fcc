/** The document's examples of calls: one appointment reminder, from its order to its calls. */

import type { BatchAnswer, BatchDetailAnswer, BatchPageAnswer, LiveTicketAnswer } from "../../answers/calls/batch.ts";
import type { CallAnswer, DirectCallsAnswer } from "../../answers/calls/call.ts";
import type { ChangePreviewAnswer } from "../../answers/calls/change-preview.ts";
import type { LiveMessageAnswer } from "../../answers/calls/live.ts";
import type { PreviewAnswer } from "../../answers/calls/preview.ts";
import type { PersonPlaceAnswer, RecipientDetailAnswer, RecipientPageAnswer } from "../../answers/calls/recipient.ts";
import { BATCH_ID, CALL_ID, CREATED_AT } from "./common.ts";
import { agent, phoneNumber } from "./organization.ts";

export const batch = {
  id: BATCH_ID,
  name: "Appointment reminders",
  agent_id: agent.id,
  from_number_id: phoneNumber.id,
  region: "US",
  target_concurrency_limit: 10,
  priority: 3,
  status: "pending",
  total_calls_scheduled: 2,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  recipients_called: 0,
  recipients_answered: 0,
  retry_count: 0,
  created_at: CREATED_AT,
  last_updated_at: CREATED_AT,
} as const satisfies BatchAnswer;

export const batchPage: BatchPageAnswer = {
  data: [batch],
  has_more: false,
  next_page: null,
  counts: { pending: 1, in_progress: 0, completed: 0, failed: 0, cancelled: 0 },
};

const reached = {
  id: "abcr_TX9N9ULdcZQd5CEWu65fR9",
  to_number: "+14155550123",
  status: "completed",
  created_at: CREATED_AT,
  metadata: { first_name: "Ada" },
  agent_call_id: CALL_ID,
  end_reason: "client_hangup",
} as const;
const busy = {
  id: "abcr_TX9N9ULdcZQd5CEWu65fRA",
  to_number: "+15005550002",
  status: "failed",
  created_at: CREATED_AT,
  agent_call_id: "ac_TX9N9ULdcZQd5CEWu65fRB",
  end_reason: "dial_busy",
} as const;

export const batchDetail: BatchDetailAnswer = {
  ...batch,
  status: "completed",
  total_calls_dispatched: 2,
  total_calls_finished: 2,
  recipients_called: 2,
  recipients_answered: 2,
  last_updated_at: "2026-11-24T02:42:18.402Z",
  admitted_at: "2026-11-24T02:42:13.194Z",
  ringing_timeout_seconds: 30,
  max_call_duration_minutes: 10,
  recipients: [reached, busy],
};

export const changePreview: ChangePreviewAnswer = {
  waiting: 2,
  same: 0,
  sooner: 0,
  delayed: 1,
  failed: 1,
  reasons: { unknown_timezone: 1 },
  first_eligible_at: "2026-11-24T17:00:00.000Z",
  people: [
    {
      id: "abcr_TX9N9ULdcZQd5CEWu65fRA",
      to_number: "+15005550002",
      outcome: "failed",
      reason: "unknown_timezone",
    },
    {
      id: "abcr_TX9N9ULdcZQd5CEWu65fR9",
      to_number: "+14155550123",
      outcome: "delayed",
      timezone: "America/Los_Angeles",
      next_eligible_at: "2026-11-24T17:00:00.000Z",
    },
  ],
  people_left_out: 0,
};

export const preview: PreviewAnswer = {
  total_recipients: 3,
  called: 1,
  delayed: 1,
  skipped: 1,
  failed: 0,
  reasons: { window: 1, do_not_call: 1 },
  people: [
    {
      index: 1,
      to_number: "+4930901820",
      outcome: "delayed",
      reason: "window",
      timezone: "Europe/Berlin",
      next_eligible_at: "2026-11-24T08:00:00.000Z",
    },
    { index: 2, to_number: "+14155550199", outcome: "skipped", reason: "do_not_call" },
  ],
  people_left_out: 0,
  slots: { needed: 10, free: 20, waiting_batches: 0, granted_at_once: true },
  estimate: {
    expected_call_seconds: 90,
    calls_per_second: 1,
    starts_at: CREATED_AT,
    ends_at: "2026-11-24T08:01:30.000Z",
    duration_seconds: 19_157,
    calls: 2,
    not_reached: 0,
    expected_minutes: 3,
    most_minutes: 960,
  },
};

export const recipientPage: RecipientPageAnswer = {
  data: [
    {
      ...reached,
      attempt_count: 1,
      dispatched_at: "2026-11-24T02:42:13.198Z",
      answered_at: "2026-11-24T02:42:14.021Z",
      ended_at: "2026-11-24T02:42:16.044Z",
    },
  ],
  has_more: true,
  next_page: reached.id,
  total: 2,
};

export const recipientDetail: RecipientDetailAnswer = {
  ...busy,
  attempt_count: 1,
  dispatched_at: "2026-11-24T02:42:13.198Z",
  ended_at: "2026-11-24T02:42:13.871Z",
  attempts: [
    {
      attempt: 1,
      agent_call_id: "ac_TX9N9ULdcZQd5CEWu65fRB",
      status: "failed",
      created_at: CREATED_AT,
      dispatched_at: "2026-11-24T02:42:13.198Z",
      ended_at: "2026-11-24T02:42:13.871Z",
      end_reason: "dial_busy",
      sip_code: 486,
    },
  ],
};

export const recipientsCsv = [
  "to_number,status,end_reason,answered_by,failure_reason,error_message,agent_call_id,attempt_count,dispatched_at,answered_at,ended_at,timezone,external_id,recipient_id,first_name",
  `+14155550123,completed,client_hangup,,,,${CALL_ID},1,2026-11-24T02:42:13.198Z,2026-11-24T02:42:14.021Z,2026-11-24T02:42:16.044Z,,,abcr_TX9N9ULdcZQd5CEWu65fR9,Ada`,
  "",
].join("\r\n");

export const personPlace: PersonPlaceAnswer = {
  id: "abcr_TX9N9ULdcZQd5CEWu65fR9",
  to_number: "+14155550123",
  status: "completed",
  created_at: CREATED_AT,
  agent_call_id: CALL_ID,
  end_reason: "client_hangup",
  attempt_count: 1,
  attempts: [
    {
      attempt: 1,
      agent_call_id: CALL_ID,
      status: "completed",
      created_at: CREATED_AT,
      end_reason: "client_hangup",
      duration_seconds: 2,
      outcome: "appointment",
    },
  ],
  batch_id: "acb_TX9N9ULdcZQd5CEgrpdpAE",
  batch_name: "Reminders",
  agent_id: "agent_Fo7pKNBUwLZxrTd6jvhpaE",
};

export const remarks = {
  outcome: "appointment",
  notes: "Tuesday at ten suits her.",
  tags: ["new customer"],
  recording_url: "https://recordings.example.com/ac_TX9N9ULdcZQd5CEWu65fRA.mp3",
};

export const call: CallAnswer = {
  id: CALL_ID,
  agent_id: agent.id,
  status: "completed",
  agent_name: agent.name,
  start_time: "2026-11-24T02:42:14.021Z",
  end_time: "2026-11-24T02:42:16.044Z",
  duration_seconds: 2,
  telephony_params: {
    to: "+14155550123",
    from: phoneNumber.number,
    call_sid: "CA00000000000000000000000000000000",
    direction: "outbound",
    connection_type: "websocket",
  },
  telephony_account_type: "twilio",
  end_reason: "client_hangup",
  ...remarks,
  metadata: { first_name: "Ada" },
};

export const directCalls: DirectCallsAnswer = {
  calls: [
    { number: "+14155550123", agent_call_id: CALL_ID },
    {
      number: "+15005550001",
      error: {
        error_code: "call_not_placed",
        title: "Call not placed",
        message: "21211: the number +15005550001 is not valid",
      },
    },
  ],
};

export const liveTicket: LiveTicketAnswer = {
  ticket: "7pKNBUwLZxrTd6jvhpaE4W",
  url: `wss://calls.example.com/agents/calls/batches/${BATCH_ID}/live?ticket=7pKNBUwLZxrTd6jvhpaE4W`,
  expires_at: "2026-11-24T02:43:13.185Z",
};

export const liveMessage: LiveMessageAnswer = {
  type: "changes",
  at: "2026-11-24T02:42:14.030Z",
  batch: {
    id: BATCH_ID,
    status: "completed",
    total_calls_scheduled: 2,
    total_calls_dispatched: 2,
    total_calls_finished: 1,
    recipients_called: 2,
    recipients_answered: 2,
    retry_count: 0,
    target_concurrency_limit: 10,
    last_updated_at: "2026-11-24T02:42:14.030Z",
  },
  recipients_by_status: { queued: 0, dispatched: 0, started: 1, completed: 0, failed: 1, cancelled: 0 },
  in_flight: 1,
  slots: 1,
  recipients: [{ id: "abcr_TX9N9ULdcZQd5CEWu65fR9", status: "started", agent_call_id: CALL_ID }],
};
