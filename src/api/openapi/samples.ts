/** The document's examples: one appointment reminder, from its order to its calls. */

import type { AuditAnswer } from "../answers/audit.ts";
import type { BatchAnswer, BatchDetailAnswer, BatchPageAnswer, LiveTicketAnswer } from "../answers/batch.ts";
import type { CallAnswer, DirectCallsAnswer } from "../answers/call.ts";
import type { ChangePreviewAnswer } from "../answers/change-preview.ts";
import type { LiveMessageAnswer } from "../answers/live.ts";
import type { MemberAnswer, SignInAnswer } from "../answers/member.ts";
import type { ApiKeyAnswer, OrganizationAnswer, RemovalAnswer, ResealAnswer } from "../answers/organization.ts";
import type { DoNotCallAnswer, ErasureAnswer } from "../answers/people.ts";
import type { PreviewAnswer } from "../answers/preview.ts";
import type { PriceListAnswer } from "../answers/prices.ts";
import type { PersonPlaceAnswer, RecipientDetailAnswer, RecipientPageAnswer } from "../answers/recipient.ts";
import type { FiguresAnswer, ReportAnswer } from "../answers/report.ts";
import type { ConcurrencyAnswer, LedgerAnswer } from "../answers/slots.ts";
import type { AgentAnswer, PhoneNumberAnswer } from "../answers/telephony.ts";
import type { DeliveryAnswer, WebhookAnswer } from "../answers/webhook.ts";
import type { ProviderAnswer } from "../requests/providers.ts";

const BATCH_ID = "acb_TX9N9ULdcZQd5CEgrpdpAE";
const CALL_ID = "ac_TX9N9ULdcZQd5CEWu65fRA";
const CREATED_AT = "2026-11-24T02:42:13.185Z";
const times = { created_at: CREATED_AT, updated_at: CREATED_AT };

export const agent = {
  id: "agent_Fo7pKNBUwLZxrTd6jvhpaE",
  name: "Reminder",
  connection: { type: "websocket", url: "wss://agent.example.com/audio" },
  webhook_id: null,
  ...times,
} as const satisfies AgentAnswer;

export const provider = {
  id: "app_main",
  type: "twilio",
  label: "main",
  account_sid: "AC00000000000000000000000000000000",
  api_key_sid: "SK…0000",
  region: "us1",
  has_auth_token: true,
  calls_per_second: 1,
  ...times,
} as const satisfies ProviderAnswer;

export const priceList = {
  valid_from: "2026-11-01",
  currency: "USD",
  rates: [
    { destination: "US", per_minute: "0.0140", increments: "60/60", connection_fee: "0" },
    { destination: "DE mobile", per_minute: "0.0500", increments: "1/1", connection_fee: "0.01" },
  ],
  updated_at: CREATED_AT,
} satisfies PriceListAnswer;

export const phoneNumber = {
  id: "ap_Q8PRh7lXyZsawXJmN2KcT5",
  label: "caller",
  number: "+14155550100",
  agent: { id: agent.id, name: agent.name },
  provider,
  calls_per_second: null,
  ...times,
} as const satisfies PhoneNumberAnswer;

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
  recipients: [
    {
      id: "abcr_TX9N9ULdcZQd5CEWu65fR9",
      to_number: "+14155550123",
      status: "completed",
      created_at: CREATED_AT,
      metadata: { first_name: "Ada" },
      agent_call_id: CALL_ID,
      end_reason: "client_hangup",
    },
    {
      id: "abcr_TX9N9ULdcZQd5CEWu65fRA",
      to_number: "+15005550002",
      status: "failed",
      created_at: CREATED_AT,
      agent_call_id: "ac_TX9N9ULdcZQd5CEWu65fRB",
      end_reason: "dial_busy",
    },
  ],
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
      id: "abcr_TX9N9ULdcZQd5CEWu65fR9",
      to_number: "+14155550123",
      status: "completed",
      created_at: CREATED_AT,
      metadata: { first_name: "Ada" },
      agent_call_id: CALL_ID,
      end_reason: "client_hangup",
      attempt_count: 1,
      dispatched_at: "2026-11-24T02:42:13.198Z",
      answered_at: "2026-11-24T02:42:14.021Z",
      ended_at: "2026-11-24T02:42:16.044Z",
    },
  ],
  has_more: true,
  next_page: "abcr_TX9N9ULdcZQd5CEWu65fR9",
  total: 2,
};

export const recipientDetail: RecipientDetailAnswer = {
  id: "abcr_TX9N9ULdcZQd5CEWu65fRA",
  to_number: "+15005550002",
  status: "failed",
  created_at: CREATED_AT,
  agent_call_id: "ac_TX9N9ULdcZQd5CEWu65fRB",
  end_reason: "dial_busy",
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

export const doNotCall = {
  id: "dnc_1",
  number: "+14155550123",
  reason: "asked for it on the phone",
  call_id: CALL_ID,
  added_at: CREATED_AT,
  added_by: { id: "key_Fo7pKNBUwLZxrTd6jvhpaE", label: "first" },
} as const satisfies DoNotCallAnswer;

export const erasure = {
  id: "erasure_TX9N9ULdcZQd5CEWu65fR9",
  status: "erased",
  requested_at: CREATED_AT,
  requested_by: { id: "key_Fo7pKNBUwLZxrTd6jvhpaE", label: "first" },
  completed_at: CREATED_AT,
  batches: 2,
  batches_left: 0,
  recipients: 2,
  calls: 3,
} as const satisfies ErasureAnswer;

export const doNotCallCsv = [
  "number,reason,call_id,added_at,added_by,removed_at,removed_by,removal_reason",
  `+14155550123,asked for it on the phone,${CALL_ID},${CREATED_AT},first,,,`,
  "",
].join("\r\n");

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

export const organization: OrganizationAnswer = {
  id: "org_acme",
  name: "Acme",
  agent_call_concurrency_limit: 20,
  reserved_concurrency: 2,
  calls_per_second: null,
  agents_usage: 2,
  retention_days: 0,
  archive: false,
  created_at: CREATED_AT,
};

export const settings = { retention_days: 90, archive: true };

export const removal: RemovalAnswer = {
  organization_id: organization.id,
  status: "deleting",
  requested_at: CREATED_AT,
  batches_left: 12,
};

export const apiKey: ApiKeyAnswer = {
  id: "key_Fo7pKNBUwLZxrTd6jvhpaE",
  label: "first",
  key: "sk_acme_an-example-and-no-key",
  role: "admin",
  created_at: CREATED_AT,
};

export const ownKey = {
  id: apiKey.id,
  label: apiKey.label,
  organization_id: organization.id,
  role: apiKey.role,
};

export const member = {
  id: "member_Xt4bUyPZ7ufK2hT9sWnQeD",
  email: "ada@example.com",
  role: "operator",
  created_at: CREATED_AT,
} as const satisfies MemberAnswer;

export const signIn = {
  method: "access" as const,
  email: member.email,
  expires_at: "2026-11-25T02:42:13.185Z",
  organizations: [{ id: organization.id, name: organization.name, role: member.role }],
} satisfies SignInAnswer;

export const audited = {
  id: "audit_1C4PzUn5L8qEvgZ2Zb5Vt7",
  at: CREATED_AT,
  by: { kind: "key", id: apiKey.id, label: apiKey.label },
  operation: "changeBatch",
  resource: { kind: "batch", id: BATCH_ID },
  before: { target_concurrency_limit: 10 },
  after: { target_concurrency_limit: 5 },
} as const satisfies AuditAnswer;

export const auditCsv = [
  "at,by,by_kind,by_id,operation,kind,resource_id,before,after",
  `${CREATED_AT},${apiKey.label},key,${apiKey.id},pauseBatch,batch,${BATCH_ID},"{""paused"":false}","{""paused"":true}"`,
  "",
].join("\r\n");

export const webhook: WebhookAnswer = {
  id: "webhook_TX9N9ULdcZQd5CEgrpdpAE",
  display_name: "Our CRM",
  url: "https://example.com/callbatch",
  events: ["call_completed", "call_failed", "batch_completed"],
  enabled: true,
  ...times,
};

const EVENT_ID = "evt_1C4PzUn5L8qEvgZ2Zb5Vt7";

export const delivery: DeliveryAnswer = {
  id: EVENT_ID,
  type: "call_completed",
  status: "pending",
  attempts: 1,
  created_at: "2026-11-24T02:42:16.044Z",
  last_attempt_at: "2026-11-24T02:42:16.101Z",
  next_attempt_at: "2026-11-24T02:42:21.410Z",
  response_status: 503,
  error_message: "answered 503: only 2xx counts as received",
  batch_id: BATCH_ID,
  call_id: CALL_ID,
};

const event = {
  request_id: EVENT_ID,
  webhook_id: webhook.id,
  organization_id: organization.id,
  timestamp: "2026-11-24T02:42:16.044Z",
};
const happenedIn = { agent_id: agent.id, batch_id: BATCH_ID };
export const callEvent = { type: "call_completed" as const, ...event, ...happenedIn, call };
export const batchEvent = { type: "batch_completed" as const, ...event, ...happenedIn, batch };
export const testEvent = { type: "test" as const, ...event };

export const ledger: LedgerAnswer = {
  limit: 20,
  reserved: 2,
  in_use: 10,
  calls_outside_batches: 0,
  holding: [{ batch_id: BATCH_ID, kind: "batch", slots: 10, draining: false, confirmed: true, created_at: CREATED_AT }],
  waiting: [],
};

export const reseal: ResealAnswer = {
  data: [{ organization_id: organization.id, resealed: 4, current: 0, unopened: 0 }],
  has_more: false,
  next_page: null,
};

export const concurrency: ConcurrencyAnswer = {
  limit: 20,
  reserved: 0,
  in_use: 10,
  free: 10,
  calls_outside_batches: 0,
  holding: [
    {
      batch: { id: BATCH_ID, name: "Appointment reminders" },
      slots: 10,
      created_at: CREATED_AT,
      draining: false,
      calls_in_flight: 9,
    },
  ],
  waiting: [],
};

export const page = <Item>(item: Item) => ({ data: [item], has_more: false, next_page: null });

const figures = {
  dialed: 200,
  answered: 120,
  answer_rate: 0.6,
  human: 90,
  machine: 20,
  completed: 110,
  not_reached: { busy: 10, no_answer: 60, dial_failed: 8, other: 2 },
  not_called: { not_placed: 1, do_not_call: 3, not_in_hours: 0 },
  talk_minutes: 150.5,
  started_minutes: 210,
  costs: [{ currency: "USD", amount: "2.9400" }],
  minutes_without_price: 0,
  duration_median_seconds: 62,
  duration_p90_seconds: 170,
  completed_on_attempt: [90, 15, 5, 0, 0],
} satisfies FiguresAnswer;

export const report: ReportAnswer = {
  by: "day",
  from: "2026-11-30",
  until: "2026-11-30",
  total: figures,
  data: [{ key: "2026-11-30", ...figures }],
};

export const reportCsv = "key,name,dialed,answered,answer_rate\r\n2026-11-30,,200,120,0.6\r\ntotal,,200,120,0.6\r\n";
