/** From a spreadsheet's text to the people who will be called, and the rows that are nobody. */

import { describe, expect, it } from "vitest";
import { EXPORT_COLUMNS } from "../../src/api/csv/columns.ts";
import { newBatchId, recipientId, routeOfBatch } from "../../src/calling/ids.ts";
import { guessMapping } from "../../src/page/dashboard/new-batch/mapping.ts";
import { peopleOf } from "../../src/page/dashboard/new-batch/people.ts";
import { tableOf } from "../../src/page/dashboard/new-batch/table.ts";
import { normalise } from "../../src/page/dashboard/text/phone-numbers.ts";

const read = (text: string, country: string | null = null, corrections: ReadonlyMap<number, string> = new Map()) => {
  const { rows } = tableOf(text);
  const mapping = guessMapping(rows);
  const numberOf = (written: string) => normalise(written, country);
  return { mapping, ...peopleOf({ rows, mapping, corrections, normalise: numberOf }) };
};
const numbersOf = (text: string, country: string | null = null) =>
  read(text, country).people.map(({ to_number }) => to_number);

describe("a list", () => {
  it.each([
    ["commas", "phone,name\n+12125550100,Ada\n"],
    ["semicolons", "name;phone\nAda;+1 212 555 0100\n"],
    ["tabs, as a spreadsheet copies", "Mobile\tName\n+1 (212) 555-0100\tAda"],
    ["a mark at the beginning and CRLF", "\uFEFFTo Number,Name\r\n+12125550100,Ada\r\n"],
    ["a line before it that declares the separator", "sep=;\r\nphone;name\r\n+12125550100;Ada\r\n"],
    ["no names of columns", "Ada,+12125550100"],
    ["a number with 00", "phone\n0012125550100"],
    ["a quoted separator", '"Last, First",phone\n"Lovelace, Ada",+12125550100'],
  ])("is read with %s", (_, text) => {
    expect(numbersOf(text)).toEqual(["+12125550100"]);
  });

  it("gives the agent every column but the number's and the time zone's", () => {
    const { people } = read("phone,timezone,first name,,order\n+12125550100,America/New_York,Ada,x,12\n");
    expect(people).toEqual([
      {
        line: 2,
        to_number: "+12125550100",
        timezone: "America/New_York",
        externalId: null,
        metadata: { "first name": "Ada", column_4: "x", order: "12" },
      },
    ]);
  });

  it("says the line on which each fault stands, also after line breaks in a cell and empty lines", () => {
    const text =
      'phone,note\n+12125550100,"two\nlines"\n\nnobody,x\n+1212,y\n2125550101,z\n+12125550102 ext 5,z\n+1 212 555 010X,z\n';
    expect(read(text).faults).toEqual([
      { line: 5, written: "nobody", problem: "is not a phone number" },
      { line: 6, written: "+1212", problem: "has too few or too many digits for its country" },
      {
        line: 7,
        written: "2125550101",
        problem: "has no country code: write it with a +, or choose a country",
        needsCountry: true,
      },
      { line: 8, written: "+12125550102 ext 5", problem: "has an extension, which cannot be dialed: leave it out" },
      { line: 9, written: "+1 212 555 010X", problem: "has letters in it" },
    ]);
  });

  it("takes national numbers where a country is chosen", () => {
    expect(numbersOf("phone\n(212) 555-0100\n", "US")).toEqual(["+12125550100"]);
    expect(numbersOf("telefon\n044 668 18 00\n", "CH")).toEqual(["+41446681800"]);
  });

  it.each([
    ["what could be two people's numbers", "491511234567", "could be +49491511234567 or +491511234567"],
    ["what a spreadsheet has shortened", "4,91512E+11", "was shortened by a spreadsheet"],
    ["two numbers in one cell", "+49 30 901820 +49 30 901821", "is not one phone number and nothing else"],
  ])("calls nobody by a guess: %s", (_, written, problem) => {
    const { people, faults } = read(`telefon;name\n${written};Ada\n`, "DE");
    expect(people).toEqual([]);
    expect(faults[0]?.problem).toContain(problem);
  });

  it("takes a corrected number in place of what is written, and counts who stands on it again", () => {
    const text = "phone\nnobody\n+12125550100\n+1 212 555 0100\n";
    const corrected = read(text, null, new Map([[2, "+12125550107"]]));
    expect(corrected.faults).toEqual([]);
    expect([corrected.people.length, corrected.repeats]).toEqual([3, 1]);
  });

  it("knows your own id of each by its column, which stands once on a list", () => {
    const { people, faults } = read(
      "phone,External ID\n+12125550100,A-1\nnobody,A-2\n+12125550101,A-2\n+12125550102,A-1\n+12125550103,\n",
    );
    expect(people.map(({ externalId, metadata }) => [externalId, metadata])).toEqual([
      ["A-1", {}],
      ["A-2", {}],
      [null, {}],
    ]);
    expect(faults.map(({ line, problem }) => [line, problem])).toEqual([
      [3, "is not a phone number"],
      [5, "has the id of line 2 again: A-1"],
    ]);
  });

  it("has a fault where a time zone is none", () => {
    const { people, faults } = read("phone,timezone\n+12125550100,Mars/Olympus\n");
    expect([people, faults[0]?.problem]).toEqual([
      [],
      "time zone must be UTC, or the IANA name of a time zone as Area/City, like America/New_York",
    ]);
  });

  it("counts the declaration of the separator as a line", () => {
    expect(read("sep=;\nphone;name\nnobody;Ada\n").faults[0]?.line).toBe(3);
  });

  it("takes back what was exported from a batch, and tells the agent no results and no apostrophes", () => {
    const id = recipientId(routeOfBatch(newBatchId()) ?? "", 0);
    const header = `${EXPORT_COLUMNS.join(",")},first_name,metadata.status,'=sum`;
    const cells = `+12125550100,failed,dial_busy,,,,,1,,,,Europe/Paris,'=A-1,${id},Ada,gold,'-5`;
    const { people } = read(`${header}\r\n${cells}\r\n`);
    expect(people).toEqual([
      {
        line: 2,
        to_number: "+12125550100",
        timezone: "Europe/Paris",
        externalId: "=A-1",
        metadata: { first_name: "Ada", status: "gold", "=sum": "-5" },
      },
    ]);
  });
});
