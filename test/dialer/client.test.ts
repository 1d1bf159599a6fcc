import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { dialerFor } from "../../src/dialer/carriers.ts";
import { TwilioClient } from "../../src/dialer/twilio/client.ts";
import { sampleAccount, sampleContext } from "./samples.ts";
import { type Answer, ScriptedServer } from "./scripted-server.ts";

const ACCOUNT = sampleAccount();
const ACCOUNT_PATH = `/2010-04-01/Accounts/${ACCOUNT.account_sid}`;
const LONG_ENOUGH_MS = 2_000;
const SHORT_MS = 100;

let server: ScriptedServer;
let client: TwilioClient;
beforeAll(async () => {
  server = await ScriptedServer.start();
  client = new TwilioClient(ACCOUNT, server.url);
});
afterAll(() => server.stop());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const post = (timeoutMs = LONG_ENOUGH_MS) => client.post("/Calls.json", new URLSearchParams({ To: "+1" }), timeoutMs);

describe("a request to Twilio", () => {
  it("carries the API key as its user and the secret as its password", async () => {
    server.answers({ status: 200 });
    await client.get("/Calls.json?PageSize=1", LONG_ENOUGH_MS);
    const [request] = server.received;
    const [scheme, credentials = ""] = (request?.headers.authorization ?? "").split(" ");
    expect(scheme).toBe("Basic");
    expect(Buffer.from(credentials, "base64").toString()).toBe(`${ACCOUNT.api_key_sid}:a secret: with a colon`);
    expect(request).toMatchObject({ method: "GET", url: `${ACCOUNT_PATH}/Calls.json?PageSize=1`, body: "" });
    expect(request?.headers.accept).toBe("application/json");
  });

  it("is made with any secret, though Twilio will refuse it", async () => {
    server.answers({ status: 401 });
    const account = sampleAccount({ api_key_secret: "pasted with a “quote”" });
    expect(await new TwilioClient(account, server.url).get("/Calls.json", LONG_ENOUGH_MS)).toMatchObject({
      status: 401,
    });
    const [, credentials = ""] = (server.received[0]?.headers.authorization ?? "").split(" ");
    expect(Buffer.from(credentials, "base64").toString()).toBe(`${account.api_key_sid}:pasted with a “quote”`);
  });

  it("posts a form below the account", async () => {
    server.answers({ status: 201 });
    await client.post("/Calls.json", new URLSearchParams({ To: "+1 & 2", Twiml: "<é>" }), LONG_ENOUGH_MS);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      method: "POST",
      url: `${ACCOUNT_PATH}/Calls.json`,
      body: "To=%2B1+%26+2&Twiml=%3C%C3%A9%3E",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  it("asks for a page by its address on the same host", async () => {
    server.answers({ status: 200 });
    await client.getRelative("/2010-04-01/other.json?Page=1", LONG_ENOUGH_MS);
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /2010-04-01/other.json?Page=1"]);
    expect(server.received[0]?.headers.authorization).toMatch(/^Basic /);
  });
});

describe("an answer of Twilio's", () => {
  it.each<Exclude<Answer, string>>([
    { status: 200, body: "{}" },
    { status: 201, body: '{"sid":"CA"}' },
    { status: 204 },
    { status: 400, body: '{"code":21211}' },
    { status: 401, body: "" },
    { status: 404, body: "<html>" },
    { status: 429, body: "", headers: { "retry-after": "3" } },
    { status: 500, body: "é 🙂" },
    { status: 503, body: "", headers: { "Retry-After": "Thu, 01 Jan 2026 00:00:10 GMT" } },
  ])("is handed on as it is: $status $body", async (answer) => {
    server.answers(answer);
    const retryAfter = Object.values(answer.headers ?? {})[0] ?? null;
    expect(await post()).toEqual({ status: answer.status, retryAfter, text: answer.body ?? "" });
  });

  it("that points elsewhere is not followed: the credentials go nowhere else", async () => {
    server.answers({ status: 307, headers: { location: `${server.url}/elsewhere` } });
    expect(await post()).toMatchObject({ status: 307 });
    expect(server.received.map(({ url }) => url)).toEqual([`${ACCOUNT_PATH}/Calls.json`]);
  });

  it("that refuses is read at its beginning alone, and its status counts", async () => {
    server.answers({ status: 400, body: "é".repeat(2_500_000) });
    const answer = await client.get("/Calls.json", LONG_ENOUGH_MS);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.status === null ? "" : answer.text).toHaveLength(32 * 1_024);
  });

  it("is read up to two million characters and no longer", async () => {
    const most = 2 * 1_024 * 1_024;
    server.answers({ status: 200, body: "a".repeat(most) });
    expect((await client.get("/Calls.json", LONG_ENOUGH_MS)).status).toBe(200);
    server.answers({ status: 200, body: "a".repeat(most + 1) });
    expect(await client.get("/Calls.json", LONG_ENOUGH_MS)).toEqual({
      status: null,
      message: "Twilio's answer is too long",
    });
  });
});

describe("no answer of Twilio's", () => {
  const FAILED = { status: null, message: "the connection to Twilio failed before it answered" };
  const TOO_LATE = { status: null, message: "Twilio did not answer within 0.1 s" };

  it.each<[Answer, typeof FAILED]>([
    ["reset", FAILED],
    ["reset midway", FAILED],
    ["silence", TOO_LATE],
    ["silence midway", TOO_LATE],
  ])("is a value and no exception: %s", async (answer, expected) => {
    server.answers(answer);
    expect(await post(expected === TOO_LATE ? SHORT_MS : LONG_ENOUGH_MS)).toEqual(expected);
  });

  it.each<Answer>(["reset", "reset midway", "silence"])("is not asked for again: %s", async (answer) => {
    server.answers(answer);
    await post(SHORT_MS);
    // Longer than a client that repeats at once would take.
    await new Promise((resolve) => setTimeout(resolve, SHORT_MS));
    expect(server.received).toHaveLength(1);
  });

  it("comes from a port where nobody listens", async () => {
    const gone = await ScriptedServer.start();
    const { url } = gone;
    await gone.stop();
    expect(await new TwilioClient(ACCOUNT, url).get("/Calls.json", LONG_ENOUGH_MS)).toEqual(FAILED);
  });

  it.each<Answer>([{ status: 201 }, "reset"])("is not waited for any longer after %j", async (answer) => {
    const set = vi.spyOn(globalThis, "setTimeout");
    const clear = vi.spyOn(globalThis, "clearTimeout");
    server.answers(answer);
    const timeoutMs = 1_987;
    await post(timeoutMs);
    const timers = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === timeoutMs);
    expect(timers).toHaveLength(1);
    expect(clear.mock.calls.map(([timer]) => timer)).toContain(timers[0]?.value);
  });

  it("tells nothing secret", async () => {
    server.answers("reset");
    const told = JSON.stringify(await post());
    expect(told).not.toContain(ACCOUNT.api_key_secret);
    expect(told).not.toContain(ACCOUNT.account_sid);
  });
});

describe("the host", () => {
  it.each([
    ["us1", "https://api.twilio.com"],
    ["ie1", "https://api.dublin.ie1.twilio.com"],
    ["au1", "https://api.sydney.au1.twilio.com"],
  ] as const)("of the region %s is %s", async (region, origin) => {
    const fetched = vi.fn<typeof fetch>(async () => new Response("{}"));
    vi.stubGlobal("fetch", fetched);
    await new TwilioClient(sampleAccount({ region }), null).get("/Calls.json", LONG_ENOUGH_MS);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual([`${origin}${ACCOUNT_PATH}/Calls.json`]);
  });

  it("is the setting's, where there is one, for the account's dialer", async () => {
    server.answers({ status: 404, body: '{"code":20404}' });
    const account = { carrier: "twilio", ...sampleAccount({ region: "ie1" }) } as const;
    const dialer = dialerFor(account, { twilio: server.url }, null);
    expect(await dialer.fetch("CA1", sampleContext())).toEqual({ kind: "absent" });
    expect(server.received.map(({ url }) => url)).toEqual([`${ACCOUNT_PATH}/Calls/CA1.json`]);
  });
});
