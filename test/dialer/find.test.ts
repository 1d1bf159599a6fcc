import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TwilioDialer } from "../../src/dialer/twilio/dialer.ts";
import { SAMPLE_AGENT, sampleAccount, sampleContext } from "./samples.ts";
import { type Received, ScriptedServer } from "./scripted-server.ts";

const CALLS_PATH = `/2010-04-01/Accounts/${sampleAccount().account_sid}/Calls.json`;
const PLACED_AT = Date.UTC(2026, 0, 1, 12, 0, 0);
const OWN = "ac_TX9N9ULdcZQd5CEWu65fRA";
const QUERY = { agent: SAMPLE_AGENT, callId: OWN, to: "+14155550100", from: "+14155550199", placedAfter: PLACED_AT };

let server: ScriptedServer;
let dialer: TwilioDialer;
beforeAll(async () => {
  server = await ScriptedServer.start();
  dialer = new TwilioDialer(sampleAccount(), server.url);
});
afterAll(() => server.stop());

const sidOf = (number: number): string => `CA${String(number).padStart(32, "0")}`;
/** RFC 2822, as Twilio writes it. */
const dateOf = (time: number): string => new Date(time).toUTCString().replace("GMT", "+0000");
/** The call of this number, created so many seconds after the intent to place it. */
const call = (number: number, secondsAfter: number, fields: Record<string, unknown> = {}) => ({
  sid: sidOf(number),
  status: "ringing",
  duration: null,
  start_time: null,
  date_created: dateOf(PLACED_AT + secondsAfter * 1_000),
  ...fields,
});

const pageUri = (page: number) => `${CALLS_PATH}?To=%2B14155550100&PageSize=1000&Page=${page}&PageToken=PA${page}`;
const pageOf = ({ url }: Received) => Number(new URL(url, "http://127.0.0.1").searchParams.get("Page") ?? 0);

const EVENTS_PATH = /\/Calls\/CA(\d{32})\/Events\.json$/;
/** What Twilio logged of the request for a call, by the call's number; nothing where it is absent. */
const logs = new Map<number, unknown[]>();
const logOf = (callId: string) => [
  { request: { parameters: { twiml: `<Parameter name="agent_call_id" value="${callId}"/>` } }, response: {} },
];
const listed = () => server.received.filter(({ url }) => !EVENTS_PATH.test(url));

/** Answers with these pages, newest calls first, each with the address of the next one. */
function lists(...pages: unknown[][]): void {
  server.answers((request) => {
    const asked = EVENTS_PATH.exec(request.url)?.[1];
    if (asked !== undefined) {
      const log = logs.get(Number(asked));
      return log === undefined ? { status: 404 } : { status: 200, body: JSON.stringify({ events: log }) };
    }
    const page = pageOf(request);
    const next_page_uri = page + 1 < pages.length ? pageUri(page + 1) : null;
    return { status: 200, body: JSON.stringify({ calls: pages[page], next_page_uri, page, page_size: 1_000 }) };
  });
}
const find = (placedAfter = PLACED_AT) => dialer.find({ ...QUERY, placedAfter }, sampleContext());
async function foundNumbers(placedAfter?: number): Promise<number[]> {
  const found = await find(placedAfter);
  if (found.kind !== "found") expect.fail(found.message);
  return found.calls.map(({ carrierCallId }) => Number(carrierCallId.slice(2)));
}

describe("looking for a call whose answer was lost", () => {
  it("asks by both numbers and not by a time: a queued call has not started", async () => {
    lists([]);
    expect(await find()).toEqual({ kind: "found", calls: [] });
    expect(listed()).toHaveLength(1);
    const [request] = listed();
    const url = new URL(request?.url ?? "", server.url);
    expect([request?.method, url.pathname]).toEqual(["GET", CALLS_PATH]);
    expect(Object.fromEntries(url.searchParams)).toEqual({ To: QUERY.to, From: QUERY.from, PageSize: "1000" });
  });

  it("tells since when a call rings that has left Twilio's queue", async () => {
    const since = PLACED_AT + 90_000;
    lists([call(1, 0, { start_time: dateOf(since) })]);
    expect(await find()).toMatchObject({ calls: [{ progress: { kind: "ringing", since } }] });
    lists([call(1, 0, { start_time: "soon" })]);
    expect(await find()).toMatchObject({ calls: [{ progress: { kind: "ringing" } }] });
  });

  it("finds each with its progress, the oldest first", async () => {
    const ended = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 42 };
    lists([call(3, 9), call(2, 5, { status: "queued" }), call(1, 1, { status: "completed", duration: "42" })]);
    expect(await find()).toEqual({
      kind: "found",
      calls: [
        { carrierCallId: sidOf(1), progress: ended },
        { carrierCallId: sidOf(2), progress: { kind: "waiting" } },
        { carrierCallId: sidOf(3), progress: { kind: "ringing" } },
      ],
    });
  });

  it.each([
    ["of the same second", 0, true],
    ["five seconds before, by another clock", -5, true],
    ["six seconds before", -6, false],
    ["a day before", -86_400, false],
    ["an hour after", 3_600, true],
  ])("takes a call %s: %i, %s", async (_, secondsAfter, isTaken) => {
    lists([call(1, secondsAfter)]);
    expect(await foundNumbers()).toEqual(isTaken ? [1] : []);
  });

  it("takes a call of the second in which the intent was written, though that has milliseconds", async () => {
    lists([call(1, -5)]);
    expect(await foundNumbers(PLACED_AT + 999)).toEqual([1]);
    expect(await foundNumbers(PLACED_AT + 1_000)).toEqual([]);
  });

  it.each([undefined, null, "", "yesterday"])("takes a call whose age is unreadable, as the last: %j", async (date) => {
    lists([call(2, 0, { date_created: date }), call(1, 5), call(0, -60)]);
    expect(await foundNumbers()).toEqual([1, 2]);
  });
});

describe("several calls to the number", () => {
  const other = "ac_TX9N9ULdcZQd5CEWu65fRB";
  afterEach(() => logs.clear());

  it("are told apart by Twilio's log of the requests: only the own one counts", async () => {
    logs.set(1, logOf(other)).set(2, logOf(OWN));
    lists([call(3, 30), call(2, 20), call(1, 10)]);
    expect(await foundNumbers()).toEqual([2]);
  });

  it("that are all others' leave nothing", async () => {
    logs.set(1, logOf(other)).set(2, logOf(other));
    lists([call(2, 20), call(1, 10)]);
    expect(await foundNumbers()).toEqual([]);
  });

  it("of which the log does not say whose they are may be it", async () => {
    logs.set(1, logOf(other)).set(3, []);
    lists([call(3, 30), call(2, 20), call(1, 10)]);
    expect(await foundNumbers()).toEqual([2, 3]);
  });
});

it.each([503, 429])("is unavailable where the log answers %i: the call may be another batch's", async (status) => {
  server.answers(({ url }) =>
    EVENTS_PATH.test(url)
      ? { status }
      : { status: 200, body: JSON.stringify({ calls: [call(1, 10)], next_page_uri: null }) },
  );
  expect(await find()).toEqual({ kind: "unavailable", message: `Twilio answered ${status}` });
});

describe("a list of several pages", () => {
  it("is followed by its addresses to its end", async () => {
    lists([call(5, 50), call(4, 40)], [call(3, 30), call(2, 20)], [call(1, 10)]);
    expect(await foundNumbers()).toEqual([1, 2, 3, 4, 5]);
    expect(
      listed()
        .slice(1)
        .map(({ url }) => url),
    ).toEqual([pageUri(1), pageUri(2)]);
    expect(new Set(listed().map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it("is followed no further than the intent to place the call", async () => {
    lists([call(3, 30)], [call(2, 20), call(1, -60)], [call(0, -120)]);
    expect(await foundNumbers()).toEqual([2, 3]);
    expect(listed().map(pageOf)).toEqual([0, 1]);
  });

  it("is followed over a page without calls", async () => {
    lists([call(2, 20)], [], [call(1, 10)]);
    expect(await foundNumbers()).toEqual([1, 2]);
  });

  it("may have five pages", async () => {
    lists(...[5, 4, 3, 2, 1].map((number) => [call(number, number)]));
    expect(await foundNumbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("of six says that nobody knows, and not that there are five", async () => {
    lists(...[6, 5, 4, 3, 2, 1].map((number) => [call(number, number)]));
    expect(await find()).toEqual({ kind: "unavailable", message: "Twilio lists too many calls to this number" });
    expect(listed()).toHaveLength(5);
  });

  it.each([undefined, null, ""])("ends where the next page is %j", async (next_page_uri) => {
    server.answers({ status: 200, body: JSON.stringify({ calls: [call(1, 10)], next_page_uri }) });
    expect(await foundNumbers()).toEqual([1]);
    expect(listed()).toHaveLength(1);
  });

  it("that breaks off is unavailable, and not what was read so far", async () => {
    const first = JSON.stringify({ calls: [call(1, 10)], next_page_uri: pageUri(1) });
    server.answers((request) => (pageOf(request) === 0 ? { status: 200, body: first } : { status: 500 }));
    expect(await find()).toEqual({ kind: "unavailable", message: "Twilio answered 500" });
    server.answers((request) => (pageOf(request) === 0 ? { status: 200, body: first } : "reset"));
    const message = "the connection to Twilio failed before it answered";
    expect(await find()).toEqual({ kind: "unavailable", message });
  });

  it("never leads to another host with the credentials, nor is that its end", async () => {
    const other = await ScriptedServer.start();
    server.answers(() => ({
      status: 200,
      body: JSON.stringify({ calls: [call(1, 10)], next_page_uri: `${other.url}/Calls.json?Page=1` }),
    }));
    expect(await find()).toEqual({ kind: "unavailable", message: "Twilio's answer is not a list of calls" });
    expect(other.received).toEqual([]);
    await other.stop();
  });
});

describe("a list that cannot be read whole", () => {
  it.each([
    ["nothing", ""],
    ["no JSON", "<html>"],
    ["null", "null"],
    ["no calls", '{"next_page_uri":null}'],
    ["calls that are no list", '{"calls":{}}'],
    ["an entry that is no call", JSON.stringify({ calls: [call(1, 1), null] })],
    ["an entry without an id", JSON.stringify({ calls: [call(1, 1), { ...call(2, 2), sid: undefined }] })],
    ["an entry of an unknown status", JSON.stringify({ calls: [call(1, 1), call(2, 2, { status: "teleported" })] })],
    ["a 404", null],
  ])("is unavailable and never an empty one: %s", async (_, body) => {
    server.answers(body === null ? { status: 404, body: "{}" } : { status: 200, body });
    const message = body === null ? "Twilio answered 404" : "Twilio's answer is not a list of calls";
    expect(await find()).toEqual({ kind: "unavailable", message });
  });
});
