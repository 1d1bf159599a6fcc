import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TwilioDialer } from "../../src/dialer/twilio/dialer.ts";
import { CALL_SID, SAMPLE_AGENT, sampleAccount, sampleContext } from "./samples.ts";
import { type Answer, ScriptedServer } from "./scripted-server.ts";

const ACCOUNT = sampleAccount();
const ACCOUNT_PATH = `/2010-04-01/Accounts/${ACCOUNT.account_sid}`;
const answerOf = (body: unknown, status = 200): Answer => ({ status, body: JSON.stringify(body) });

let server: ScriptedServer;
let dialer: TwilioDialer;
// One for each test: a kept connection would mix real time with the time that some tests advance.
beforeEach(async () => {
  server = await ScriptedServer.start();
  dialer = new TwilioDialer(ACCOUNT, server.url);
});
afterEach(async () => {
  vi.useRealTimers();
  await server.stop();
});

/** What each question has in common: the carrier did not answer, or not usefully. */
const USELESS: readonly (readonly [string, Answer, string])[] = [
  ["credentials that are refused", answerOf({ code: 20003, message: "Authenticate" }, 401), "Twilio answered 401"],
  ["too many requests", answerOf({ code: 20429 }, 429), "Twilio answered 429"],
  ["an error of Twilio's", { status: 500 }, "Twilio answered 500"],
  ["no service", { status: 503, body: "<html>" }, "Twilio answered 503"],
  ["a redirect", { status: 302, headers: { location: "/elsewhere" } }, "Twilio answered 302"],
  ["a reset", "reset", "the connection to Twilio failed before it answered"],
  ["a reset within the answer", "reset midway", "the connection to Twilio failed before it answered"],
];

const QUESTIONS = {
  fetch: () => dialer.fetch(CALL_SID, sampleContext()),
  find: () =>
    dialer.find({ callId: "ac_1", to: "+1", from: "+2", agent: SAMPLE_AGENT, placedAfter: 0 }, sampleContext()),
  end: () => dialer.end(CALL_SID, true),
} as const;

describe.each(["fetch", "find", "end"] as const)("%s", (name) => {
  it.each(USELESS)("is unavailable, and asked once, after %s", async (_, answer, message) => {
    server.answers(answer);
    expect(await QUESTIONS[name]()).toEqual({ kind: "unavailable", message });
    expect(server.received).toHaveLength(1);
  });

  it("is unavailable after ten seconds of silence", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = server.answersNext("silence");
    const outcome = QUESTIONS[name]();
    let isOver = false;
    void outcome.then(() => {
      isOver = true;
    });
    await asked;
    await vi.advanceTimersByTimeAsync(9_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual({ kind: "unavailable", message: "Twilio did not answer within 10 s" });
  });
});

describe("fetching a call", () => {
  it("asks for the call by its id", async () => {
    server.answers(answerOf({ sid: CALL_SID, status: "ringing" }));
    await dialer.fetch(CALL_SID, sampleContext());
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${ACCOUNT_PATH}/Calls/${CALL_SID}.json`,
    ]);
  });

  it.each([
    ["queued", null, { kind: "waiting" }],
    ["ringing", null, { kind: "ringing" }],
    ["in-progress", null, { kind: "answered" }],
    ["completed", "42", { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 42 }],
    ["completed", "600", { kind: "ended", completed: true, endReason: "max_duration", durationSeconds: 600 }],
    ["completed", "", { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: null }],
    ["busy", null, { kind: "ended", completed: false, endReason: "dial_busy", durationSeconds: null }],
    ["no-answer", "0", { kind: "ended", completed: false, endReason: "dial_no_answer", durationSeconds: null }],
    ["failed", "", { kind: "ended", completed: false, endReason: "dial_failed", durationSeconds: null }],
    ["canceled", null, { kind: "ended", completed: false, endReason: "dial_failed", durationSeconds: null }],
  ])("that is %s, with a duration of %j", async (status, duration, progress) => {
    server.answers(answerOf({ sid: CALL_SID, status, duration, date_created: "Thu, 01 Jan 2026 00:00:00 +0000" }));
    const report = await dialer.fetch(CALL_SID, sampleContext());
    expect(report).toEqual({ kind: "known", carrierCallId: CALL_SID, progress });
  });

  it("is told why we ended it", async () => {
    server.answers(answerOf({ sid: CALL_SID, status: "canceled", duration: null }));
    expect(await dialer.fetch(CALL_SID, sampleContext({ endedBecause: "api_cancelled" }))).toMatchObject({
      progress: { kind: "ended", endReason: "api_cancelled" },
    });
  });

  it("that Twilio does not know is absent", async () => {
    server.answers(answerOf({ code: 20404, message: "not found", status: 404 }, 404));
    expect(await dialer.fetch(CALL_SID, sampleContext())).toEqual({ kind: "absent" });
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "<html>"],
    ["null", "null"],
    ["no id", '{"status":"ringing"}'],
    ["another kind of id", '{"sid":"SM1","status":"ringing"}'],
    ["no status", `{"sid":"${CALL_SID}"}`],
    ["a status that is no text", `{"sid":"${CALL_SID}","status":4}`],
    ["an unknown status", `{"sid":"${CALL_SID}","status":"teleported"}`],
  ])("that is answered with %s is unavailable and not absent", async (_, body) => {
    server.answers({ status: 200, body });
    expect(await dialer.fetch(CALL_SID, sampleContext())).toEqual({
      kind: "unavailable",
      message: "Twilio's answer is not a call",
    });
  });
});

describe("ending a call", () => {
  it.each([
    [true, "completed"],
    [false, "canceled"],
  ])("that was answered: %s, asks for %s", async (answered, status) => {
    server.answers(answerOf({ sid: CALL_SID, status: "in-progress" }));
    expect(await dialer.end(CALL_SID, answered)).toEqual({ kind: "ending" });
    expect(server.received.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["POST", `${ACCOUNT_PATH}/Calls/${CALL_SID}.json`, `Status=${status}`],
    ]);
  });

  it.each<[string, Answer]>([
    ["is over", answerOf({ code: 21220, message: "Call is not in-progress", status: 400 }, 400)],
    ["is forgotten", answerOf({ code: 20404, message: "not found", status: 404 }, 404)],
    ["is over, in words that are no JSON", { status: 200, body: "" }],
  ])("that %s succeeds", async (_, answer) => {
    server.answers(answer);
    expect(await dialer.end(CALL_SID, true)).toEqual({ kind: "ending" });
  });

  it.each([
    ["another error", '{"code":21218}'],
    ["an error without a code", "{}"],
    ["the code as text", '{"code":"21220"}'],
    ["no JSON", "21220"],
  ])("is unavailable after %s", async (_, body) => {
    server.answers({ status: 400, body });
    expect(await dialer.end(CALL_SID, true)).toEqual({ kind: "unavailable", message: "Twilio answered 400" });
  });
});
