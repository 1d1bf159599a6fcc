import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TwilioDialer } from "../../src/dialer/twilio/dialer.ts";
import { twimlOf } from "../../src/dialer/twilio/twiml.ts";
import { CALL_SID, sampleAccount, sampleContext, sampleOrder } from "./samples.ts";
import { type Answer, ScriptedServer } from "./scripted-server.ts";
import { sign } from "./signing.ts";

const ACCOUNT = sampleAccount();
const CREATED: Answer = { status: 201, body: JSON.stringify({ sid: CALL_SID, status: "queued" }) };
const refusal = (status: number, code: number, message: string) => ({
  status,
  body: JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }),
});

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

describe("placing a call", () => {
  it("sends exactly these fields", async () => {
    server.answers(CREATED);
    const order = sampleOrder({ metadata: '{"name":"Zoë & <Co>"}' });
    expect(await dialer.place(order)).toEqual({ kind: "placed", carrierCallId: CALL_SID });
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(`${request?.method} ${request?.url}`).toBe(`POST /2010-04-01/Accounts/${ACCOUNT.account_sid}/Calls.json`);
    expect([...new URLSearchParams(request?.body)]).toEqual([
      ["To", "+14155550100"],
      ["From", "+14155550199"],
      ["Twiml", twimlOf(order)],
      ["Timeout", "30"],
      ["TimeLimit", "600"],
      ["StatusCallback", "https://calls.example.com/callbacks/twilio/ac_sample/token#rc=5&rp=all"],
      ["StatusCallbackMethod", "POST"],
      ["StatusCallbackEvent", "answered"],
      ["StatusCallbackEvent", "completed"],
    ]);
  });

  it("asks who answers beside the call, where that is wanted: nobody hears silence until it is known", async () => {
    server.answers(CREATED);
    await dialer.place(sampleOrder({ asksWhoAnswers: true }));
    const form = [...new URLSearchParams(server.received[0]?.body)];
    expect(form.filter(([name]) => /Amd|Machine/.test(name))).toEqual([
      ["MachineDetection", "Enable"],
      ["AsyncAmd", "true"],
      ["AsyncAmdStatusCallback", "https://calls.example.com/callbacks/twilio/ac_sample/token#rc=5&rp=all"],
      ["AsyncAmdStatusCallbackMethod", "POST"],
    ]);
  });

  it("authenticates with the account's API key", async () => {
    server.answers(CREATED);
    await dialer.place(sampleOrder());
    const credentials = Buffer.from(`${ACCOUNT.api_key_sid}:${ACCOUNT.api_key_secret}`).toString("base64");
    expect(server.received[0]?.headers.authorization).toBe(`Basic ${credentials}`);
  });

  it("asks for no longer call than Twilio places, and for the batch's ringing time", async () => {
    server.answers(CREATED);
    await dialer.place(sampleOrder({ maxDurationSeconds: 28_800, ringingTimeoutSeconds: 15 }));
    const form = new URLSearchParams(server.received[0]?.body);
    expect([form.get("TimeLimit"), form.get("Timeout")]).toEqual(["14400", "15"]);
  });

  it.each<[string, Answer, unknown]>([
    ["created", CREATED, { kind: "placed", carrierCallId: CALL_SID }],
    [
      "created, in words that are no JSON",
      { status: 201, body: "Created" },
      { kind: "unknown", message: "Twilio answered 201 without the id of a call" },
    ],
    [
      "an invalid number",
      refusal(400, 21211, "Invalid 'To' Phone Number"),
      { kind: "refused", code: "21211", message: "Twilio refused the call: Invalid 'To' Phone Number (error 21211)" },
    ],
    [
      "no permission for the country",
      refusal(400, 21215, "Geo permission"),
      { kind: "refused", code: "21215", message: "Twilio refused the call: Geo permission (error 21215)" },
    ],
    [
      "wrong credentials",
      refusal(401, 20003, "Authenticate"),
      {
        kind: "try_later",
        retryAfterMs: 300_000,
        message: "Twilio rejected the provider's credentials (error 20003)",
      },
    ],
    [
      "no such account",
      refusal(404, 20404, "Not found"),
      {
        kind: "try_later",
        retryAfterMs: 300_000,
        message: "Twilio knows no such account in the provider's region (error 20404)",
      },
    ],
    [
      "too many requests, with a pause",
      { ...refusal(429, 20429, "Too many"), headers: { "retry-after": "2" } },
      { kind: "try_later", retryAfterMs: 2_000, message: "Twilio said to try later: Too many" },
    ],
    [
      "too many requests, without one",
      refusal(429, 20429, "Too many"),
      { kind: "try_later", retryAfterMs: null, message: "Twilio said to try later: Too many" },
    ],
    [
      "too many calls at once",
      refusal(400, 10004, "Too many"),
      { kind: "try_later", retryAfterMs: null, message: "Twilio said to try later: Too many" },
    ],
    ["an error of Twilio's", refusal(500, 20500, "Oops"), { kind: "unknown", message: "Twilio answered 500" }],
    [
      "no service, though with a pause",
      { status: 503, headers: { "retry-after": "2" } },
      { kind: "unknown", message: "Twilio answered 503" },
    ],
    ["a reset", "reset", { kind: "unknown", message: "the connection to Twilio failed before it answered" }],
    [
      "a reset within the answer",
      "reset midway",
      { kind: "unknown", message: "the connection to Twilio failed before it answered" },
    ],
  ])("is told what came of it, once asked: %s", async (_, answer, outcome) => {
    server.answers(answer);
    expect(await dialer.place(sampleOrder())).toEqual(outcome);
    expect(server.received).toHaveLength(1);
  });

  it("reads a date in Retry-After by the clock", async () => {
    const at = new Date(Date.now() + 60_000).toUTCString();
    server.answers({ status: 429, headers: { "retry-after": at } });
    const outcome = await dialer.place(sampleOrder());
    const pause = outcome.kind === "try_later" ? outcome.retryAfterMs : null;
    expect(pause).toBeGreaterThan(50_000);
    expect(pause).toBeLessThanOrEqual(60_000);
  });

  it.each<Answer>(["silence", "silence midway"])("is unknown after 15 seconds of %s", async (answer) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = server.answersNext(answer);
    const outcome = dialer.place(sampleOrder());
    let isOver = false;
    void outcome.then(() => {
      isOver = true;
    });
    await asked;
    await vi.advanceTimersByTimeAsync(14_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual({ kind: "unknown", message: "Twilio did not answer within 15 s" });
    expect(server.received).toHaveLength(1);
  });

  it("does not mix up the answers of calls that are placed at once", async () => {
    const sidOf = (to: string) => `CA${to.slice(1).padStart(32, "0")}`;
    server.answers((request) => {
      const to = new URLSearchParams(request.body).get("To") ?? "";
      return to.endsWith("3")
        ? refusal(400, 21211, "no")
        : { status: 201, body: JSON.stringify({ sid: sidOf(to), status: "queued" }) };
    });
    const numbers = Array.from({ length: 10 }, (_, index) => `+1415555010${index}`);
    const outcomes = await Promise.all(numbers.map((to) => dialer.place(sampleOrder({ to }))));
    expect(outcomes.map((outcome) => (outcome.kind === "placed" ? outcome.carrierCallId : outcome.kind))).toEqual(
      numbers.map((to) => (to.endsWith("3") ? "refused" : sidOf(to))),
    );
    expect(server.received).toHaveLength(numbers.length);
  });
});

describe("a callback of the placed call", () => {
  it("comes to the URL that was given, without the fragment, and is the account's own", async () => {
    server.answers(CREATED);
    await dialer.place(sampleOrder());
    const given = new URLSearchParams(server.received[0]?.body).get("StatusCallback") ?? "";
    const url = given.slice(0, given.indexOf("#"));
    const fields = { CallSid: CALL_SID, AccountSid: ACCOUNT.account_sid, CallStatus: "ringing" };
    const request = {
      method: "POST",
      pathAndQuery: new URL(url).pathname,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": sign(ACCOUNT.auth_token ?? "", url, Object.entries(fields)),
      },
      body: new URLSearchParams(fields).toString(),
    };
    expect(await dialer.receive(request, new URL(url).origin, sampleContext())).toMatchObject({
      kind: "event",
      event: { kind: "progress", carrierCallId: CALL_SID, progress: { kind: "ringing" } },
    });
    const another = new TwilioDialer(sampleAccount({ auth_token: "54321" }), server.url);
    expect(await another.receive(request, new URL(url).origin, sampleContext())).toEqual({ kind: "forged" });
  });
});
