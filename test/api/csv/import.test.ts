/** Files as people have them: every encoding, separator and quirk a spreadsheet comes up with, and what is said of the bad ones. */

import { describe, expect, it } from "vitest";
import type { Reading } from "../../../src/api/csv/recipients-of-file.ts";
import { fileOf, resultOf } from "./sent-file.ts";

type Country = Reading["country"];
const utf8 = (text: string) => new TextEncoder().encode(text);
function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((_, index) => {
    view.setUint16(index * 2, text.charCodeAt(index), isLittle);
  });
  return new Uint8Array(view.buffer);
}

const read = (file: string | Uint8Array, country: Country = null, numberColumn: string | null = null) =>
  fileOf(file, { country, numberColumn });
async function refusal(file: string | Uint8Array): Promise<string> {
  const found = await resultOf(file);
  if (found.ok) return expect.fail(JSON.stringify(found.value));
  return typeof found.failure === "string" ? found.failure : `${found.failure.path} ${found.failure.message}`;
}

const ADA = { to_number: "+14155550123", timezone: null, external_id: null, metadata: { name: "Ada" } };
const JOSE = { ...ADA, metadata: { name: "José" } };

describe("a list", () => {
  it.each<[string, string | Uint8Array, object[]]>([
    ["plain", "to_number,name\n+14155550123,Ada\n", [ADA]],
    ["with CRLF and no end of line at the end", "to_number,name\r\n+14155550123,Ada", [ADA]],
    ["with CR alone, as an old Mac wrote it", "to_number,name\r+14155550123,Ada\r", [ADA]],
    ["with semicolons", "to_number;name\n+14155550123;Ada\n", [ADA]],
    ["with tabs", "to_number\tname\n+14155550123\tAda\n", [ADA]],
    [
      "with semicolons, and commas in its names",
      "Name, first;Phone\nAda;+14155550123\n",
      [{ ...ADA, metadata: { "Name, first": "Ada" } }],
    ],
    ["that says its separator", "sep=;\r\nto_number;name\r\n+14155550123;Ada\r\n", [ADA]],
    ["with UTF-8's mark", utf8("\ufeffto_number,name\n+14155550123,José\n"), [JOSE]],
    ["in UTF-8", utf8("to_number,name\n+14155550123,José\n"), [JOSE]],
    ["in UTF-16, little end first", utf16("\ufeffto_number\tname\r\n+14155550123\tJosé\r\n", true), [JOSE]],
    ["in UTF-16, big end first", utf16("\ufeffto_number,name\n+14155550123,José\n", false), [JOSE]],
    ["in quotation marks", '"to_number","name"\r\n"+14155550123","Ada"\r\n', [ADA]],
    [
      "with a separator, quotation marks and line ends in a value",
      'to_number,name\n+14155550123,"A ""d"", a\r\nb"\n',
      [{ ...ADA, metadata: { name: 'A "d", a\r\nb' } }],
    ],
    ["with empty lines, and lines of separators", "\n\nto_number,name\n\n+14155550123,Ada\n,\n  \n", [ADA]],
    ["with empty columns at the end", "to_number,name,,\n+14155550123,Ada,,\n", [ADA]],
    ["with rows that end early", "to_number,name,plan\n+14155550123,Ada\n", [ADA]],
    ["with spaces around the names", " To Number , name \n+14155550123,Ada\n", [ADA]],
    ["of one column", "phone\n+14155550123\n", [{ ...ADA, metadata: null }]],
    ["with an empty value", "to_number,name\n+14155550123,\n", [{ ...ADA, metadata: null }]],
    [
      "with a time zone",
      "to_number,name,TimeZone\n+14155550123,Ada,Europe/Berlin\n",
      [{ ...ADA, timezone: "Europe/Berlin" }],
    ],
    [
      "with several numbers: to_number first",
      "phone,number,to_number\n1,2,+14155550123\n",
      [{ ...ADA, metadata: { phone: "1", number: "2" } }],
    ],
    [
      "with several numbers: phone_number before phone",
      "phone,Phone-Number\n1,+14155550123\n",
      [{ ...ADA, metadata: { phone: "1" } }],
    ],
    [
      "with several numbers: phone before number",
      "number,PHONE\n1,+14155550123\n",
      [{ ...ADA, metadata: { number: "1" } }],
    ],
    [
      "with a column like those of an export",
      "to_number,status,recipient_id\n+14155550123,gold,17\n",
      [{ ...ADA, metadata: { status: "gold", recipient_id: "17" } }],
    ],
    [
      "with a value that looks like a formula",
      "to_number,name\n+14155550123,'=1\n",
      [{ ...ADA, metadata: { name: "'=1" } }],
    ],
    [
      "with names that objects have",
      "to_number,__proto__,constructor\n+14155550123,a,b\n",
      [{ ...ADA, metadata: JSON.parse('{"__proto__":"a","constructor":"b"}') as object }],
    ],
    ["with pipes", "to_number|name\n+14155550123|Ada\n", [ADA]],
    ["in Windows-1252", new Uint8Array([...utf8("to_number;name\r\n+14155550123;Jos"), 0xe9, 13, 10]), [JOSE]],
    ["with each end of line there is", "to_number,name\r+14155550123,Ada\n\r\n+14155550123,Ada\r\n", [ADA, ADA]],
    ["whose value is empty before a CRLF", "to_number,city\n+14155550123,\r\n", [{ ...ADA, metadata: null }]],
    ["with spaces before a quotation mark", 'to_number, name\n+14155550123, "Ada"\n', [ADA]],
    [
      "with lines above its names",
      "Guests of March,,\n\nto_number,name,city\n+14155550123,Ada,London\n",
      [{ ...ADA, metadata: { name: "Ada", city: "London" } }],
    ],
    ["without a line of names", "+14155550123,Ada\n", [{ ...ADA, metadata: { column_2: "Ada" } }]],
    [
      "of numbers with commas between them",
      "+14155550123, +14155550124,+14155550125,",
      ["+14155550123", "+14155550124", "+14155550125"].map((to_number) => ({ ...ADA, to_number, metadata: null })),
    ],
    [
      "of numbers with semicolons between them, over some lines",
      "+14155550123; +14155550124;\n+14155550125\n",
      ["+14155550123", "+14155550124", "+14155550125"].map((to_number) => ({ ...ADA, to_number, metadata: null })),
    ],
  ])("%s", async (_, file, recipients) => {
    const { recipients: found, rowFaults, numberFaults } = await read(file);
    expect(JSON.stringify(found)).toBe(JSON.stringify(recipients));
    expect([rowFaults, [...numberFaults]]).toEqual([[], []]);
  });

  it.each<[string, Country, string]>([
    ["+1 (415) 555-0123", null, "+14155550123"],
    ["+1.415.555.0123", "DE", "+14155550123"],
    ["'+14155550123", null, "+14155550123"],
    ["+1\u00a0415\u00a0555\u00a00123", null, "+14155550123"],
    ["(415) 555-0123", "US", "+14155550123"],
    ["14155550123", "US", "+14155550123"],
    ["011 49 30 901820", "US", "+4930901820"],
    ["030 901820", "DE", "+4930901820"],
    ["0049 30 901820", "DE", "+4930901820"],
    ["393 123 4567", "IT", "+393931234567"],
    ["4695551212", "US", "+14695551212"],
    ["4915112345678", "DE", "+4915112345678"],
    ["+44 (0) 7700 900123", null, "+447700900123"],
    ["+5491123456789", null, "+5491123456789"],
  ])("may write a number as %s, for %s", async (written, country, number) => {
    expect((await read(`to_number\n"${written}"\n`, country)).recipients).toMatchObject([{ to_number: number }]);
  });

  it.each<[string, Country, RegExp]>([
    ["(415) 555-0123", null, /^must begin with \+ .*default_country$/],
    ["14155550123", null, /default_country/],
    ["4.91512E+11", "DE", /^was shortened by a spreadsheet/],
    ["4,91512E+11", null, /^was shortened by a spreadsheet/],
    ["+1 415 555 0123 ext. 5", null, /extension/],
    // Germany's numbers may begin with its own country code: two people could be meant.
    ["491511234567", "DE", /^could be \+49491511234567 or \+491511234567/],
    ["+1 415 555 0123, +1 415 555 0124", null, /one phone number and nothing else/],
    ["call Ada", "US", /one phone number and nothing else/],
    ["555-0123", "US", /not a possible phone number/],
    ["+999 123 4567", null, /one phone number/],
    ["", null, /^is empty$/],
  ])("cannot write %j, for %s", async (written, country, fault) => {
    const { numberFaults, rowFaults } = await read(`name,to_number\nAda,"${written}"\n`, country);
    expect(numberFaults.get(0)).toMatch(fault);
    expect(rowFaults).toEqual([]);
  });

  it("knows the line of each recipient, whatever came before", async () => {
    const file = 'to_number,note\r\n+14155550120,"one\r\ntwo\nthree"\r\n\r\n,\r\n+14155550121,x\r\nnobody,x\r\n';
    const { lines, numberFaults } = await read(file);
    expect(lines).toEqual([2, 7, 8]);
    expect([...numberFaults.keys()]).toEqual([2]);
  });
});

describe("the column of the numbers", () => {
  const columnIn = async (file: string, country: Country = null) => (await read(file, country)).asRead.number_column;

  it.each<[names: string, row: string, country: Country, column: string]>([
    ["Kundennummer;Vorname;Nachname;Telefonnummer", "40012345;Ada;L;0151 12345678", "DE", "Telefonnummer"],
    ["Kundennummer;Vorname;Nachname;Telefonnummer", "40012345;Ada;L;0151 12345678", null, "Telefonnummer"],
    ["Kundennummer;Vorname;Nachname;Telefonnummer", "40012345;Ada;L;+49 151 12345678", null, "Telefonnummer"],
    ["Customer number,Name,Mobile phone", "2025550100,Ada,2025550123", "US", "Mobile phone"],
    ["Customer number,Name,Mobile phone", "2025550100,Ada,2025550123", null, "Mobile phone"],
    ["Customer number,Name,Mobile phone", "100234,Ada,+12025550123", null, "Mobile phone"],
    ["Name,Phone", "Ada,+12025550123", null, "Phone"],
    ["Name,Phone No.", "Ada,+12025550123", null, "Phone No."],
    ["Name,Mobile", "Ada,+12025550123", null, "Mobile"],
    ["name,contact_number", "Ada,+12025550123", null, "contact_number"],
    ["Name,PhoneNumber", "Ada,+12025550123", null, "PhoneNumber"],
    ["Nom,N° de téléphone", "Ada,+33612345678", null, "N° de téléphone"],
    ["Nombre,Móvil", "Ada,612 345 678", "ES", "Móvil"],
    ["Cliente,Número de cliente,Celular", "Ada,11987654321,+5511987654321", null, "Celular"],
    ["Asiakas,Puhelin", "Ada,0401234567", "FI", "Puhelin"],
    ["Имя,Телефон", "Ада,+79147012345", null, "Телефон"],
    ["Όνομα,Κινητό", "Ada,+306912345678", null, "Κινητό"],
    ["Imię,Komórka", "Ada,512 345 678", "PL", "Komórka"],
    ["Phone,Fax", "+12025550123,+12025550124", null, "Phone"],
    ["from_number,to_number", "+12025550100,+12025550123", null, "to_number"],
    // By its values alone, whatever it is called.
    ["Name,Whom", "Ada,+12025550123", null, "Whom"],
    ["Phone type,Reach at", "mobile,+12025550123", null, "Reach at"],
    ["Customer number,Name", "+12025550123,Ada", null, "Customer number"],
    ["Joined,Phone", "2024-01-15,12025550123", null, "Phone"],
  ])("of %s is found beside %s, for %s", async (names, row, country, column) => {
    expect(await columnIn(`${names}\n${row}\n${row}\n`, country)).toBe(column);
  });

  it("is the one that people have, beside a second one that few have", async () => {
    expect(await columnIn("Phone,Phone 2\n+12025550123,\n+12025550124,\n+12025550125,+12025550126\n")).toBe("Phone");
  });

  it("is the one that is named", async () => {
    const file = "Phone,Mobile,City\n+12025550123,+12025550124,Rome\n";
    const { recipients, asRead } = await read(file, null, "mobile");
    expect([recipients[0]?.to_number, asRead.number_column]).toEqual(["+12025550124", "Mobile"]);
    expect((await read("+12025550123,+12025550124\n".repeat(2), null, "column_2")).asRead.number_column).toBe(
      "column_2",
    );
    expect(await resultOf(file, { numberColumn: "Telephone" })).toMatchObject({
      failure: { path: "number_column", message: "is not a column of the file; the columns are Phone, Mobile, City" },
    });
  });
});

it("says what it took a file for", async () => {
  const file = "Guests;;;\nTelefon;Zeitzone;external_id;Name\n+4930123456;Europe/Berlin;A;Jürg\n";
  const bytes = new Uint8Array([...file].map((character) => character.charCodeAt(0)));
  expect((await read(bytes)).asRead).toEqual({
    format: "csv",
    encoding: "windows-1252",
    separator: "semicolon",
    header_line: 2,
    number_column: "Telefon",
    timezone_column: "Zeitzone",
    external_id_column: "external_id",
    metadata_columns: ["Name"],
    rows: 1,
  });
});

it("names the numbers that could be another country's, and refuses them where it is told to", async () => {
  const file = "phone\n4695551212\n2125550100\n+14695551213\n";
  const { recipients, countryReadings } = await fileOf(file, { country: "US" });
  expect(recipients[0]?.to_number).toBe("+14695551212");
  expect(countryReadings).toEqual([
    {
      index: 0,
      written: "4695551212",
      number: "+14695551212",
      otherwise: { number: "+4695551212", country: "SE" },
    },
  ]);
  const { numberFaults } = await fileOf(file, { country: "US", isStrict: true });
  expect([...numberFaults]).toEqual([[0, expect.stringContaining("could be +14695551212 or +4695551212 (SE)")]]);
});

describe("a row that cannot be read", () => {
  it.each([
    ["to_number,name\n+14155550123,Ada\n+14155550124,Lovelace, Ada\n", "file[3]", /has 3 values, but line 1 names 2/],
    ["to_number,,name\n+14155550123,x,Ada\n", "file[2]", /has a value in column 2, which has no name in line 1/],
    ['to_number,name\n+14155550123,"Ada\n+14155550124,Grace\n', "file[2]", /without a closing one/],
    ['to_number,name\n+14155550123,"Ada" B\n+14155550124,Grace\n', "file[2]", /closing quotation mark/],
  ])("%j", async (file, path, message) => {
    const { rowFaults } = await read(file);
    expect(rowFaults[0]).toMatchObject({ path, message: expect.stringMatching(message) });
    expect(rowFaults[0]?.message).toMatch(/^line \d+: /);
  });
});

describe("a file that cannot be used", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ["empty", "", /no recipients/],
    ["of white space", " \n\n", /no recipients/],
    ["of a header alone", "to_number,name\n", /no recipients/],
    [
      "without a column of numbers",
      "name,city\nAda,London\n",
      /^number_column is required: no column looks like phone numbers; the columns are name, city$/,
    ],
    [
      "with two columns of numbers",
      "Phone,Mobile\n+14155550123,+14155550124\n",
      /^number_column is required: several columns may hold the numbers: Phone, Mobile$/,
    ],
    [
      "with two columns of time zones",
      "phone,timezone,tz\n+14155550123,UTC,UTC\n",
      /several columns for the same field, timezone and tz/,
    ],
    ["with two columns of one name", "to_number,a,a\n1,2,3\n", /several columns named a: rename/],
    ["of 5,001 recipients", `to_number\n${"+14155550123\n".repeat(5_001)}`, /more than 5000 recipients/],
    ["of 201 columns", `to_number${",x".repeat(200)}\n`, /more than 200 columns \(see line 1\)/],
    [
      "of 2,600 rows of 200 columns",
      `to_number${Array.from({ length: 199 }, (_, column) => `,c${column}`).join("")}\n${`+14155550123${",x".repeat(199)}\n`.repeat(2_600)}`,
      /more than 502,000 values: remove columns/,
    ],
    ["of millions of empty lines", "\n".repeat(4_000_000), /more than 20000 empty rows/],
    ["of millions of commas", ",".repeat(4_000_000), /more than 200 columns/],
    [
      "of millions of quotation marks",
      '"'.repeat(4_000_000),
      /more than 65536 characters \(see line 1\): a quotation mark may be missing/,
    ],
    [
      "with a quotation mark open in the first line",
      '"to_number,name\n+14155550123,Ada\n',
      /without a closing one|no column/,
    ],
    [
      "in another encoding of one byte",
      new Uint8Array([...utf8("to_number,name\n+14155550123,"), 0x8d, 10]),
      /neither UTF-8 nor Windows-1252 \(see line 2\)/,
    ],
    ["in UTF-16 without its mark", utf16("to_number,name\n", true), /not a text file/],
    ["that is a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), /damaged|workbook/],
    [
      "that is a workbook of an old kind",
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0]),
      /old kind of workbook, or has a password/,
    ],
  ])("%s", async (_, file, message) => {
    expect(await refusal(file)).toMatch(message);
  });
});
