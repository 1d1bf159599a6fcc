import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CallContext, CarrierRequest } from "../../src/dialer/dialer.ts";
import type { TwilioAccount } from "../../src/dialer/twilio/account.ts";
import { durationOf } from "../../src/dialer/twilio/callback.ts";
import { TwilioDialer } from "../../src/dialer/twilio/dialer.ts";
import { CALL_SID, sampleAccount, sampleContext } from "./samples.ts";
import { sign } from "./signing.ts";

const BASE_URL = "https://calls.example.com";
const PATH = "/callbacks/twilio/ac_sample/token";
const TOKEN = "12345";
const FORM = "application/x-www-form-urlencoded";
const NOTHING = { contentType: "text/plain", body: "" };
const END_OF_CALL = { contentType: "text/xml", body: "<Response/>" };

/** A callback as Twilio sends it, with the fields that mean nothing here. */
const FIELDS: Readonly<Record<string, string>> = {
  CallSid: CALL_SID,
  AccountSid: sampleAccount().account_sid,
  From: "+14155550199",
  To: "+14155550100",
  Direction: "outbound-api",
  ApiVersion: "2010-04-01",
  Timestamp: "Thu, 01 Jan 2026 00:00:00 +0000",
  CallbackSource: "call-progress-events",
  SequenceNumber: "2",
  ToCity: "",
  FutureField: "what Twilio adds one day & <more>",
};

type Sent = { fields: Readonly<Record<string, string>>; path?: string; headers?: Record<string, string> };
const requestOf = ({ fields, path = PATH, headers = {} }: Sent): CarrierRequest => ({
  method: "POST",
  pathAndQuery: path,
  headers: {
    "content-type": `${FORM}; charset=UTF-8`,
    "x-twilio-signature": sign(TOKEN, BASE_URL + path, Object.entries(fields)),
    ...headers,
  },
  body: new URLSearchParams(fields).toString(),
});
const receive = (
  request: CarrierRequest,
  context: CallContext = sampleContext(),
  account: TwilioAccount = sampleAccount(),
) => new TwilioDialer(account, null).receive(request, BASE_URL, context);
const received = (fields: Record<string, string>, context?: CallContext) =>
  receive(requestOf({ fields: { ...FIELDS, ...fields } }), context);
const without = (name: string) => Object.fromEntries(Object.entries(FIELDS).filter(([key]) => key !== name));

const progressEvent = (progress: unknown) => ({
  kind: "event",
  event: { kind: "progress", carrierCallId: CALL_SID, progress },
  reply: NOTHING,
});
const ended = (endReason: string, durationSeconds: number | null = null) =>
  progressEvent({ kind: "ended", completed: durationSeconds !== null, endReason, durationSeconds });

describe("who answered", () => {
  const told = (AnsweredBy: string, more: Record<string, string> = {}) =>
    receive(requestOf({ fields: { CallSid: CALL_SID, AccountSid: sampleAccount().account_sid, AnsweredBy, ...more } }));

  it.each([
    ["human", "human"],
    ["machine_start", "machine"],
    ["machine_end_beep", "machine"],
    ["machine_end_silence", "machine"],
    ["machine_end_other", "machine"],
    ["fax", "machine"],
    ["unknown", "unknown"],
  ])("%s, in a request of its own: the call is up", async (word, answeredBy) => {
    const progress = { kind: "answered", answeredBy };
    expect(await told(word, { MachineDetectionDuration: "3200" })).toEqual(progressEvent(progress));
    expect(await told(word, { CallStatus: "in-progress" })).toEqual(progressEvent(progress));
  });

  it("is kept where the word comes with the end", async () => {
    expect(await told("machine_start", { CallStatus: "completed", CallDuration: "4" })).toEqual(
      progressEvent({
        kind: "ended",
        completed: true,
        endReason: "client_hangup",
        durationSeconds: 4,
        answeredBy: "machine",
      }),
    );
  });

  it.each(["", "Human", "robot", "constructor"])("%j is no word for it: only that somebody did", async (word) => {
    expect(await told(word)).toEqual(progressEvent({ kind: "answered" }));
  });
});

describe("the evidence of an end", () => {
  it.each([
    [{ CallStatus: "busy", SipResponseCode: "486" }, { sipCode: 486 }],
    [
      { CallStatus: "failed", SipResponseCode: "404", ErrorCode: "13224" },
      { sipCode: 404, carrierCode: "13224" },
    ],
    [{ CallStatus: "failed", SipResponseCode: "none", ErrorCode: "" }, {}],
    [{ CallStatus: "completed", CallDuration: "5", SipResponseCode: "200" }, { sipCode: 200 }],
  ])("%j", async (fields, evidence) => {
    const outcome = await received(fields);
    expect(outcome).toMatchObject({ event: { progress: { kind: "ended", ...evidence } } });
    for (const name of ["sipCode", "carrierCode"].filter((one) => !Object.hasOwn(evidence, one))) {
      expect(outcome).not.toHaveProperty(`event.progress.${name}`);
    }
  });
});

describe("a status callback", () => {
  it.each([
    ["queued", progressEvent({ kind: "waiting" })],
    ["initiated", progressEvent({ kind: "ringing" })],
    ["ringing", progressEvent({ kind: "ringing" })],
    ["in-progress", progressEvent({ kind: "answered" })],
    ["busy", ended("dial_busy")],
    ["no-answer", ended("dial_no_answer")],
    ["failed", ended("dial_failed")],
    ["canceled", ended("dial_failed")],
    ["completed", ended("client_hangup", 42)],
  ])("of %s is an event of the call", async (CallStatus, event) => {
    expect(await received({ CallStatus, ...(CallStatus === "completed" ? { CallDuration: "42" } : {}) })).toEqual(
      event,
    );
  });

  it("is translated by what is known of the call", async () => {
    const completed = { CallStatus: "completed", CallDuration: "42" };
    const ofContext = (fields: Partial<CallContext>) => received(completed, sampleContext(fields));
    expect(await ofContext({ agentClosed: true })).toEqual(ended("agent_hangup", 42));
    expect(await ofContext({ maxDurationSeconds: 42 })).toEqual(ended("max_duration", 42));
    expect(await ofContext({ endedBecause: "api_cancelled" })).toEqual(ended("api_cancelled", 42));
  });

  it.each(["", "-1", "4.2", "many", "1e3", "1234567890"])("has no duration where it says %j", async (CallDuration) => {
    const progress = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: null };
    expect(await received({ CallStatus: "completed", CallDuration })).toEqual(progressEvent(progress));
  });

  it("takes the seconds of CallDuration and not the minutes of Duration", async () => {
    const fields = { CallStatus: "completed", CallDuration: "61", Duration: "2" };
    expect(await received(fields)).toEqual(ended("client_hangup", 61));
  });

  it("means the same when it comes twice, whatever its number in the sequence", async () => {
    const first = await received({ CallStatus: "ringing", SequenceNumber: "1" });
    expect(await received({ CallStatus: "ringing", SequenceNumber: "1" })).toEqual(first);
    for (const SequenceNumber of ["0", "7", "", "next"])
      expect(await received({ CallStatus: "ringing", SequenceNumber })).toEqual(first);
  });

  it.each([
    ["no CallStatus", FIELDS],
    ["an unknown CallStatus", { ...FIELDS, CallStatus: "teleported" }],
    ["no CallSid", { ...without("CallSid"), CallStatus: "ringing" }],
    ["an empty CallSid", { ...FIELDS, CallSid: "", CallStatus: "ringing" }],
    ["the id of a message", { ...FIELDS, CallSid: `SM${CALL_SID.slice(2)}`, CallStatus: "ringing" }],
    ["no fields at all", {}],
  ])("with %s is genuine and ignored", async (_, fields) => {
    expect(await receive(requestOf({ fields }))).toEqual({ kind: "ignored", reply: NOTHING });
  });

  it("needs no AccountSid", async () => {
    const fields = { ...without("AccountSid"), CallStatus: "ringing" };
    expect(await receive(requestOf({ fields }))).toEqual(progressEvent({ kind: "ringing" }));
  });

  it("takes the first of a field that is given twice", async () => {
    const body = new URLSearchParams({ ...FIELDS, CallStatus: "ringing" });
    body.append("CallStatus", "completed");
    const unsigned = { ...requestOf({ fields: {} }), body: body.toString() };
    const account = sampleAccount({ auth_token: null });
    expect(await receive(unsigned, sampleContext(), account)).toEqual(progressEvent({ kind: "ringing" }));
  });
});

describe("a forged callback", () => {
  const fields = { ...FIELDS, CallStatus: "completed" };
  const genuine = requestOf({ fields });

  it.each<[string, CarrierRequest]>([
    ["without a signature", { ...genuine, headers: { "content-type": FORM } }],
    ["with an empty signature", requestOf({ fields, headers: { "x-twilio-signature": "" } })],
    [
      "signed by another account's token",
      requestOf({ fields, headers: { "x-twilio-signature": sign("54321", BASE_URL + PATH, Object.entries(fields)) } }),
    ],
    ["signed for another call's URL", { ...genuine, pathAndQuery: "/callbacks/twilio/ac_other/token" }],
    ["with a query that was not signed", { ...genuine, pathAndQuery: `${PATH}?a=b` }],
    ["with a changed field", { ...genuine, body: genuine.body.replace("completed", "busy") }],
    ["with a field more", { ...genuine, body: `${genuine.body}&CallDuration=3` }],
    ["without its body", { ...genuine, body: "" }],
    ["sent as JSON", { ...genuine, headers: { ...genuine.headers, "content-type": "application/json" } }],
    ["whose type only mentions a form", requestOf({ fields, headers: { "content-type": `text/plain; ${FORM}` } })],
    ["of another account", requestOf({ fields: { ...fields, AccountSid: `AC${"c".repeat(32)}` } })],
    ["of an account without a name", requestOf({ fields: { ...fields, AccountSid: "" } })],
  ])("is told apart: %s", async (_, request) => {
    expect(await receive(request)).toEqual({ kind: "forged" });
  });

  it("is one for another host than the one that we told Twilio", async () => {
    const other = new TwilioDialer(sampleAccount(), null).receive(
      genuine,
      "https://calls.example.org",
      sampleContext(),
    );
    expect(await other).toEqual({ kind: "forged" });
  });

  it("cannot be told by its signature without the account's token, but by its account", async () => {
    const unsigned = { ...genuine, headers: { "content-type": FORM } };
    const account = sampleAccount({ auth_token: null });
    expect(await receive(unsigned, sampleContext(), account)).toMatchObject({ kind: "event" });
    const foreign = { ...account, account_sid: `AC${"c".repeat(32)}` };
    expect(await receive(unsigned, sampleContext(), foreign)).toEqual({ kind: "forged" });
  });
});

describe("a signed request without a form", () => {
  it("is ignored", async () => {
    const headers = { "x-twilio-signature": sign(TOKEN, BASE_URL + PATH, []) };
    const request = { method: "GET", pathAndQuery: PATH, headers, body: "" };
    expect(await receive(request)).toEqual({ kind: "ignored", reply: NOTHING });
  });
});

describe("the question what follows the agent's audio", () => {
  const asked = (fields: Record<string, string>) =>
    receive(requestOf({ path: `${PATH}/agent-closed`, fields: { ...FIELDS, ...fields } }));

  it("means, while the call is up, that the agent closed it; the answer ends the call", async () => {
    expect(await asked({ CallStatus: "in-progress" })).toEqual({
      kind: "event",
      event: { kind: "agent_closed", carrierCallId: CALL_SID },
      reply: END_OF_CALL,
    });
  });

  it.each(["completed", "busy", "ringing", "teleported", ""])(
    "means nothing with %j and is answered",
    async (CallStatus) => {
      expect(await asked({ CallStatus })).toEqual({ kind: "ignored", reply: END_OF_CALL });
    },
  );

  it("means nothing without a call's id", async () => {
    expect(await asked({ CallStatus: "in-progress", CallSid: "" })).toEqual({ kind: "ignored", reply: END_OF_CALL });
  });

  it("is not asked by a query that ends like its path", async () => {
    const path = `${PATH}?next=/agent-closed`;
    const fields = { ...FIELDS, CallStatus: "in-progress" };
    expect(await receive(requestOf({ path, fields }))).toEqual(progressEvent({ kind: "answered" }));
  });
});

describe("any request", () => {
  test("without a signature by the token is forged, whatever it carries", async () => {
    const header = fc.option(fc.base64String(), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.string(), header, fc.constantFrom(FORM, "text/plain", ""), async (body, signature, type) => {
        const headers = {
          "content-type": type,
          ...(signature === undefined ? {} : { "x-twilio-signature": signature }),
        };
        const request = { method: "POST", pathAndQuery: PATH, headers, body };
        expect(await receive(request)).toEqual({ kind: "forged" });
      }),
    );
  });

  test("has a duration only of digits", () => {
    expect([durationOf("0"), durationOf("14400"), durationOf("999999999")]).toEqual([0, 14_400, 999_999_999]);
    expect([null, undefined, 42, "", " 1", "1\n", "+1"].map(durationOf)).toEqual(Array(7).fill(null));
  });
});
