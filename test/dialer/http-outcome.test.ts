/** What an own dialer's answers and words mean: the tables of `docs/carriers/http.md`. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HttpDialer } from "../../src/dialer/http/dialer.ts";
import { placeOutcomeOf } from "../../src/dialer/http/outcome.ts";
import { progressOf } from "../../src/dialer/http/words.ts";
import { sampleOrder } from "./samples.ts";
import { ScriptedServer } from "./scripted-server.ts";

const ID = "ac_1";
const outcome = (status: number, body: unknown, retryAfter: string | null = null) =>
  placeOutcomeOf(ID, status, retryAfter, typeof body === "string" ? body : JSON.stringify(body), 0);
const refusal = { code: "no_route", message: "there is no route to this number" };

describe("the answer to a request to place a call", () => {
  it.each([
    ["201 with the call", 201, { id: ID, status: "waiting" }],
    ["200 with the call, which was placed before", 200, { id: ID, status: "completed", end_reason: "client_hangup" }],
  ])("%s: placed", (_, status, body) => {
    expect(outcome(status, body)).toEqual({ kind: "placed", carrierCallId: ID });
  });

  it.each([
    ["another call", 201, { id: "ac_2", status: "waiting" }],
    ["no call", 201, {}],
    ["the order differs from the first one's", 409, { code: "order_differs", message: "placed with another order" }],
    ["a proxy's 404", 404, "<html>not found</html>"],
    ["a proxy's 403", 403, '{"error":"blocked"}'],
    ["a code that is not in the protocol's form", 400, { code: "No Route", message: "x" }],
    ["a redirect", 302, refusal],
    ["accepted, in no word of the protocol", 202, { id: ID, status: "waiting" }],
    ["a 5xx, whatever it says", 503, refusal],
  ])("%s: unknown", (_, status, body) => {
    expect(outcome(status, body)).toMatchObject({ kind: "unknown" });
  });

  it.each([400, 403, 404, 422])("%s with code and message: refused", (status) => {
    expect(outcome(status, refusal)).toEqual({
      kind: "refused",
      code: "no_route",
      message: "the dialer refused the call: there is no route to this number",
    });
  });

  it("429 and 401 put it off", () => {
    expect(outcome(429, "", "7")).toMatchObject({ kind: "try_later", retryAfterMs: 7_000 });
    expect(outcome(429, refusal)).toMatchObject({ kind: "try_later", retryAfterMs: null });
    expect(outcome(401, "")).toMatchObject({ kind: "try_later", retryAfterMs: 300_000 });
  });
});

describe("a call in the protocol's words", () => {
  const context = { maxDurationSeconds: 60, answered: false, endedBecause: null, agentClosed: false };
  it.each([
    [{ status: "waiting" }, { kind: "waiting" }],
    [{ status: "ringing" }, { kind: "ringing" }],
    [{ status: "answered" }, { kind: "answered" }],
    [{ status: "talking" }, null],
    [{}, null],
  ])("%j", (call, progress) => {
    expect(progressOf(call, context)).toEqual(progress);
  });

  const nothing = { durationSeconds: null, carrierCode: null, sipCode: null };
  it.each([
    [
      { status: "completed", end_reason: "agent_hangup", duration_seconds: 9 },
      true,
      "agent_hangup",
      { durationSeconds: 9 },
    ],
    [{ status: "completed", end_reason: "new_reason", duration_seconds: -1 }, true, "client_hangup", {}],
    [{ status: "completed" }, true, "client_hangup", {}],
    [
      { status: "failed", end_reason: "dial_busy", sip_code: 486, code: "B17" },
      false,
      "dial_busy",
      { sipCode: 486, carrierCode: "B17" },
    ],
    [{ status: "failed", end_reason: "whatever", sip_code: 4860, code: "two words" }, false, "dial_failed", {}],
  ])("%j", (call, completed, endReason, more) => {
    expect(progressOf(call, context)).toEqual({ kind: "ended", completed, endReason, ...nothing, ...more });
  });

  it.each([
    [{ status: "answered", answered_by: "machine" }, "machine"],
    [{ status: "answered", answered_by: "human" }, "human"],
    [{ status: "completed", answered_by: "unknown" }, "unknown"],
    [{ status: "answered", answered_by: "robot" }, undefined],
    [{ status: "answered", answered_by: true }, undefined],
    [{ status: "ringing", answered_by: "machine" }, undefined],
  ])("%j: who answers is %s", (call, answeredBy) => {
    const progress = progressOf(call, context);
    expect(progress !== null && "answeredBy" in progress ? progress.answeredBy : undefined).toBe(answeredBy);
  });

  it("ended for the reason why we ended it", () => {
    const call = { status: "completed", end_reason: "agent_hangup" };
    expect(progressOf(call, { ...context, endedBecause: "api_cancelled" })).toMatchObject({
      endReason: "api_cancelled",
    });
  });
});

describe("a dialer that is to tell machines from people", () => {
  let server: ScriptedServer;
  const dialerThat = (detects_machines: boolean) =>
    new HttpDialer({ url: "", token: "t".repeat(16), webhook_secret: "s".repeat(16), detects_machines }, server.url);
  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  afterAll(() => server.stop());

  it.each([
    [true, { detects_machines: true }, "fine"],
    [true, { detects_machines: false }, "refused"],
    [true, {}, "refused"],
    [true, { detects_machines: "yes" }, "refused"],
    [false, { detects_machines: true }, "fine"],
    [false, {}, "fine"],
  ])("is one by its provider (%s) and by its protocol (%j): %s", async (said, protocol, kind) => {
    server.answers({ status: 200, body: JSON.stringify({ protocol: "callbatch-dialer", version: 1, ...protocol }) });
    const outcome = await dialerThat(said).checkAccount();
    expect(outcome).toMatchObject(kind === "fine" ? { kind } : { kind, path: "detects_machines" });
  });

  it.each([
    [true, true, true],
    [true, false, undefined],
    // A batch that was created before the provider was changed.
    [false, true, undefined],
  ])("is asked (provider %s, order %s): %s", async (detects, asksWhoAnswers, asked) => {
    server.answers({ status: 201, body: JSON.stringify({ id: ID, status: "waiting" }) });
    await dialerThat(detects).place(sampleOrder({ callId: ID, asksWhoAnswers }));
    expect(JSON.parse(server.received[0]?.body ?? "").tell_who_answers).toBe(asked);
  });
});
