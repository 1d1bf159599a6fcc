import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { Signatures, type SignedRequest } from "../../src/dialer/twilio/signature.ts";
import { sign } from "./signing.ts";

const isSignedBy = (token: string, signature: string | null, request: SignedRequest): Promise<boolean> =>
  new Signatures(token).isOf(signature, request);

/** The vectors of Twilio's own validators: twilio-node, twilio-python, twilio-go. */
const TOKEN = "12345";
const QUERY = "?foo=1&bar=2";
const URL_OF_VECTORS = `https://mycompany.com/myapp.php${QUERY}`;
const SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
const PARAMETERS: readonly (readonly [string, string])[] = [
  ["CallSid", "CA1234567890ABCDE"],
  ["Caller", "+14158675309"],
  ["Digits", "1234"],
  ["From", "+14158675309"],
  ["To", "+18005551212"],
];
const CONFERENCE = [...PARAMETERS, ["ReasonConferenceEnded", "test"], ["Reason", "Participant"]] as const;

const form = (parameters: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
const posted = (url: string, parameters: readonly (readonly [string, string])[] = PARAMETERS): SignedRequest => ({
  url,
  content: [...new URLSearchParams(form(parameters))],
});
const json = (url: string, body: string): SignedRequest => ({ url, content: body });

const BODY = '{"property": "value", "boolean": true}';
const BODY_HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
const EMPTY_HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const host = (origin: string) => `${origin}/myapp.php${QUERY}`;
const addresses = (...values: string[]) => values.map((value) => ["MessagingBinding.Address", value] as const);

const VECTORS: readonly (readonly [string, SignedRequest, string])[] = [
  ["a form post whose URL has a query", posted(URL_OF_VECTORS), SIGNATURE],
  ["https with :443 written out", posted(host("https://mycompany.com:443")), "kvajT1Ptam85bY51eRf/AJRuM3w="],
  ["http with :80 written out", posted(host("http://mycompany.com:80")), "0ZXoZLH/DfblKGATFgpif+LLRf4="],
  ["http with port 1234", posted(host("http://mycompany.com:1234")), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="],
  ["user and password", posted(host("https://user:pass@mycompany.com")), "CukzLTc1tT5dXEDIHm/tKBanW10="],
  ["a user alone", posted(host("https://user@mycompany.com")), "2YRLlVAflCqxaNicjMpJcSTgzSs="],
  ["user, password and :443", posted(host("https://user:pass@mycompany.com:443")), "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="],
  ["%27 in the query", posted(`${URL_OF_VECTORS}&Body=It%27s+amazing`), "TfZzewPq8wqrGlMfyAud8+/IvJ0="],
  ["a bare quote in the query", posted(`${URL_OF_VECTORS}&Body=It's+amazing`), "TfZzewPq8wqrGlMfyAud8+/IvJ0="],
  [
    "a repeated parameter",
    posted(URL_OF_VECTORS, addresses("+1325xxxxxxx", "+1415xxxxxxx")),
    "83O6e2vORAoJHUNzJjDWN1jz+BA=",
  ],
  [
    "a repeated parameter in the other order",
    posted(URL_OF_VECTORS, addresses("+1415xxxxxxx", "+1325xxxxxxx")),
    "83O6e2vORAoJHUNzJjDWN1jz+BA=",
  ],
  [
    "a value given twice",
    posted(URL_OF_VECTORS, [
      ["Sid", "CA123"],
      ["SidAccount", "AC123"],
      ["Digits", "5678"],
      ["Digits", "1234"],
      ["Digits", "1234"],
    ]),
    "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
  ],
  ["a name that is another's prefix", posted(URL_OF_VECTORS, CONFERENCE), "vOEb5UThFn24KEfnOFLQY2AE5FY="],
  ["the same over http", posted(host("http://mycompany.com"), CONFERENCE), "n2xBNyzSW7rfYStDtOFiFMv7qNo="],
  [
    "a form without any of Twilio's names",
    posted(URL_OF_VECTORS, [
      ["property", "value"],
      ["boolean", "true"],
    ]),
    "NBdBDr/T/lgjI+tlgpXjKZQZs/k=",
  ],
  ["a JSON body", json(`${URL_OF_VECTORS}&bodySHA256=${BODY_HASH}`, BODY), "a9nBmqA0ju/hNViExpshrM61xv4="],
  [
    "a JSON body whose hash is the whole query",
    json(`https://mycompany.com/myapp.php?bodySHA256=${BODY_HASH}`, BODY),
    "y77kIzt2vzLz71DgmJGsen2scGs=",
  ],
  [
    "a JSON body and :443",
    json(`${host("https://mycompany.com:443")}&bodySHA256=${EMPTY_HASH}`, "{}"),
    "Ldidvp12m26NI7eqEvxnEpkd9Hc=",
  ],
  ["a port that Twilio did not sign", posted(host("https://mycompany.com:1234")), SIGNATURE],
  [":443 that only Twilio wrote out", posted(URL_OF_VECTORS), "kvajT1Ptam85bY51eRf/AJRuM3w="],
  [":80 that only Twilio wrote out", posted(host("http://mycompany.com")), "0ZXoZLH/DfblKGATFgpif+LLRf4="],
];

describe("a signature of Twilio's", () => {
  it.each(VECTORS)("verifies: %s", async (_, request, signature) => {
    expect(await isSignedBy(TOKEN, signature, request)).toBe(true);
  });

  it.each(VECTORS)("does not verify under another token: %s", async (_, request, signature) => {
    expect(await isSignedBy("12346", signature, request)).toBe(false);
  });

  it.each([
    ["an extra query parameter", posted(`${URL_OF_VECTORS}&somethingUnexpected=true`)],
    ["another path", posted(`https://mycompany.com/myapp.phq${QUERY}`)],
    ["another host", posted(host("https://mycompany.org"))],
    ["another scheme", posted(host("http://mycompany.com"))],
    ["user names that were not signed", posted(host("https://user@mycompany.com"))],
    ["no query", posted("https://mycompany.com/myapp.php")],
    ["another value", posted(URL_OF_VECTORS, [...PARAMETERS.slice(0, -1), ["To", "+18005551213"]])],
    ["another name", posted(URL_OF_VECTORS, [...PARAMETERS.slice(0, -1), ["Tu", "+18005551212"]])],
    ["one parameter less", posted(URL_OF_VECTORS, PARAMETERS.slice(1))],
    ["one parameter more", posted(URL_OF_VECTORS, [...PARAMETERS, ["CallStatus", "completed"]])],
    ["a second value of a name", posted(URL_OF_VECTORS, [...PARAMETERS, ["To", "+18005551213"]])],
    ["the same text that is not a form", json(URL_OF_VECTORS, form(PARAMETERS))],
  ])("does not cover %s", async (_, request) => {
    expect(await isSignedBy(TOKEN, SIGNATURE, request)).toBe(false);
  });

  it("sorts names by code unit, not as written", async () => {
    const sortedWrongly = "95+Bu0JVPi0r/SsESZCVf0dWAjw=";
    expect(await isSignedBy(TOKEN, sortedWrongly, posted(URL_OF_VECTORS, CONFERENCE))).toBe(false);
  });

  it.each([
    ["missing", null],
    ["empty", ""],
    ["not base64", "WRONG_SIGNATURE"],
    ["cut off", SIGNATURE.slice(0, 20)],
    ["the hexadecimal form", Buffer.from(SIGNATURE, "base64").toString("hex")],
    ["given twice, as joined headers", `${SIGNATURE}, ${SIGNATURE}`],
  ])("is refused where it is %s", async (_, signature) => {
    expect(await isSignedBy(TOKEN, signature, posted(URL_OF_VECTORS))).toBe(false);
  });

  it.each([
    ["another body", `${URL_OF_VECTORS}&bodySHA256=${BODY_HASH}`, `${BODY} `],
    ["another hash", `${URL_OF_VECTORS}&bodySHA256=${EMPTY_HASH}`, "{}"],
    ["no hash", URL_OF_VECTORS, BODY],
  ])("of a JSON body does not cover %s", async (_, url, body) => {
    expect(await isSignedBy(TOKEN, "a9nBmqA0ju/hNViExpshrM61xv4=", json(url, body))).toBe(false);
  });

  it("does not stand in for the hash of a body", async () => {
    const request = json(URL_OF_VECTORS, BODY);
    expect(await isSignedBy(TOKEN, sign(TOKEN, URL_OF_VECTORS, []), request)).toBe(false);
    expect(await isSignedBy(TOKEN, sign(TOKEN, URL_OF_VECTORS, []), json(URL_OF_VECTORS, ""))).toBe(true);
  });
});

const unicode = fc.string({ unit: "grapheme", maxLength: 20 });
const parameters = fc.uniqueArray(fc.tuple(unicode, unicode), { selector: ([name]) => name, maxLength: 8 });
const segment = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
const signed = fc.record({
  token: fc.string({ minLength: 1, maxLength: 40 }),
  url: fc.tuple(segment, segment).map(([path, value]) => `https://calls.example.com/v1/${path}?token=${value}`),
  parameters,
});

/** `text` with the character at about `where` replaced by another one. */
function changed(text: string, where: number): string {
  const at = where % text.length;
  return text.slice(0, at) + (text[at] === "x" ? "y" : "x") + text.slice(at + 1);
}

describe("any request", () => {
  test("verifies with what was signed, in whichever order its parameters come", async () => {
    await fc.assert(
      fc.asyncProperty(signed, async ({ token, url, parameters }) => {
        const signature = sign(token, url, parameters);
        expect(await isSignedBy(token, signature, posted(url, parameters))).toBe(true);
        expect(await isSignedBy(token, signature, posted(url, [...parameters].reverse()))).toBe(true);
      }),
    );
  });

  test("is refused with one character changed, whichever it is", async () => {
    await fc.assert(
      fc.asyncProperty(signed, fc.nat(), fc.nat(), async ({ token, url, parameters }, where, which) => {
        const signature = sign(token, url, parameters);
        const path = "https://calls.example.com/v1/";
        const otherUrl = path + changed(url.slice(path.length), where);
        expect(await isSignedBy(token, signature, posted(otherUrl, parameters))).toBe(false);
        expect(await isSignedBy(changed(token, where), signature, posted(url, parameters))).toBe(false);

        const bytes = Buffer.from(signature, "base64");
        bytes[where % bytes.length] = (bytes[where % bytes.length] ?? 0) ^ (1 << (which % 8));
        expect(await isSignedBy(token, bytes.toString("base64"), posted(url, parameters))).toBe(false);

        const index = which % Math.max(1, parameters.length);
        const [name, value] = parameters[index] ?? ["", ""];
        if (value === "") return;
        const others = parameters.with(index, [name, changed(value, where)]);
        expect(await isSignedBy(token, signature, posted(url, others))).toBe(false);
      }),
    );
  });
});
