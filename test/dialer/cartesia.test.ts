/** What Cartesia's answers and words mean. The rest of its adapter is held against the stand-in by the conformance suite. */

import { describe, expect, it } from "vitest";
import { placeOutcomeOf } from "../../src/dialer/cartesia/outcome.ts";
import { metadataWith, ownCallIdOf, progressOf } from "../../src/dialer/cartesia/words.ts";
import { sampleContext } from "./samples.ts";

const IDS = { agent_call_id: "ac_1", batch_id: "acb_1", recipient_id: "abcr_1" };

describe("the answer to a call that is to be placed", () => {
  const said = (status: number, body: unknown, retryAfter: string | null = null) =>
    placeOutcomeOf(status, retryAfter, typeof body === "string" ? body : JSON.stringify(body), 0);
  const list = (call: unknown) => ({ calls: [{ number: "+1", ...(call as object) }] });
  const envelope = (error_code: string | null) => ({ error_code, title: "No", message: "not like this" });

  it.each([
    ["an id", said(200, list({ agent_call_id: "ac_up" })), { kind: "placed", carrierCallId: "ac_up" }],
    ["an id beside an error", said(200, list({ agent_call_id: "ac_up", error: {} })), { kind: "placed" }],
    ["an error", said(200, list({ error: envelope("bad_number") })), { kind: "refused", code: "bad_number" }],
    ["an error in words", said(200, list({ error: "no such number" })), { kind: "refused", code: null }],
    ["no free slot for this call", said(200, list({ error: envelope("concurrency_limited") })), { kind: "try_later" }],
    ["neither", said(200, list({})), { kind: "unknown" }],
    ["an id that is none", said(200, list({ agent_call_id: 7 })), { kind: "unknown" }],
    ["no call", said(200, { calls: [] }), { kind: "unknown" }],
    ["two calls", said(200, { calls: [{ agent_call_id: "a" }, { agent_call_id: "b" }] }), { kind: "unknown" }],
    ["no JSON", said(200, "OK"), { kind: "unknown" }],
    ["no free slot", said(429, envelope("concurrency_limited"), "3"), { kind: "try_later", retryAfterMs: 3_000 }],
    ["too many requests", said(429, "Too many"), { kind: "try_later", retryAfterMs: null }],
    ["a bad key", said(401, envelope(null)), { kind: "try_later", retryAfterMs: 300_000 }],
    ["a limit used up", said(402, envelope(null)), { kind: "try_later", retryAfterMs: 300_000 }],
    ["a number of others", said(403, envelope(null)), { kind: "try_later", retryAfterMs: 300_000 }],
    ["an unknown agent", said(404, envelope(null)), { kind: "try_later", retryAfterMs: 300_000 }],
    ["a bad request", said(400, "Invalid: ringing"), { kind: "refused" }],
    ["a redirect", said(302, ""), { kind: "unknown" }],
    ["a timeout", said(408, ""), { kind: "unknown" }],
    ["an error of its own", said(500, envelope(null)), { kind: "unknown" }],
  ])("%s", (_, outcome, expected) => expect(outcome).toMatchObject(expected));
});

describe("a call's words", () => {
  const of = (call: Record<string, unknown>, status: string, context = sampleContext()) =>
    progressOf(call, status, context);

  it("are translated, with the reason that they carry", () => {
    expect(of({}, "created")).toEqual({ kind: "ringing" });
    expect(of({}, "started")).toEqual({ kind: "answered" });
    const times = { start_time: "2026-11-25T10:00:00Z", end_time: "2026-11-25T10:01:30Z" };
    expect(of({ end_reason: "inactivity", ...times }, "completed")).toEqual({
      kind: "ended",
      completed: true,
      endReason: "inactivity",
      durationSeconds: 90,
    });
    expect(of({ end_reason: "dial_busy" }, "failed")).toMatchObject({ completed: false, endReason: "dial_busy" });
  });

  it("that were added since do no harm", () => {
    expect(of({ end_reason: "moon_phase" }, "completed")).toMatchObject({ endReason: "client_hangup" });
    expect(of({ end_reason: "moon_phase" }, "failed")).toMatchObject({ endReason: "error" });
    expect(of({}, "transferred")).toBeNull();
    expect(of({ start_time: "soon", end_time: 5 }, "completed")).toMatchObject({ durationSeconds: null });
  });

  it("give way to what we know: why we ended it", () => {
    const context = sampleContext({ endedBecause: "max_duration" });
    expect(of({ end_reason: "api_cancelled" }, "completed", context)).toMatchObject({ endReason: "max_duration" });
  });
});

describe("our ids", () => {
  it("go along beside the recipient's own metadata and come back", () => {
    const metadata = metadataWith('{"name":"Ada","callbatch":"mine"}', IDS);
    expect(metadata).toEqual({ name: "Ada", callbatch: IDS });
    expect(ownCallIdOf({ metadata })).toBe("ac_1");
  });

  it.each([
    null,
    {},
    { metadata: null },
    { metadata: { callbatch: 1 } },
    { metadata: { callbatch: { agent_call_id: 1 } } },
  ])("are nobody's here in %j", (call) => expect(ownCallIdOf(call)).toBeNull());
});
