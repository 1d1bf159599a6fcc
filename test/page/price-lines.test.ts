/** A price list as people write it, or paste it from a carrier's file. */

import { expect, it } from "vitest";
import { linesOf, textOf } from "../../src/page/dashboard/prices/price-lines.ts";
import { cost } from "../../src/page/dashboard/reports/figures.ts";

it.each<[string, string, unknown[]]>([
  [
    "a line for each",
    "DE, 0.012\nUS,0.014",
    [
      { destination: "DE", per_minute: "0.012" },
      { destination: "US", per_minute: "0.014" },
    ],
  ],
  ["a header and quotes", 'prefix,price\r\n"49","0.012"\r\n', [{ destination: "+49", per_minute: "0.012" }]],
  [
    "decimal commas",
    "Ziel;Preis\nde mobile;0,05;6/6;0,01",
    [{ destination: "DE mobile", per_minute: "0.05", increments: "6/6", connection_fee: "0.01" }],
  ],
  [
    "tabs, as from a sheet",
    "fr-mobile\t0.04\n\n*\t1",
    [
      { destination: "FR mobile", per_minute: "0.04" },
      { destination: "*", per_minute: "1" },
    ],
  ],
])("is read with %s", (_, text, rates) => {
  expect(linesOf(text)).toMatchObject({ rates, wrongLine: null });
});

it("names the first line that has no price", () => {
  expect(linesOf("destination,price\nDE,0.01\n\nFR,free").wrongLine).toBe(4);
  expect(linesOf("DE,0.01\nFR,-1").wrongLine).toBe(2);
  expect(linesOf("")).toEqual({ rates: [], places: [], wrongLine: null });
  expect(linesOf("destination,price\nDE,0.01\n\nFR,0.02").places).toEqual([2, 4]);
});

it("reads again what it writes", () => {
  const rates = [
    { destination: "DE", per_minute: "0.012", increments: "60/60", connection_fee: "0" },
    { destination: "DE mobile", per_minute: "0.05", increments: "1/1", connection_fee: "0" },
    { destination: "*", per_minute: "1", increments: "60/60", connection_fee: "0.02" },
  ] as const;
  expect(textOf({ rates: [...rates] })).toBe("DE, 0.012\nDE mobile, 0.05, 1/1\n*, 1, 60/60, 0.02");
  const read = linesOf(textOf({ rates: [...rates] })).rates;
  expect(read.map((one) => ({ increments: "60/60", connection_fee: "0", ...one }))).toEqual(rates);
});

it("shows a sum for each currency", () => {
  expect(cost([])).toBe("–");
  expect(cost([{ currency: "USD", amount: "1234.5678" }])).toBe("$1,234.57");
  expect(
    cost([
      { currency: "EUR", amount: "0.0120" },
      { currency: "USD", amount: "3.1000" },
    ]),
  ).toBe("€0.012 + $3.10");
});
