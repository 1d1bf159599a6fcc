import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitList } from "../../src/api/body/json-list.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The object put together again from its parts; null where it was not taken apart. */
function again(text: string): unknown {
  const split = splitList(encoder.encode(text), "list");
  if (split === null) return null;
  const rest = JSON.parse(decoder.decode(split.rest)) as Record<string, unknown>;
  expect(rest.list).toEqual([]);
  return { ...rest, list: Array.from({ length: split.length }, (_, index) => split.itemAt(index)) };
}

describe("an object with a list", () => {
  it.each([
    ["as the only field", '{"list":[1,2,3]}'],
    ["that is empty", '{"list":[]}'],
    ["that has nothing but spaces", '{ "list" : [ \n\t ] , "a": 1 }'],
    ["among others", '{"a":{"list":[9]},"list":[{"list":[1,2]},[3,4],"x,]}",null],"b":[5,6]}'],
    ["behind text that looks like it", String.raw`{"a":"\"list\":[1]","b":["list",1],"list":[1]}`],
    ["with escaped quotation marks", String.raw`{"list":["\"","\\","\\\",[{"],"a":1}`],
    ["with text beyond ASCII", '{"ä":"é€","list":["你好",{"€":"ü"}]}'],
  ])("%s is the same, taken apart", (_, text) => {
    expect(again(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ["without the list", '{"a":[1]}'],
    ["with another value in its place", '{"list":{"a":[1]}}'],
    ["with text in its place", '{"list":"[1]"}'],
    ["with the list twice", '{"list":[1],"list":[2]}'],
    ["with a field that is spelled with an escape", String.raw`{"l\u0069st":[1],"list":[2]}`],
    ["that is no object", "[1,2]"],
    ["whose list is inside of another", '[{"list":[1]}]'],
    ["that ends early", '{"list":[1,2'],
    ["whose list ends with a brace", '{"list":[1}}'],
    ["without a colon", '{"list"[1]}'],
  ])("%s is not taken apart", (_, text) => {
    expect(splitList(encoder.encode(text), "list")).toBeNull();
  });

  it.each([
    ["a comma too many at the end", '{"list":[1,]}', 1],
    ["a comma too many at the start", '{"list":[,1]}', 0],
    ["no comma between two", '{"list":[{} {}]}', 0],
    ["a bracket of the other kind", '{"list":[[1}]}', 0],
    ["a mark of the order of bytes", '{"list":[\ufeff1]}', 0],
    ["no JSON", '{"list":[1,x]}', 1],
  ])("says that an item is not JSON: %s", (_, text, index) => {
    const split = splitList(encoder.encode(text), "list");
    expect(() => split?.itemAt(index)).toThrow();
  });

  it("says that an item is not UTF-8", () => {
    const bytes = encoder.encode('{"list":["a"]}');
    bytes[10] = 0xff;
    expect(() => splitList(bytes, "list")?.itemAt(0)).toThrow();
  });

  it("is the same as parsed whole, whatever is in it", () => {
    const spaces = fc.constantFrom(undefined, 1, "\t");
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 })),
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 5 }),
        spaces,
        (fields, list, space) => {
          const text = JSON.stringify({ ...fields, list, z: fields }, null, space);
          const whole = JSON.parse(text);
          const apart = again(text);
          // A key of the others may have an escape.
          if (apart === null) expect(Object.keys(whole).some((key) => JSON.stringify(key).includes("\\"))).toBe(true);
          else expect(apart).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never takes for JSON what is none", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"list"', '"a"', "1", " ", "\\", '"');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = `{"list":[${parts.join("")}`;
        let whole: unknown = "not JSON";
        try {
          whole = JSON.parse(text);
        } catch {}
        let apart: unknown = "not JSON";
        try {
          apart = again(text) ?? whole;
        } catch {}
        expect(apart).toEqual(whole);
      }),
      { numRuns: 5_000 },
    );
  });
});
