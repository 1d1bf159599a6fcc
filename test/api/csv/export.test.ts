/** What is exported runs nothing in a spreadsheet, and can be imported again. */

import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { EXPORT_COLUMNS } from "../../../src/api/csv/columns.ts";
import { type ExportFormat, headerLine, recipientLines } from "../../../src/api/csv/export-rows.ts";
import { metadataKeys } from "../../../src/batch/reading/metadata-keys.ts";
import { neutralized, restored } from "../../../src/calling/csv/cells.ts";
import { SEPARATORS } from "../../../src/calling/csv/lines.ts";
import type { RecipientResult } from "../../../src/calling/messages/batch-view.ts";
import { newBatchId, recipientId, routeOfBatch } from "../../../src/calling/secrets/ids.ts";
import { NO_REMARKS } from "../../../src/calling/words/remarks.ts";
import { fileOf } from "./sent-file.ts";

const route = routeOfBatch(newBatchId(), "org_test") ?? "";
type Submitted = {
  readonly number: string;
  readonly metadata: object | null;
  readonly timezone?: string | null;
  readonly id?: string | null;
};

const result = ({ number, metadata, timezone = null, id = null }: Submitted, position: number): RecipientResult => ({
  id: recipientId(route, position),
  to_number: number,
  status: "failed",
  createdAt: 0,
  external_id: id,
  metadata: metadata === null ? null : JSON.stringify(metadata),
  agent_call_id: "ac_1",
  end_reason: null,
  answeredBy: null,
  failureReason: null,
  error_message: '=HYPERLINK("http://evil.example")',
  timezone: null,
  nextEligibleAt: null,
  waiting: null,
  attempts: null,
  submittedTimezone: timezone,
  attemptCount: 1,
  dispatchedAt: 0,
  answeredAt: null,
  endedAt: 1_000,
  remarks: { ...NO_REMARKS, outcome: "=sale", tags: ["new", "vip"], recording_url: "https://r.example/1" },
});

function exported(submitted: readonly Submitted[], fields: Partial<ExportFormat> = {}, keysAtMost = 200): string {
  const results = submitted.map(result);
  const at = (position: number) => ({
    to_number: "",
    metadata: results[position]?.metadata ?? null,
    timezone: null,
    addedAt: null,
  });
  const { keys, hasMore } = metadataKeys({ at }, results.length, keysAtMost);
  const format: ExportFormat = { separator: ",", hasMark: true, keys, hasMoreKeys: hasMore, ...fields };
  const half = Math.floor(results.length / 2);
  return (
    headerLine(format) + recipientLines(results.slice(0, half), format) + recipientLines(results.slice(half), format)
  );
}

/** As a spreadsheet or a program reads it that knows nothing of ours. */
const cellsOf = (csv: string, delimiter = ",") =>
  Papa.parse<string[]>(csv.replace(/^\ufeff/, ""), { delimiter }).data.slice(0, -1);

const nasty = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: fc.constantFrom(..."=+-@'\t\r\n,;\"\0 a＝\ufeff."), minLength: 1, maxLength: 6 }),
  fc.constantFrom("to_number", "Status", " timezone ", "metadata.x", "phone", "recipient_id", "__proto__", "toString"),
);
const submissions = fc.array(
  fc.record({
    number: fc.integer({ min: 1_000_000, max: 9_999_999 }).map((number) => `+1415${number}`),
    metadata: fc.option(fc.dictionary(nasty, nasty, { minKeys: 1, maxKeys: 4, noNullPrototype: true })),
    timezone: fc.option(fc.constantFrom("Europe/Berlin", "UTC")),
    id: fc.option(nasty),
  }),
  { minLength: 1, maxLength: 12 },
);

it("an export that is imported again gives the same numbers, time zones and metadata", async () => {
  await fc.assert(
    fc.asyncProperty(
      submissions,
      fc.constantFrom(...SEPARATORS),
      fc.boolean(),
      async (submitted, separator, hasMark) => {
        const file = await fileOf(exported(submitted, { separator, hasMark }));
        expect(file.rowFaults).toEqual([]);
        expect(
          file.recipients.map(({ to_number, metadata, ...rest }) => [
            to_number,
            rest.timezone,
            rest.external_id,
            metadata,
          ]),
        ).toEqual(submitted.map(({ number, metadata, timezone, id }) => [number, timezone, id, metadata]));
      },
    ),
    { numRuns: 300 },
  );
}, 30_000);

it("no cell runs anything, names of columns included; numbers are as they are", () => {
  fc.assert(
    fc.property(submissions, fc.constantFrom(...SEPARATORS), (submitted, separator) => {
      const [header = [], ...rows] = cellsOf(exported(submitted, { separator }), separator);
      for (const [number, ...cells] of rows) {
        expect(number).toMatch(/^\+\d+$/);
        for (const cell of [...header, ...cells]) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
      }
      for (const row of rows) expect(row).toHaveLength(header.length);
    }),
  );
});

describe("cells", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "＝1", "'=1", "''-1"])(
    "%j is made text, and back",
    (cell) => {
      expect(neutralized(cell)).toBe(`'${cell}`);
      expect(restored(neutralized(cell))).toBe(cell);
    },
  );
  it.each(["", "Ada", "'", "'Ada", "1-1", " =1", "a=1"])("%j stays", (cell) => {
    expect([neutralized(cell), restored(cell)]).toEqual([cell, cell]);
  });
});

describe("the file", () => {
  it("has the results first, then the metadata's keys as they first appear", () => {
    const csv = exported([
      { number: "+14155550123", metadata: { b: "x", status: "gold" } },
      { number: "+14155550124", metadata: { a: 1, b: null, c: { d: [true] }, e: false } },
      { number: "+14155550125", metadata: null },
    ]);
    expect(csv.startsWith("\ufeffto_number,status,")).toBe(true);
    expect(csv.split("\r\n")).toHaveLength(5);
    const [header = [], ...rows] = cellsOf(csv);
    expect(header.slice(EXPORT_COLUMNS.length)).toEqual(["b", "metadata.status", "a", "c", "e"]);
    expect(rows.map((row) => row.slice(EXPORT_COLUMNS.length))).toEqual([
      ["x", "gold", "", "", ""],
      ["", "", "1", '{"d":[true]}', "false"],
      ["", "", "", "", ""],
    ]);
    expect(rows[0]?.slice(0, EXPORT_COLUMNS.length)).toEqual([
      "+14155550123",
      "failed",
      "",
      "",
      "",
      `'=HYPERLINK("http://evil.example")`,
      "ac_1",
      "1",
      "1970-01-01T00:00:00.000Z",
      "",
      "1970-01-01T00:00:01.000Z",
      "",
      "'=sale",
      "new, vip",
      "",
      "https://r.example/1",
      "",
      "",
      "",
      recipientId(route, 0),
    ]);
  });

  it("has keys beyond a table's width in one column", () => {
    const csv = exported(
      [
        { number: "+14155550123", metadata: { a: "1", b: "2" } },
        { number: "+14155550124", metadata: { a: "3", c: "=4" } },
      ],
      {},
      1,
    );
    const [header = [], ...rows] = cellsOf(csv);
    expect(header.slice(EXPORT_COLUMNS.length)).toEqual(["a", "other_metadata"]);
    expect(rows.map((row) => row.slice(EXPORT_COLUMNS.length))).toEqual([
      ["1", '{"b":"2"}'],
      ["3", '{"c":"=4"}'],
    ]);
  });
});
