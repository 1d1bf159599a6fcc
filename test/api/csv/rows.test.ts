/** Rows of text against another reader's, cut into pieces anywhere; and what a hostile list may cost. */

import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { rowsOf } from "../../../src/api/list/rows.ts";
import { SEPARATORS } from "../../../src/calling/csv/lines.ts";

const cellsOf = (pieces: readonly string[], separator: (typeof SEPARATORS)[number]) =>
  [...rowsOf(pieces, separator)].map(({ cells, fault }) => (fault === null ? [...cells] : fault));

const cut = (text: string, places: readonly number[]): string[] => {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((begin, index) => text.slice(begin, at[index] ?? text.length));
};
const cells = fc.array(fc.string({ unit: fc.constantFrom(..."ab\"'\r\n,;\t| é"), maxLength: 6 }), {
  minLength: 1,
  maxLength: 4,
});
const tables = fc.array(cells, { minLength: 1, maxLength: 6 });
const pieces = fc.array(fc.nat(), { maxLength: 5 });
const isEmpty = (row: readonly string[]) => row.every((cell) => cell.trim() === "");

it("reads what another program wrote, by every separator and end of line, in whatever pieces it comes", () => {
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom(...SEPARATORS),
      fc.constantFrom("\n", "\r\n", "\r"),
      pieces,
      (rows, delimiter, newline, places) => {
        const text = Papa.unparse(rows, { delimiter, newline, quotes: true });
        expect(cellsOf(cut(text, places), delimiter)).toEqual(rows.filter((row) => !isEmpty(row)));
      },
    ),
    { numRuns: 1_000 },
  );
});

it("ends a row at each LF, CRLF and CR outside of quotation marks, mixed in one list, and counts lines so", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom("a,b", 'c,"d\r\ne"', 'f,"g\rh\ni"', "j"), fc.constantFrom("\n", "\r\n", "\r")),
        { minLength: 1, maxLength: 8 },
      ),
      pieces,
      (lines, places) => {
        const found = [...rowsOf(cut(lines.flat().join(""), places), ",")];
        expect(found).toHaveLength(lines.length);
        let line = 1;
        for (const [index, [written]] of lines.entries()) {
          expect(found[index]?.line).toBe(line);
          expect(found[index]?.fault).toBeNull();
          line += written.split(/\r\n|\n|\r/).length;
        }
      },
    ),
  );
});

it("reads any text to its end without a failure of its own, the same in whatever pieces it comes", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a",\r\n ') }), pieces, (text, places) => {
      expect([...rowsOf(cut(text, places), ",")]).toEqual([...rowsOf([text], ",")]);
    }),
    { numRuns: 1_000 },
  );
});

it("asks for no more of a list than it has to", () => {
  const asked: number[] = [];
  function* endless(piece: string) {
    for (let count = 1; count < 10_000; count += 1) {
      asked.push(count);
      yield piece;
    }
  }
  for (const piece of ["\n".repeat(1_000), ",".repeat(1_000), ",\n".repeat(1_000), "x,".repeat(1_000)]) {
    asked.length = 0;
    expect(() => [...rowsOf(endless(piece), ",")]).toThrow(/more than \d+ (empty rows|columns)/);
    expect(asked.length).toBeLessThanOrEqual(22);
  }
  asked.length = 0;
  for (const { line } of rowsOf(endless("+14155550123,x\n".repeat(100)), ",")) if (line === 5_000) break;
  expect(asked.length).toBeLessThanOrEqual(51);
});
