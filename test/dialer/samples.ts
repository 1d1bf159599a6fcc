/** An account, an order and a context for tests of the dialers; nothing in them is a real credential. */

import type { CallContext, PlaceOrder } from "../../src/dialer/dialer.ts";
import type { TwilioAccount } from "../../src/dialer/twilio/account.ts";

export const CALL_SID = `CA${"0123456789abcdef".repeat(2)}`;

export const sampleAccount = (fields: Partial<TwilioAccount> = {}): TwilioAccount => ({
  account_sid: `AC${"a".repeat(32)}`,
  api_key_sid: `SK${"b".repeat(32)}`,
  api_key_secret: "a secret: with a colon",
  auth_token: "12345",
  region: "us1",
  ...fields,
});

export const SAMPLE_AGENT = { type: "websocket", url: "wss://agent.example.com/audio" } as const;

export const SAMPLE_TRUNK = {
  hostname: "trunk.example.com",
  transport: null,
  credentials: null,
  destination_country: null,
  media_encryption: null,
} as const;

export const sampleOrder = (fields: Partial<PlaceOrder> = {}): PlaceOrder => ({
  callId: "ac_sample",
  batchId: "acb_sample",
  recipientId: "acr_sample",
  to: "+14155550100",
  from: "+14155550199",
  fromNumberId: null,
  agent: SAMPLE_AGENT,
  region: "US",
  metadata: null,
  ringingTimeoutSeconds: 30,
  maxDurationSeconds: 600,
  asksWhoAnswers: false,
  statusCallbackUrl: "https://calls.example.com/callbacks/twilio/ac_sample/token",
  ...fields,
});

/** A call that nobody on our side has touched. */
export const sampleContext = (fields: Partial<CallContext> = {}): CallContext => ({
  maxDurationSeconds: 600,
  answered: false,
  endedBecause: null,
  agentClosed: false,
  ...fields,
});
