/** Workbooks as spreadsheets write them: their numbers, dates and sheets, and those that are made to hurt. */

import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../src/api/list/table.ts";
import { type Cell, type Sheet, workbookOf } from "../../support/workbook.ts";
import { fileOf, resultOf } from "./sent-file.ts";

const NAMES = ["Phone", "Note"];
const one = (rows: Sheet["rows"], options: Parameters<typeof workbookOf>[1] = {}) =>
  workbookOf([{ name: "List", rows }], options);
const number = (value: string, format = 0): Cell => ({ value, format });

async function noteOf(cell: Cell, options: Parameters<typeof workbookOf>[1] = {}): Promise<unknown> {
  const { recipients } = await fileOf(one([NAMES, ["+14155550123", cell]], options));
  return recipients[0]?.metadata?.Note;
}

describe("a workbook", () => {
  it("is read like any list, and says so", async () => {
    const sheet = one([
      ["Guests of March"],
      [],
      ["Customer number", "Name", "Mobile phone"],
      ["4001", "Jürg & Söhne", "+14155550123"],
    ]);
    const { recipients, lines, asRead } = await fileOf(sheet);
    expect(recipients).toEqual([
      {
        to_number: "+14155550123",
        timezone: null,
        external_id: null,
        metadata: { "Customer number": "4001", Name: "Jürg & Söhne" },
      },
    ]);
    expect(lines).toEqual([4]);
    expect(asRead).toMatchObject({ format: "xlsx", sheet: "List", header_line: 3, number_column: "Mobile phone" });
    expect(asRead).not.toHaveProperty("separator");
  });

  it.each<[Cell, string]>([
    [number("14155550123"), "+14155550123"],
    [number("1.4155550123E10"), "+14155550123"],
    // Shown as 1.41556E+10 or 4.69555E+09, with all of its digits underneath.
    [number("14155550123", 11), "+14155550123"],
    [number("4155550123", 11), "+14155550123"],
    [{ xml: '<c t="inlineStr"><is><t>+1 415 </t><r><t>555 0123</t></r></is></c>' }, "+14155550123"],
    [{ xml: '<c t="str"><f>A1</f><v>+14155550123</v></c>' }, "+14155550123"],
  ])("has numbers as text and as numbers: %j", async (cell, found) => {
    const { recipients, numberFaults } = await fileOf(one([["Phone"], [cell]]), { country: "US" });
    expect([recipients[0]?.to_number, [...numberFaults]]).toEqual([found, []]);
  });

  it.each<[Cell, string]>([
    [number("4695550000", 11), "was shortened by a spreadsheet (4.69555E+9)"],
    [number("491512000000", 48), "was shortened by a spreadsheet (4.91512E+11)"],
    ["4.91512E+11", "was shortened by a spreadsheet"],
    [number("14155550123.5"), "must begin with +"],
  ])("is refused where digits are lost: %j", async (cell, fault) => {
    const sheet = one([["Phone"], [cell], ["+14155550123"], ["+14155550124"]]);
    expect((await fileOf(sheet)).numberFaults.get(0)).toContain(fault);
  });

  it.each<[Cell, string]>([
    [number("46357", 14), "2026-12-01"],
    [number("46357.5", 22), "2026-12-01T12:00:00"],
    [number("0.75", 20), "18:00:00"],
    [number("46357", 164), "2026-12-01"],
    [number("1.5", 165), "1.5"],
    [number("1234", 166), "01234"],
    [number("4930901820", 167), "+4930901820"],
    [number("0.30000000000000004"), "0.3"],
    [number("-7"), "-7"],
    [{ xml: '<c t="b"><v>1</v></c>' }, "TRUE"],
    [{ xml: '<c t="e"><v>#N/A</v></c>' }, "#N/A"],
    ["two_x000D_\nlines", "two\r\nlines"],
  ])("has %j as %s", async (cell, text) => {
    const formats = ['[$-409]d. mmm "of" yyyy;@', '0.00" days"', "00000", '"+"0'];
    expect(await noteOf(cell, { formats })).toBe(text);
  });

  it("may count its days from 1904", async () => {
    expect(await noteOf(number("44895", 14), { since1904: true })).toBe("2026-12-01");
  });

  it("has the sheet that is named, otherwise the first that is not hidden", async () => {
    const sheets = [
      { name: "Old", isHidden: true, rows: [["phone"], ["+14155550101"]] },
      { name: "May", rows: [["phone"], ["+14155550102"]] },
      { name: "June & July", rows: [["phone"], ["+14155550103"]] },
    ];
    const numberIn = async (sheet?: string) =>
      (await fileOf(workbookOf(sheets), sheet === undefined ? {} : { sheet })).recipients[0]?.to_number;
    expect([await numberIn(), await numberIn("June & July"), await numberIn("Old")]).toEqual([
      "+14155550102",
      "+14155550103",
      "+14155550101",
    ]);
    expect(await resultOf(workbookOf(sheets), { sheet: "August" })).toMatchObject({
      failure: "has no sheet August; its sheets are Old, May, June & July",
    });
  });

  it("keeps its columns where cells are left out, also without references", async () => {
    const bare = `<row><c t="str"><v>phone</v></c><c t="str"><v>a</v></c></row><row><c t="str"><v>+14155550123</v></c><c t="str"><v>x</v></c></row>`;
    const file = one([], {
      extra: {
        "xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="m"><x:sheetData>${bare}</x:sheetData></x:worksheet>`,
      },
    });
    expect((await fileOf(file)).recipients[0]?.metadata).toEqual({ a: "x" });
    const gaps = one([
      ["phone", "a", "b"],
      ["+14155550123", null, "x"],
    ]);
    expect((await fileOf(gaps)).recipients[0]?.metadata).toEqual({ b: "x" });
  });
});

describe("a workbook that cannot be used", () => {
  const sheetXml = (xml: string) => one([], { extra: { "xl/worksheets/sheet1.xml": xml } });
  const cut = one([NAMES, ["+14155550123", "x"]]);

  it.each<[string, Uint8Array, RegExp]>([
    ["cut off", cut.slice(0, 900), /damaged/],
    [
      "with another byte in it",
      cut.map((byte, index) => (index > 300 && index < 320 ? byte ^ 0x55 : byte)),
      /damaged|workbook|nothing|no recipients|column/,
    ],
    ["that is another zip file", zipSync({ "a.txt": strToU8("x") }), /zip file but not a workbook/],
    ["whose XML is none", sheetXml("<worksheet><sheetData><row><c></row>"), /damaged|no recipients/],
    [
      "of 5,001 people",
      one([["phone"], ...Array.from({ length: 5_001 }, () => ["+14155550123"])]),
      /more than 5000 recipients/,
    ],
    [
      "of 201 columns",
      one([Array.from({ length: 201 }, (_, index) => `c${index}`)]),
      /more than 200 columns \(see line 1\)/,
    ],
    [
      "of 2,600 rows of 200 columns",
      sheetXml(
        `<worksheet><sheetData>${`<row>${"<c><v>1</v></c>".repeat(200)}</row>`.repeat(2_600)}</sheetData></worksheet>`,
      ),
      /more than 502,000 values: remove columns/,
    ],
    [
      "of empty rows",
      sheetXml(`<worksheet><sheetData>${"<row/>".repeat(30_000)}</sheetData></worksheet>`),
      /empty rows/,
    ],
    [
      "with a cell far away",
      sheetXml('<worksheet><sheetData><row><c r="XFD1" t="str"><v>x</v></c></row></sheetData></worksheet>'),
      /more than 200 columns/,
    ],
    [
      "that unpacks to 40 MiB",
      sheetXml(`<worksheet><sheetData>${" ".repeat(40 * 1_024 * 1_024)}</sheetData></worksheet>`),
      /larger than 16 MiB unpacked/,
    ],
    [
      "whose text unpacks to 40 MiB",
      one([NAMES], { extra: { "xl/sharedStrings.xml": `<sst>${"<si><t>a</t></si>".repeat(2_500_000)}</sst>` } }),
      /larger than 16 MiB/,
    ],
    [
      "of thousands of parts",
      zipSync(Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`p${index}`, strToU8("")]))),
      /damaged/,
    ],
  ])("%s", async (_, file, message) => {
    const found = await resultOf(file);
    expect(found.ok ? JSON.stringify(found.value) : JSON.stringify(found.failure)).toMatch(message);
    expect(found.ok).toBe(false);
  });

  it("says of no entity more than it is: nothing that a workbook declares is put in its place", async () => {
    const lol =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>phone</v></c></row><row r="2"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    const table = await tableOf(sheetXml(lol), { most: 10, sheet: null });
    expect(JSON.stringify(table)).not.toContain("aaaa");
  });
});
