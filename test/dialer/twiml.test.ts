import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { PlaceOrder } from "../../src/dialer/dialer.ts";
import { escapeXml, twimlOf } from "../../src/dialer/twilio/twiml.ts";
import { sampleOrder } from "./samples.ts";

const MAX_TWIML = 4_000;
const MAX_PARAMETER = 500;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** An attribute value as an XML parser hands it on: white space that is not a reference becomes a space. */
const unescapeXml = (text: string): string =>
  text
    .replace(/[\t\n\r]/g, " ")
    .replace(/&(?:#(\d+)|(\w+));/g, (_, digits?: string, name = "") =>
      digits === undefined ? (ENTITIES[name] ?? `unknown entity ${name}`) : String.fromCodePoint(Number(digits)),
    );

const DOCUMENT =
  /^<Response><Connect action="([^"<>]*)" method="POST"><Stream url="([^"<>]*)">(.*)<\/Stream><\/Connect><\/Response>$/s;
const PARAMETER = /<Parameter name="([^"<>]*)" value="([^"<>]*)"\/>/gy;

/** Reads the document back; throws where it is not of the expected form to its last character. */
function read(twiml: string): { action: string; url: string; parameters: [string, string][] } {
  const [, action = "", url = "", inside = ""] =
    DOCUMENT.exec(twiml) ?? expect.fail(`not the expected TwiML: ${twiml}`);
  const found = [...inside.matchAll(PARAMETER)];
  expect(found.map(([element]) => element).join("")).toBe(inside);
  const parameters = found.map(([, name = "", value = ""]): [string, string] => [
    unescapeXml(name),
    unescapeXml(value),
  ]);
  return { action: unescapeXml(action), url: unescapeXml(url), parameters };
}

const OWN: readonly [string, string][] = [
  ["agent_call_id", "ac_sample"],
  ["batch_id", "acb_sample"],
  ["recipient_id", "acr_sample"],
];
const TRUNCATED: [string, string] = ["metadata_truncated", "true"];
const orderWith = (metadata: unknown): PlaceOrder => sampleOrder({ metadata: JSON.stringify(metadata) });
const metadataIn = (order: PlaceOrder) => read(twimlOf(order)).parameters.slice(OWN.length);

describe("the text of an attribute", () => {
  it.each([
    ["&", "&amp;"],
    ["<", "&lt;"],
    [">", "&gt;"],
    ['"', "&quot;"],
    ["'", "&apos;"],
    ["&amp;", "&amp;amp;"],
    ["&#38;", "&amp;#38;"],
    ["]]>", "]]&gt;"],
    ["\t", "&#9;"],
    ["a\r\nb", "a&#13;&#10;b"],
    ["wss://agent.example.com/a?b=1&c=<2>", "wss://agent.example.com/a?b=1&amp;c=&lt;2&gt;"],
    ["Zoë 🙂 日本語", "Zoë 🙂 日本語"],
    ["a\u0000b\u0008c\u000bd\u000ce\u001ff", "abcdef"],
    ["\ufffe\uffff", ""],
    ["\u007f\u0085\u2028", "\u007f\u0085\u2028"],
    ["half \ud83d of a pair", "half \ufffd of a pair"],
    ["other \ude42 half", "other \ufffd half"],
  ])("%j is written %j", (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });

  test("reads back as it was, for any text that XML can carry", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unescapeXml(escapeXml(text))).toBe(text);
      }),
    );
  });

  test("never closes its quotes or opens a tag, for any text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be left.
        expect(escapeXml(text)).not.toMatch(/["'<>\u0000-\u001f\ufffe\uffff]|&(?!#?\w+;)/);
        expect(escapeXml(text).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("the TwiML of an answered call", () => {
  it("is, to the letter, a stream to the agent with the call's ids", () => {
    expect(twimlOf(sampleOrder())).toBe(
      '<Response><Connect action="https://calls.example.com/callbacks/twilio/ac_sample/token/agent-closed" method="POST">' +
        '<Stream url="wss://agent.example.com/audio">' +
        '<Parameter name="agent_call_id" value="ac_sample"/>' +
        '<Parameter name="batch_id" value="acb_sample"/>' +
        '<Parameter name="recipient_id" value="acr_sample"/>' +
        "</Stream></Connect></Response>",
    );
  });

  it("keeps URLs with markup in them whole", () => {
    const agentUrl = `wss://agent.example.com/a&b<"c">'d'`;
    const statusCallbackUrl = "https://calls.example.com/a&b=<c>";
    const { action, url } = read(
      twimlOf(sampleOrder({ agent: { type: "websocket", url: agentUrl }, statusCallbackUrl })),
    );
    expect({ action, url }).toEqual({ action: `${statusCallbackUrl}/agent-closed`, url: agentUrl });
  });

  it("carries the metadata's members in their order, texts as they are and the rest as JSON", () => {
    const metadata = {
      name: 'A "B" & <C>',
      n: 1.5,
      yes: true,
      none: null,
      list: [1, "2"],
      more: { a: "🙂" },
      empty: "",
    };
    expect(read(twimlOf(orderWith(metadata))).parameters).toEqual([
      ...OWN,
      ["name", 'A "B" & <C>'],
      ["n", "1.5"],
      ["yes", "true"],
      ["none", "null"],
      ["list", '[1,"2"]'],
      ["more", '{"a":"🙂"}'],
      ["empty", ""],
    ]);
  });

  it("does not let metadata stand in for the call's ids", () => {
    const forged = { agent_call_id: "forged", batch_id: "forged", recipient_id: "forged", "batch_id\u0000": "forged" };
    expect(read(twimlOf(orderWith({ ...forged, other: "kept" }))).parameters).toEqual([...OWN, ["other", "kept"]]);
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("carries a member called %s", (name) => {
    const order = sampleOrder({ metadata: `{"${name}":"kept"}` });
    expect(metadataIn(order)).toEqual([[name, "kept"]]);
  });

  it.each(["", "\u0000", "\u0001\ufffe"])("says so where nothing is left of a member's name: %j", (name) => {
    expect(metadataIn(orderWith({ [name]: "lost", a: "kept" }))).toEqual([["a", "kept"], TRUNCATED]);
  });
});

describe("the limits of TwiML", () => {
  it.each([
    ["as long as allowed", "n".repeat(100), "v".repeat(400), true],
    ["a character too long in its value", "n".repeat(100), "v".repeat(401), false],
    ["a character too long in its name", "n".repeat(101), "v".repeat(400), false],
    ["long by its markup only", "n", "&".repeat(MAX_PARAMETER - 1), true],
  ])("a parameter that is %s", (_, name, value, fits) => {
    const expected = fits ? [[name, value]] : [TRUNCATED];
    expect(metadataIn(orderWith({ [name]: value }))).toEqual(expected);
  });

  it("leave out what no longer fits, and carry what still does", () => {
    const big = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`big_${index}`, "v".repeat(490)]));
    const metadata = metadataIn(orderWith({ ...big, small: "kept" }));
    expect(metadata.map(([name]) => name)).toEqual([
      ...["big_0", "big_1", "big_2", "big_3", "big_4", "big_5"],
      ...["small", "metadata_truncated"],
    ]);
  });

  it("are used to the last character that leaves room to say that something is missing", () => {
    const filled = (length: number) => {
      const big = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`b${index}`, "v".repeat(450)]));
      const others = twimlOf(orderWith({ ...big, "": "" })).length;
      const element = '<Parameter name="z" value=""/>'.length;
      return orderWith({ ...big, z: "v".repeat(length - others - element), "": "" });
    };
    expect(twimlOf(filled(MAX_TWIML))).toHaveLength(MAX_TWIML);
    expect(metadataIn(filled(MAX_TWIML)).map(([name]) => name)).toContain("z");
    expect(metadataIn(filled(MAX_TWIML + 1)).map(([name]) => name)).not.toContain("z");
  });

  const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 600 }), fc.stringMatching(/^[&"']{0,550}$/));
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
  const metadata = fc.dictionary(name, text, { maxKeys: 30 });

  test("hold for any metadata, and what is carried is what was given", () => {
    fc.assert(
      fc.property(metadata, (given) => {
        const twiml = twimlOf(orderWith(given));
        expect(twiml.length).toBeLessThanOrEqual(MAX_TWIML);
        const carried = read(twiml).parameters.slice(OWN.length);
        const isTruncated = carried.at(-1)?.[0] === "metadata_truncated";
        const members = isTruncated ? carried.slice(0, -1) : carried;
        // In the order given, nothing changed, and nothing missing unless it says so.
        expect(members).toEqual(Object.entries(given).filter(([key]) => members.some(([name]) => name === key)));
        expect(isTruncated).toBe(members.length < Object.keys(given).length);
      }),
    );
  });
});
