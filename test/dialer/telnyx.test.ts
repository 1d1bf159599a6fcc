/** What Telnyx's words, answers, signatures and logs mean: the tables of `docs/carriers/telnyx.md`. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWebhook } from "../../src/dialer/telnyx/callback.ts";
import { ownCallIdOf, ownEndOf, withOwnEnd } from "../../src/dialer/telnyx/client-state.ts";
import { TelnyxDialer } from "../../src/dialer/telnyx/dialer.ts";
import { answeredByIn, contextOf, endIn, eventsOf } from "../../src/dialer/telnyx/events.ts";
import { dialRequestOf } from "../../src/dialer/telnyx/order.ts";
import { placeOutcomeOf } from "../../src/dialer/telnyx/outcome.ts";
import { isSignedWith } from "../../src/dialer/telnyx/signature.ts";
import { callOfCarrierId, carrierCallIdOf, endedOf, hangupOf, UNTOLD } from "../../src/dialer/telnyx/words.ts";
import { TELNYX } from "../carrier/telnyx/known.ts";
import { signedHeaders } from "../carrier/telnyx/signing.ts";
import { sampleContext, sampleOrder } from "./samples.ts";
import { type Answer, ScriptedServer } from "./scripted-server.ts";

const IDS = { call_control_id: "v3:abc-_d", call_leg_id: "428c31b6-7af4-4bcb-b7f5-5013ef9657c1" };
const CARRIER_CALL_ID = `${IDS.call_control_id}/${IDS.call_leg_id}`;
const account = { api_key: TELNYX.apiKey, connection_id: TELNYX.connectionId, public_key: TELNYX.publicKey };

describe("a signature", () => {
  // Made with the key of RFC 8032's first test, and by nothing of ours.
  const body =
    '{"data":{"event_type":"call.answered","id":"0ccc7b54-4df3-4bca-a65a-3da1ecc777f0","record_type":"event"}}';
  const signature = "7JQI76ANUCsGtiEyNhUsZhK7Xrm2gV3IipFCymNctSXbMNReExr9qOTS1vL7oM2kzG5Kl7yms9Va8l2zAU5CAA==";
  const timestamp = "1614265330";
  const at = (seconds: number) => (1_614_265_330 + seconds) * 1_000;
  const verify = (fields: object, now: number) =>
    isSignedWith(TELNYX.publicKey, { signature, timestamp, body, ...fields }, now);

  it.each([0, 299, -299])("is believed %i s after it was made", async (seconds) => {
    expect(await verify({}, at(seconds))).toBe(true);
  });

  it.each([
    ["too old", {}, 301],
    ["from the future", {}, -301],
    ["of another body", { body: `${body} ` }, 0],
    ["of another time", { timestamp: "1614265331" }, 0],
    ["of no time", { timestamp: "" }, 0],
    ["of a time that is no number", { timestamp: "1614265330.0" }, 0],
    ["missing", { signature: null }, 0],
    ["no base64", { signature: "%%%" }, 0],
    ["too short", { signature: signature.slice(0, 40) }, 0],
  ])("%s is not", async (_, fields, seconds) => {
    expect(await verify(fields, at(seconds))).toBe(false);
  });
});

describe("a hangup", () => {
  const said = (cause: string, source: string, sip: string) =>
    hangupOf({ hangup_cause: cause, hangup_source: source, sip_hangup_cause: sip });

  it.each([
    ["normal_clearing", "callee", "200", "client_hangup"],
    ["normal_clearing", "unknown", "unspecified", "client_hangup"],
    ["normal_clearing", "caller", "200", "agent_hangup"],
    ["time_limit", "unknown", "200", "max_duration"],
    ["unspecified", "unknown", "unspecified", "client_disconnected"],
    ["a_new_word", "unknown", "500", "client_disconnected"],
  ])("after the answer: %s by %s (%s) completes it: %s", (cause, source, sip, endReason) => {
    const ended = { kind: "ended", completed: true, endReason, durationSeconds: 9 };
    expect(endedOf(said(cause, source, sip), 9, sampleContext({ answered: true }))).toEqual(ended);
  });

  it.each([
    ["user_busy", "486", "dial_busy"],
    ["call_rejected", "486", "dial_busy"],
    ["call_rejected", "600", "dial_busy"],
    ["call_rejected", "603", "dial_busy"],
    ["call_rejected", "403", "dial_failed"],
    ["call_rejected", "408", "dial_no_answer"],
    ["call_rejected", "480", "dial_no_answer"],
    ["timeout", "unspecified", "dial_no_answer"],
    ["no_answer", "487", "dial_no_answer"],
    ["originator_cancel", "487", "dial_no_answer"],
    ["normal_clearing", "480", "dial_no_answer"],
    ["not_found", "404", "dial_failed"],
    ["unspecified", "unspecified", "dial_failed"],
    ["a_new_word", "unspecified", "dial_failed"],
  ])("without an answer: %s (%s) fails it: %s", (cause, sip, endReason) => {
    const sipCode = sip === "unspecified" ? null : Number(sip);
    const ended = { kind: "ended", completed: false, endReason, durationSeconds: null, carrierCode: cause, sipCode };
    expect(endedOf(said(cause, "callee", sip), 9, sampleContext())).toEqual(ended);
  });

  it("that comes before the answer was heard of completes the call all the same", () => {
    const ended = { completed: true, endReason: "client_hangup" };
    expect(endedOf(said("normal_clearing", "callee", "200"), null, sampleContext())).toMatchObject(ended);
    expect(endedOf(said("time_limit", "unknown", "unspecified"), null, sampleContext())).toMatchObject({
      completed: true,
      endReason: "max_duration",
    });
  });

  it("of ours has the reason for which we hung up", () => {
    const [cancelled, over] = [{ endedBecause: "api_cancelled" }, { endedBecause: "max_duration" }] as const;
    const cancel = said("originator_cancel", "caller", "487");
    const clearing = said("normal_clearing", "caller", "unspecified");
    expect(endedOf(cancel, null, sampleContext(cancelled))).toMatchObject({
      completed: false,
      endReason: "api_cancelled",
    });
    expect(endedOf(clearing, null, sampleContext(cancelled))).toMatchObject({
      completed: false,
      endReason: "api_cancelled",
    });
    const answered = sampleContext({ ...over, answered: true });
    expect(endedOf(clearing, null, answered)).toMatchObject({ completed: true, endReason: "max_duration" });
  });

  it("because the agent's audio closed, or could not be opened, says so by what went along with the command", () => {
    const payload = { client_state: dialRequestOf(account, sampleOrder({ callId: "ac_1" })).client_state };
    const ended = (end: "agent_closed" | "stream_failed") => {
      const client_state = withOwnEnd(payload, end);
      expect(ownCallIdOf({ client_state })).toBe("ac_1");
      const words = { client_state, hangup_cause: "normal_clearing", hangup_source: "caller", sip_hangup_cause: "200" };
      return endedOf(hangupOf(words), 3, sampleContext({ answered: true }));
    };
    expect(ownEndOf(payload)).toBeNull();
    expect(ended("agent_closed")).toMatchObject({ completed: true, endReason: "agent_hangup" });
    expect(ended("stream_failed")).toMatchObject({ completed: false, endReason: "error" });
  });

  it("of which nothing is told ends the call by whether it was answered", () => {
    const answered = sampleContext({ answered: true });
    expect(endedOf(UNTOLD, null, answered)).toMatchObject({ completed: true, endReason: "client_disconnected" });
    expect(endedOf(UNTOLD, null, sampleContext())).toMatchObject({ completed: false, endReason: "dial_failed" });
  });
});

describe("the end of the agent's audio", () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  afterAll(() => server.stop());
  const told = (event_type: string) => {
    const body = JSON.stringify({ data: { event_type, payload: { ...IDS, client_state: "e30=" } } });
    const request = { method: "POST", pathAndQuery: "/", headers: signedHeaders(body), body };
    return new TelnyxDialer(account, server.url).receive(request, "", sampleContext({ answered: true }));
  };

  it.each(["streaming.stopped", "streaming.failed"])("by %s has Telnyx hang up", async (event) => {
    server.answers({ status: 200, body: "{}" });
    expect((await told(event)).kind).toBe("ignored");
    expect(server.received.map(({ url }) => url)).toEqual([
      `/v2/calls/${encodeURIComponent(IDS.call_control_id)}/actions/hangup`,
    ]);
    server.answers({ status: 422, body: '{"errors":[{"code":"90018"}]}' });
    expect((await told(event)).kind).toBe("ignored");
  });

  it.each<[string, Answer]>([
    ["an error", { status: 503 }],
    ["too many requests", { status: 429, body: '{"errors":[{"code":"10011"}]}' }],
    ["a reset", "reset"],
  ])("is told again where Telnyx answers the hangup with %s", async (_, answer) => {
    server.answers(answer);
    expect(await told("streaming.stopped")).toEqual({ kind: "undone" });
  });
});

describe("who answered", () => {
  const DETECTED = "call.machine.premium.detection.ended";
  const GREETED = "call.machine.premium.greeting.ended";
  const told = (event_type: string, result: unknown) => {
    const body = JSON.stringify({ data: { event_type, payload: { ...IDS, result } } });
    const request = { method: "POST", pathAndQuery: "/", headers: signedHeaders(body), body };
    return readWebhook(account, request, sampleContext(), Date.now());
  };
  const logged = (...events: (readonly [string, string])[]) => {
    const at = "2026-11-25T14:00:05.000000Z";
    const data = events.map(([name, result]) => ({ name, event_timestamp: at, metadata: { ...IDS, result } }));
    return eventsOf(JSON.stringify({ data })) ?? [];
  };

  it.each([
    [DETECTED, "human_residence", "human"],
    [DETECTED, "human_business", "human"],
    [DETECTED, "machine", "machine"],
    [DETECTED, "fax_detected", "machine"],
    [DETECTED, "silence", "unknown"],
    [DETECTED, "not_sure", "unknown"],
    [GREETED, "beep_detected", "machine"],
  ])("%s, %s: %s, by the webhook and by the log", async (event, result, answeredBy) => {
    const progress = { kind: "answered", answeredBy };
    expect(await told(event, result)).toEqual({ kind: "progress", carrierCallId: CARRIER_CALL_ID, progress });
    expect(answeredByIn(logged([event, result]))).toBe(answeredBy);
  });

  it.each([
    [DETECTED, "robot"],
    [DETECTED, "constructor"],
    [DETECTED, undefined],
    [GREETED, "no_beep_detected"],
    ["call.machine.premium.detection.started", "machine"],
    ["call.playback.ended", "machine"],
  ])("%s, %s: nothing", async (event, result) => {
    expect(await told(event, result)).toEqual({ kind: "ignored" });
    expect(answeredByIn(logged([event, String(result)]))).toBeNull();
  });

  it("is by the log what decides, and somebody has answered", () => {
    expect(answeredByIn(logged([DETECTED, "silence"], [GREETED, "beep_detected"]))).toBe("machine");
    expect(answeredByIn(logged([DETECTED, "human_business"], [GREETED, "beep_detected"]))).toBe("human");
    expect(contextOf(logged([DETECTED, "silence"]), sampleContext())).toMatchObject({ answered: true });
    const over = endIn(logged([DETECTED, "machine"], ["call.hangup", ""]), sampleContext());
    expect(over).toMatchObject({ kind: "ended", completed: true, answeredBy: "machine" });
  });

  it("is asked only where the order does, and its webhooks are repeated like the others", () => {
    const request = (asksWhoAnswers: boolean) => dialRequestOf(account, sampleOrder({ asksWhoAnswers }));
    expect(request(false)).not.toHaveProperty("answering_machine_detection");
    expect(request(true)).toMatchObject({ answering_machine_detection: "premium" });
    const repeated = (asks: boolean) => Object.keys(request(asks).webhook_retries_policies);
    expect(repeated(true)).toEqual([...repeated(false), DETECTED, GREETED]);
  });
});

describe("the answer to a request to dial", () => {
  const outcome = (status: number, body: unknown, retryAfter: string | null = null) =>
    placeOutcomeOf(status, retryAfter, JSON.stringify(body), 0);
  const errors = (code: string) => ({ errors: [{ code, title: "Title", detail: "Details of it" }] });

  it("200 with the ids of a call: placed", () => {
    expect(outcome(200, { data: IDS })).toEqual({ kind: "placed", carrierCallId: CARRIER_CALL_ID });
    expect(callOfCarrierId(CARRIER_CALL_ID)).toEqual({ controlId: IDS.call_control_id, legId: IDS.call_leg_id });
  });

  it.each([
    ["200 without ids", 200, { data: { result: "ok" } }],
    ["200 with one of them", 200, { data: { call_control_id: "v3:a" } }],
    ["500", 500, errors("10007")],
    ["503", 503, errors("10007")],
    ["408", 408, errors("10008")],
    ["403 without a code of Telnyx's", 403, { message: "blocked" }],
    ["302", 302, {}],
  ])("%s: unknown", (_, status, body) => {
    expect(outcome(status, body)).toMatchObject({ kind: "unknown" });
  });

  it.each([
    [429, errors("90103"), "7", 7_000],
    [429, errors("10011"), null, null],
    [403, errors("90103"), null, null],
    [429, {}, null, null],
    [401, errors("10009"), null, 300_000],
    [403, errors("10010"), null, 300_000],
  ])("%i %j: later", (status, body, retryAfter, retryAfterMs) => {
    expect(outcome(status, body, retryAfter)).toMatchObject({ kind: "try_later", retryAfterMs });
  });

  it.each([
    [422, "10002"],
    [422, "10015"],
    [400, "10016"],
    [403, "90012"],
  ])("%i with code %s: refused", (status, code) => {
    const message = `Telnyx refused the call: Details of it (error ${code})`;
    expect(outcome(status, errors(code))).toEqual({ kind: "refused", code, message });
  });
});

describe("a request to dial", () => {
  it("has the limits that Telnyx takes", () => {
    const limit = (maxDurationSeconds: number) =>
      dialRequestOf(account, sampleOrder({ maxDurationSeconds })).time_limit_secs;
    expect([limit(1), limit(60), limit(28_800)]).toEqual([30, 60, 14_400]);
  });

  it("gives metadata along, and says so where it is too long", () => {
    const state = (metadata: string | null): unknown => {
      const { client_state } = dialRequestOf(account, sampleOrder({ metadata }));
      return JSON.parse(Buffer.from(client_state, "base64").toString("utf8"));
    };
    expect(state('{"name":"Zoë 🐢"}')).toMatchObject({ metadata: { name: "Zoë 🐢" } });
    expect(state(`{"text":"${"é".repeat(1_100)}"}`)).toMatchObject({ metadata_truncated: true });
    expect(state(null)).not.toHaveProperty("metadata");
  });
});

describe("the log of a call", () => {
  const logged = (wrap: (payload: object) => object) => {
    const event = (name: string, event_timestamp: string, payload: object) => ({
      name,
      event_timestamp,
      metadata: wrap({ ...IDS, ...payload }),
    });
    const words = { hangup_cause: "normal_clearing", hangup_source: "callee", sip_hangup_cause: "200" };
    const data = [
      event("call.initiated", "2026-11-25T14:00:00.000000Z", {}),
      event("call.answered", "2026-11-25T14:00:05.000000Z", {}),
      event("call.hangup", "2026-11-25T14:00:47.400000Z", words),
    ];
    return eventsOf(JSON.stringify({ data })) ?? [];
  };

  it.each([
    ["as it was sent", (payload: object) => ({ data: { payload } })],
    ["without its envelope", (payload: object) => ({ payload })],
    ["its payload alone", (payload: object) => payload],
  ])("tells how it ended, the raw event being %s", (_, wrap) => {
    const events = logged(wrap);
    expect(carrierCallIdOf(events[0]?.payload)).toBe(CARRIER_CALL_ID);
    const ended = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 42 };
    expect(endIn(events, sampleContext())).toEqual(ended);
  });

  it("that has no raw events tells that it ended, and whether it was answered", () => {
    const ended = { completed: true, endReason: "client_disconnected" };
    expect(
      endIn(
        logged(() => ({})),
        sampleContext(),
      ),
    ).toMatchObject(ended);
  });

  it.each(["", "null", "{}", '{"data":{}}', '{"data":[{}]}', '{"data":[null]}'])("is none: %j", (text) => {
    expect(eventsOf(text)).toBeNull();
  });
});
