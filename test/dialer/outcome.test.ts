import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ACCOUNT_PAUSE_MS } from "../../src/dialer/dialer.ts";
import { retryAfterMs } from "../../src/dialer/http.ts";
import { placeOutcomeOf } from "../../src/dialer/twilio/outcome.ts";

const NOW = Date.UTC(2026, 0, 1);
const SID = `CA${"0123456789abcdef".repeat(2)}`;
const errorBody = (status: number, code: number, message = "as Twilio words it") =>
  JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
const outcomeOf = (status: number, text: string, retryAfter: string | null = null) =>
  placeOutcomeOf(status, retryAfter, text, NOW);

describe("an answer with the id of a call", () => {
  it.each([200, 201, 202])("is a placed call: %i", (status) => {
    const text = JSON.stringify({ sid: SID, status: "queued", code: null });
    expect(outcomeOf(status, text)).toEqual({ kind: "placed", carrierCallId: SID });
  });

  it("may write the id's digits in capitals", () => {
    const sid = `CA${"ABCDEF01".repeat(4)}`;
    expect(outcomeOf(201, JSON.stringify({ sid }))).toEqual({ kind: "placed", carrierCallId: sid });
  });
});

describe("a success without the id of a call", () => {
  it.each([
    ["no body", ""],
    ["no JSON", "<html>Created</html>"],
    ["JSON that is cut off", `{"sid":"${SID}`],
    ["no object", `"${SID}"`],
    ["null", "null"],
    ["a list", `[{"sid":"${SID}"}]`],
    ["no sid", '{"status":"queued"}'],
    ["a sid of another kind", `{"sid":"SM${SID.slice(2)}"}`],
    ["a sid that is too short", `{"sid":"${SID.slice(0, -1)}"}`],
    ["a sid that is too long", `{"sid":"${SID}0"}`],
    ["a sid of other digits", `{"sid":"CA${"g".repeat(32)}"}`],
    ["a sid that is a number", '{"sid":1}'],
  ])("is unknown: %s", (_, text) => {
    expect(outcomeOf(201, text)).toEqual({
      kind: "unknown",
      message: "Twilio answered 201 without the id of a call",
    });
  });

  it.each([200, 202, 204])("is unknown and no refusal, whichever success it is: %i", (status) => {
    const message = `Twilio answered ${status} without the id of a call`;
    expect(outcomeOf(status, "")).toEqual({ kind: "unknown", message });
  });
});

it.each([
  [21210, "From is not verified"],
  [21212, "an invalid From"],
  [21213, "no From"],
])(
  "a caller's number that Twilio does not take (%i) fails nobody: everybody waits until it is put right",
  (code, message) => {
    expect(outcomeOf(400, errorBody(400, code, message))).toEqual({
      kind: "try_later",
      retryAfterMs: ACCOUNT_PAUSE_MS,
      message: `Twilio does not let the provider's account call from this number: ${message} (error ${code})`,
    });
  },
);

describe("a refusal", () => {
  it.each([
    [21201, "no To"],
    [21203, "international calling is off"],
    [21205, "a bad URL"],
    [21208, "a bad Timeout"],
    [21211, "an invalid To"],
    [21214, "To cannot be reached"],
    [21215, "no permission for To's country"],
    [21216, "To is blocked"],
    [21217, "To does not appear valid"],
    [21218, "a bad ApplicationSid"],
    [21219, "a trial account and an unverified To"],
    [13227, "no permission for To's country"],
    [99999, "a code that nobody has documented"],
  ])("with Twilio's error %i is for good: %s", (code, message) => {
    expect(outcomeOf(400, errorBody(400, code, message))).toEqual({
      kind: "refused",
      code: String(code),
      message: `Twilio refused the call: ${message} (error ${code})`,
    });
  });

  it.each([300, 301, 302, 307, 308, 399])("by redirect %i names the base URL", (status) => {
    expect(outcomeOf(status, "")).toEqual({
      kind: "refused",
      code: null,
      message: `Twilio's address answered with a redirect (status ${status}); check its base URL`,
    });
  });

  it.each([
    [400, "", "Twilio refused the call: no reason given (status 400)"],
    [405, "null", "Twilio refused the call: no reason given (status 405)"],
    [400, '{"code":"21211","message":7}', "Twilio refused the call: no reason given (status 400)"],
    [409, '{"message":"conflict"}', "Twilio refused the call: conflict (status 409)"],
  ])("needs no error code: %i %j", (status, text, message) => {
    expect(outcomeOf(status, text)).toEqual({ kind: "refused", code: null, message });
  });
});

describe("a problem of the account, which is no recipient's fault", () => {
  it.each([
    [401, errorBody(401, 20003), "Twilio rejected the provider's credentials (error 20003)"],
    [401, "", "Twilio rejected the provider's credentials (status 401)"],
    [401, errorBody(401, 20005), "Twilio says that the provider's account is not active (error 20005)"],
    [403, errorBody(403, 20005), "Twilio says that the provider's account is not active (error 20005)"],
    [403, "<html>Forbidden</html>", "Twilio rejected the provider's credentials (status 403)"],
    [404, errorBody(404, 20404), "Twilio knows no such account in the provider's region (error 20404)"],
    [404, "<html>Not found</html>", "Twilio knows no such account in the provider's region (status 404)"],
  ])("lets everybody wait for five minutes: %i %j", (status, text, message) => {
    expect(outcomeOf(status, text)).toEqual({ kind: "try_later", retryAfterMs: 300_000, message });
  });
});

describe("a refusal for now", () => {
  it.each([
    [429, 20429],
    [429, 10004],
    [400, 10004],
    [403, 10004],
    [400, 86008],
    [503, 20429],
  ])("is tried later: %i with %i", (status, code) => {
    expect(outcomeOf(status, errorBody(status, code, "slow down"), "7")).toEqual({
      kind: "try_later",
      retryAfterMs: 7_000,
      message: "Twilio said to try later: slow down",
    });
  });

  it.each(["", "Too Many Requests", "{}"])("is a 429 whatever its body says: %j", (text) => {
    expect(outcomeOf(429, text)).toEqual({
      kind: "try_later",
      retryAfterMs: null,
      message: "Twilio said to try later: status 429",
    });
  });
});

describe("an answer that leaves open whether a call exists", () => {
  it.each([
    [408, ""],
    [500, errorBody(500, 20500)],
    [500, JSON.stringify({ sid: SID })],
    [502, "<html>Bad gateway</html>"],
    [503, errorBody(503, 20503)],
    [504, ""],
    [599, ""],
  ])("is unknown: %i %j", (status, text) => {
    expect(outcomeOf(status, text, "7")).toEqual({ kind: "unknown", message: `Twilio answered ${status}` });
  });
});

describe("Retry-After", () => {
  it.each([
    [null, null],
    ["", null],
    ["  ", null],
    ["0", 0],
    ["1", 1_000],
    [" 30 ", 30_000],
    ["0.5", 500],
    ["-5", 0],
    ["3600", 3_600_000],
    ["3601", 3_600_000],
    ["99999999999", 3_600_000],
    ["soon", null],
    ["NaN", null],
    ["Infinity", null],
    ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
    ["Wed, 31 Dec 2025 23:59:50 GMT", 0],
    ["Fri, 02 Jan 2026 00:00:00 GMT", 3_600_000],
  ])("%j is %j milliseconds", (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

const json = fc.json();
const body = fc.oneof(
  fc.string(),
  json,
  fc.record({ sid: fc.constant(SID) }).map((value) => JSON.stringify(value)),
);
const status = fc.integer({ min: 200, max: 599 });

describe("whatever Twilio answers", () => {
  test("only a success with an id is a placed call", () => {
    fc.assert(
      fc.property(status, body, (code, text) => {
        const isPlaced = outcomeOf(code, text).kind === "placed";
        expect(isPlaced).toBe(code < 300 && text.startsWith('{"sid":"CA'));
      }),
    );
  });

  test("nothing is called refused that might have placed a call", () => {
    fc.assert(
      fc.property(status, body, (code, text) => {
        const { kind } = outcomeOf(code, text);
        const mayExist = code < 300 || code === 408 || code >= 500;
        if (mayExist) expect(["placed", "unknown"]).toContain(kind);
        else if (code === 403) expect(["try_later", "refused"]).toContain(kind);
        else expect(kind).toBe([401, 404, 429].includes(code) ? "try_later" : "refused");
      }),
    );
  });

  test("a pause is between nothing and an hour", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (header) => {
        const ms = retryAfterMs(header, NOW);
        expect(ms === null || (ms >= 0 && ms <= 3_600_000)).toBe(true);
      }),
    );
  });
});
