import { describe, expect, it } from "vitest";
import { batchOfJson } from "../../src/api/orders/batch-of-json.ts";
import { createBatchBody } from "../../src/api/requests/batch.ts";

const FIELDS = { name: "A batch", agent_id: "agent_a", from_number_id: "ap_a" };
const PERSON = { to_number: "+14155550100" };

const readOf = (body: unknown) =>
  batchOfJson(new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)), createBatchBody);
/** The field first or last, where it is taken apart, and where it is spelled so that it is not. */
const ways = (recipients: unknown, fields: object = FIELDS): readonly unknown[] => [
  { recipients, ...fields },
  { ...fields, recipients },
  JSON.stringify({ ...fields, recipients }).replace('"recipients"', String.raw`"recipient\u0073"`),
];

describe("a batch's JSON", () => {
  it("is read the same whether its list is taken apart or parsed whole", () => {
    const people = [
      { ...PERSON, metadata: { name: "Ada", list: [1, { a: null }] }, timezone: "Europe/Berlin", external_id: "1" },
      { ...PERSON, metadata: null },
      { ...PERSON, unknown: 1 },
    ];
    const [first, ...others] = ways(people).map(readOf);
    expect(first?.ok && first.value.body.recipients).toMatchObject([
      { to_number: "+14155550100", metadata: '{"name":"Ada","list":[1,{"a":null}]}', external_id: "1" },
      { metadata: null },
      {},
    ]);
    for (const other of others) expect(other).toEqual(first);
  });

  it.each<[string, unknown, object?]>([
    ["recipients that are none", ["a", 1, null, []]],
    ["bad values", [PERSON, { to_number: "1" }, { ...PERSON, metadata: [1] }, { ...PERSON, timezone: "Mars/Base" }]],
    ["nobody", []],
    ["too many", Array.from({ length: 5_001 }, () => PERSON)],
    ["a field that is wrong beside them", [{}], { ...FIELDS, name: 1 }],
    ["numbers of no country", [{ to_number: "12" }, PERSON], { ...FIELDS, default_country: "US" }],
  ])("refuses %s in the same words", (_, recipients, fields) => {
    const [first, ...others] = ways(recipients, fields).map(readOf);
    expect(first?.ok).toBe(false);
    for (const other of others) expect(other).toEqual(first);
  });

  it("reads national numbers, and says which", () => {
    const people = [{ to_number: "030 901820" }, { to_number: "4930901821" }];
    for (const one of ways(people, { ...FIELDS, default_country: "DE" }).map(readOf)) {
      expect(one.ok && one.value.body.recipients.map(({ to_number }) => to_number)).toEqual([
        "+4930901820",
        "+4930901821",
      ]);
      expect(one.ok && one.value.countryReadings?.map(({ index }) => index)).toEqual([1]);
    }
  });

  it.each([
    ["an item that is none", '{"recipients":[{"to_number":"+14155550100"},{x}]}'],
    ["a comma too many", '{"recipients":[{"to_number":"+14155550100"},]}'],
    ["an end that is missing", '{"recipients":[{"to_number":"+14155550100"}'],
    ["a field that is none", '{"recipients":[{"to_number":"+14155550100"}],x}'],
  ])("is no JSON with %s, and says where", (_, text) => {
    const read = readOf(text);
    expect(read.ok ? null : read.failure).toMatchObject({ code: "invalid_json" });
    expect(read.ok ? "" : read.failure.message).toMatch(/^the body is not JSON: .*JSON/);
  });

  it("is too deep or too much before anything of it is built", () => {
    const deep = readOf(`{"recipients":[${"[".repeat(65)}`);
    expect(deep.ok ? "" : deep.failure.message).toBe("the body is nested deeper than 64 levels");
    const much = readOf(`{"recipients":[${"1,".repeat(500_000)}1]}`);
    expect(much.ok ? "" : much.failure.message).toContain("has more than 500,000 values");
  });
});
