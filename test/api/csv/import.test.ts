/** Files as people have them: every encoding, separator and quirk a spreadsheet comes up with, and what is said of the bad ones. */

import { describe, expect, it } from "vitest";
import { recipientsOfFile } from "../../../src/api/csv/recipients-of-file.ts";
import { eachRow } from "../../../src/api/csv/rows.ts";
import { textOf } from "../../../src/api/csv/text.ts";
import { ok } from "../../../src/calling/result.ts";

type Country = Parameters<typeof recipientsOfFile>[1];
const utf8 = (text: string) => new TextEncoder().encode(text);
function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((_, index) => {
    view.setUint16(index * 2, text.charCodeAt(index), isLittle);
  });
  return new Uint8Array(view.buffer);
}

function read(file: string | Uint8Array, country: Country = null) {
  const text = typeof file === "string" ? ok(file) : textOf(file);
  const found = text.ok ? recipientsOfFile(text.value, country) : text;
  return found.ok ? found.value : expect.fail(found.failure);
}
function refusal(file: string | Uint8Array): string {
  const text = typeof file === "string" ? ok(file) : textOf(file);
  const found = text.ok ? recipientsOfFile(text.value, null) : text;
  return found.ok ? expect.fail(JSON.stringify(found.value)) : found.failure;
}

const ADA = { to_number: "+14155550123", timezone: null, external_id: null, metadata: { name: "Ada" } };
const JOSE = { ...ADA, metadata: { name: "José" } };

describe("a file", () => {
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
  ])("%s", (_, file, recipients) => {
    const { recipients: found, rowFaults, numberFaults } = read(file);
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
  ])("may write a number as %s, for %s", (written, country, number) => {
    expect(read(`to_number\n"${written}"\n`, country).recipients).toMatchObject([{ to_number: number }]);
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
  ])("cannot write %j, for %s", (written, country, fault) => {
    const { numberFaults, rowFaults } = read(`name,to_number\nAda,"${written}"\n`, country);
    expect(numberFaults.get(0)).toMatch(fault);
    expect(rowFaults).toEqual([]);
  });

  it("knows the line of each recipient, whatever came before", () => {
    const file = 'to_number,note\r\n+14155550120,"one\r\ntwo\nthree"\r\n\r\n,\r\n+14155550121,x\r\nnobody,x\r\n';
    const { lines, numberFaults } = read(file);
    expect(lines).toEqual([2, 7, 8]);
    expect([...numberFaults.keys()]).toEqual([2]);
  });
});

describe("a row that cannot be read", () => {
  it.each([
    [
      "to_number,name\n+14155550123,Ada\n+14155550124,Lovelace, Ada\n",
      "file[3]",
      /has 3 values, and the first line names 2/,
    ],
    ["to_number,,name\n+14155550123,x,Ada\n", "file[2]", /has a value in column 2, which the first line gives no name/],
    ['to_number,name\n+14155550123,"Ada\n+14155550124,Grace\n', "file[2]", /never closed/],
    ['to_number,name\n+14155550123,"Ada" B\n+14155550124,Grace\n', "file[2]", /closing quotation mark/],
  ])("%j", (file, path, message) => {
    const { rowFaults } = read(file);
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
      "name,mobile\nAda,+14155550123\n",
      /no column for the number.*to_number, phone_number, phone, number/,
    ],
    ["without a first line", "+14155550123,Ada\n+14155550124,Grace\n", /no column for the number/],
    ["with two columns of numbers", "Phone,phone\n1,2\n", /more than one column phone: rename/],
    ["with two columns of one name", "to_number,a,a\n1,2,3\n", /more than one column a: rename/],
    ["of 5,001 recipients", `to_number\n${"+14155550123\n".repeat(5_001)}`, /more than 5000 recipients/],
    ["of 1,001 columns", `to_number${",x".repeat(1_000)}\n`, /more than 1000 columns/],
    ["with a quotation mark open in the first line", '"to_number,name\n+14155550123,Ada\n', /never closed|no column/],
    [
      "in another encoding",
      new Uint8Array([...utf8("to_number,name\n+14155550123,Jos"), 0xe9, 10]),
      /is not UTF-8 \(see line 2\)/,
    ],
    ["in UTF-16 without its mark", utf16("to_number,name\n", true), /not a text file/],
    ["that is a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), /workbook/],
  ])("%s", (_, file, message) => {
    expect(refusal(file)).toMatch(message);
  });

  it("is not read further than it has to be", () => {
    const visited: number[] = [];
    eachRow("phone\n1\n2\n3\n", ",", ({ line }) => (visited.push(line) === 2 ? "stop" : "more"));
    expect(visited).toEqual([1, 2]);
  });
});
