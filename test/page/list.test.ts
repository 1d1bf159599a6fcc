/** From a spreadsheet's text to the people who will be called, and the rows that are nobody. */

import { describe, expect, it } from "vitest";
import { EXPORT_COLUMNS } from "../../src/api/csv/columns.ts";
import { newBatchId, recipientId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { type Mapping, metadataKeys } from "../../src/page/dashboard/list/mapping.ts";
import { peopleIn, readTable, summaryOf } from "../../src/page/dashboard/list/reading/read-list.ts";
import { offerFor, save } from "../../src/page/dashboard/list/saved-columns.ts";
import { doubtWords, formatWords, numberProblem } from "../../src/page/dashboard/list/words.ts";

type Corrections = ReadonlyMap<number, string>;

async function read(
  text: string | Uint8Array,
  country = "",
  corrections: Corrections = new Map(),
  most = 5_000,
  isStrict = false,
) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const table = await readTable(bytes, null, most);
  if (!table.ok) throw new Error(table.failure);
  const asked = { mapping: null, country, isStrict, corrections };
  const summary = summaryOf(table.value, asked);
  return { summary, ...peopleIn(table.value, summary.mapping, asked) };
}
const numbersOf = async (text: string, country = "") =>
  (await read(text, country)).people.map(({ to_number }) => to_number);

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
  ])("is read with %s", async (_, text) => {
    expect(await numbersOf(text)).toEqual(["+12125550100"]);
  });

  it("gives the agent every column but the number's and the time zone's", async () => {
    const { people } = await read("phone,timezone,first name,,order\n+12125550100,America/New_York,Ada,x,12\n");
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

  it("says the line on which each fault stands, also after line breaks in a cell and empty lines", async () => {
    const text =
      'phone,note\n+12125550100,"two\nlines"\n\nnobody,x\n+1212,y\n2125550101,z\n+12125550102 ext 5,z\n+1 212 555 010X,z\n';
    expect((await read(text)).faults).toEqual([
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

  it("names numbers that could be another country's, and refuses them strictly", async () => {
    const list = `phone\n${[2, 3, 4, 5, 6, 7].map((last) => `469555121${last}`).join("\n")}\n4155550123\n+14695551212\n`;
    const { doubts, people, faults } = await read(list, "US");
    expect([doubts.count, doubts.first.length, people.length, faults.length]).toEqual([6, 5, 8, 0]);
    expect(doubts.first[0]).toEqual({
      line: 2,
      number: "+14695551212",
      otherwise: { number: "+4695551212", country: "SE" },
    });
    expect(doubtWords(doubts)).toMatch(
      /^6 numbers could also be another country’s: line 2 is taken for \+14695551212, and could be \+4695551212 \(SE\); line 3 .*; 1 more\.$/,
    );
    const strict = await read(list, "US", new Map(), 5_000, true);
    expect([strict.doubts.count, strict.people.length, strict.faults.length]).toEqual([0, 2, 6]);
    expect(strict.faults[0]?.problem).toContain("could be +14695551212 or +4695551212 (SE)");
    expect(doubtWords(strict.doubts)).toBeNull();
  });

  it("takes national numbers where a country is chosen", async () => {
    expect(await numbersOf("phone\n(212) 555-0100\n", "US")).toEqual(["+12125550100"]);
    expect(await numbersOf("telefon\n044 668 18 00\n", "CH")).toEqual(["+41446681800"]);
  });

  it.each([
    ["what could be two people's numbers", "491511234567", "could be +49491511234567 or +491511234567"],
    ["what a spreadsheet has shortened", "4,91512E+11", "was shortened by a spreadsheet"],
    ["two numbers in one cell", "+49 30 901820 +49 30 901821", "is not one phone number and nothing else"],
  ])("calls nobody by a guess: %s", async (_, written, problem) => {
    const { people, faults } = await read(`telefon;name\n${written};Ada\n`, "DE");
    expect(people).toEqual([]);
    expect(faults[0]?.problem).toContain(problem);
  });

  it("takes a corrected number in place of what is written, and counts who stands on it again", async () => {
    const text = "phone\nnobody\n+12125550100\n+1 212 555 0100\n";
    const corrected = await read(text, "", new Map([[2, "+12125550107"]]));
    expect(corrected.faults).toEqual([]);
    expect([corrected.people.length, corrected.repeats]).toEqual([3, 1]);
  });

  it("knows your own id of each by its column, which stands once on a list", async () => {
    const { people, faults } = await read(
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

  it("has a fault where a time zone is none", async () => {
    const { people, faults } = await read("phone,timezone\n+12125550100,Mars/Olympus\n");
    expect([people, faults[0]?.problem]).toEqual([
      [],
      "time zone must be UTC, or the IANA name of a time zone as Area/City, like America/New_York",
    ]);
  });

  it("counts the declaration of the separator as a line", async () => {
    expect((await read("sep=;\nphone;name\nnobody;Ada\n")).faults[0]?.line).toBe(3);
  });

  it("takes back what was exported from a batch, and tells the agent no results and no apostrophes", async () => {
    const id = recipientId(routeOfBatch(newBatchId(), "org_test") ?? "", 0);
    const header = `${EXPORT_COLUMNS.join(",")},first_name,metadata.status,'=sum`;
    const cells = `+12125550100,failed,dial_busy,,,,,1,,,,2,sale,vip,-note,,,Europe/Paris,'=A-1,${id},Ada,gold,'-5`;
    const { people } = await read(`${header}\r\n${cells}\r\n`);
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

describe("which column has the numbers", () => {
  it.each([
    ["Kundennummer;Vorname;Nachname;Telefonnummer\n40012345;Ada;L;0151 12345678\n", "DE", "Telefonnummer"],
    ["Customer number,Name,Mobile phone\n2025550100,Ada,2025550123\n", "US", "Mobile phone"],
  ])("is guessed as the API guesses it: %j", async (text, country, column) => {
    const { summary, people } = await read(text, country);
    expect(summary.columns[summary.mapping.numberColumn ?? -1]).toBe(column);
    expect(people).toHaveLength(1);
  });

  it("is asked where two are as good as each other, and nobody is on the list until then", async () => {
    const { summary, people, faults } = await read("Phone,Mobile\n+12125550100,+12125550101\n");
    expect([summary.mapping.numberColumn, people, faults]).toEqual([null, [], []]);
    expect(numberProblem(summary)).toBe("It could be “Phone” or “Mobile”: choose one.");
    const nothing = await read("Name,City\nAda,London\n");
    expect(numberProblem(nothing.summary)).toBe("No column looks like phone numbers: choose one.");
  });
});

it.each([
  [
    "Guests of March;;\nPhone;Name;City\n+12125550100;Ada;Rome\n",
    "Text with semicolons, UTF-8 · columns named in line 2",
  ],
  ["+12125550100|Ada\n", "Text with pipes, UTF-8 · no line names the columns"],
])("says what a list was taken for: %j", async (text, words) => {
  expect(formatWords((await read(text)).summary)).toBe(words);
});

it("reads numbers with commas between them as a person each", async () => {
  expect(await numbersOf("+12125550100, +12125550101,+12125550102")).toEqual([
    "+12125550100",
    "+12125550101",
    "+12125550102",
  ]);
});

it("has no more people than it may", async () => {
  await expect(read("+12125550100\n".repeat(31), "", new Map(), 10)).rejects.toThrow("has more than 10 rows: split it");
});

describe("what somebody chose about columns", () => {
  const storeOf = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    };
  };
  const columns = ["Phone", "Mobile", "City", "Note"];
  const guessed: Mapping = {
    header: 0,
    numberColumn: null,
    timezoneColumn: null,
    externalIdColumn: null,
    withheld: [],
    isExport: false,
  };
  const chosen = { ...guessed, numberColumn: 1, withheld: [3] };

  it("keeps columns from the agent", () => {
    expect(metadataKeys(columns, chosen)).toEqual(["Phone", null, "City", null]);
  });

  it("is offered again where a list has the same columns, and only where it is something else", () => {
    const store = storeOf();
    save(store, columns, chosen, "US");
    expect(offerFor(store, columns, guessed, "")).toEqual({ mapping: chosen, country: "US" });
    expect(offerFor(store, columns, chosen, "US")).toBeNull();
    expect(offerFor(store, ["Phone", "Mobile"], guessed, "")).toBeNull();
    // A title more above the names changes nothing about the columns.
    expect(offerFor(store, columns, { ...guessed, header: 2 }, "")?.mapping.header).toBe(2);
  });

  it("is forgotten after twenty others, and nothing comes of what somebody else stored", () => {
    const store = storeOf();
    save(store, columns, chosen, "US");
    for (let other = 0; other < 20; other += 1) save(store, ["Phone", `c${other}`], { ...chosen, withheld: [] }, "");
    expect(offerFor(store, columns, guessed, "")).toBeNull();
    for (const stored of ["{", "7", "null", JSON.stringify([[JSON.stringify(columns), { number: 7 }]])]) {
      const foreign = { ...storeOf(), getItem: () => stored };
      expect(offerFor(foreign, columns, guessed, "")).toBeNull();
    }
  });
});
