/** The document's examples of an organization: its configuration, people, slots and reports. */

import type { AuditAnswer } from "../../answers/organization/audit.ts";
import type { MemberAnswer, SignInAnswer } from "../../answers/organization/member.ts";
import type {
  ApiKeyAnswer,
  OrganizationAnswer,
  RemovalAnswer,
  ResealAnswer,
} from "../../answers/organization/organization.ts";
import type { DoNotCallAnswer, ErasureAnswer } from "../../answers/organization/people.ts";
import type { PriceListAnswer } from "../../answers/organization/prices.ts";
import type { FiguresAnswer, ReportAnswer } from "../../answers/organization/report.ts";
import type { ConcurrencyAnswer, LedgerAnswer } from "../../answers/organization/slots.ts";
import type { AgentAnswer, PhoneNumberAnswer } from "../../answers/organization/telephony.ts";
import type { ProviderAnswer } from "../../requests/providers.ts";
import { BATCH_ID, CALL_ID, CREATED_AT, times } from "./common.ts";

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

export const doNotCall = {
  id: "dnc_1",
  number: "+14155550123",
  reason: "asked for it on the phone",
  call_id: CALL_ID,
  added_at: CREATED_AT,
  added_by: { id: "key_Fo7pKNBUwLZxrTd6jvhpaE", label: "first" },
} as const satisfies DoNotCallAnswer;

export const doNotCallCsv = [
  "number,reason,call_id,added_at,added_by,removed_at,removed_by,removal_reason",
  `+14155550123,asked for it on the phone,${CALL_ID},${CREATED_AT},first,,,`,
  "",
].join("\r\n");

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

export const ledger: LedgerAnswer = {
  limit: 20,
  reserved: 2,
  in_use: 10,
  calls_outside_batches: 0,
  holding: [{ batch_id: BATCH_ID, kind: "batch", slots: 10, draining: false, confirmed: true, created_at: CREATED_AT }],
  waiting: [],
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

export const reseal: ResealAnswer = {
  data: [{ organization_id: organization.id, resealed: 4, current: 0, unopened: 0 }],
  has_more: false,
  next_page: null,
};

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
