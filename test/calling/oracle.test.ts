/** Numbers as people write them, against what an independent implementation reads in them (`oracle/generate.py`). */

import { readFileSync } from "node:fs";
import type { CountryCode } from "libphonenumber-js/max";
import { expect, it } from "vitest";
import { readPhoneNumber } from "../../src/calling/numbers/written-number.ts";

type Fact = { readonly region: CountryCode; readonly text: string; readonly number: string | null };

const WITH_ITS_CODE =
  "begins with the region's own code, and is a valid number behind a +: it is read as that, and named as with_country_code";
/** By region and text: our reading and its reason. */
const DIFFERENCES: Readonly<Record<string, readonly [number: string, reason: string]>> = {
  "DE 4915123458593": ["+4915123458593", WITH_ITS_CODE],
  "ID 62218352585": ["+62218352585", WITH_ITS_CODE],
  "ID 62812342022": ["+62812342022", WITH_ITS_CODE],
  "NL 318005668": ["+318005668", WITH_ITS_CODE],
  "SE 468121222": ["+468121222", WITH_ITS_CODE],
  "BR 55800127252": ["+55800127252", WITH_ITS_CODE],
};

const facts: Fact[] = readFileSync(new URL("oracle/facts.txt", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [region = "", ...written] = line.split("\t");
    return written.map((fact) => {
      const [text = "", number = ""] = fact.split("=");
      return { region: region as CountryCode, text, number: number === "-" ? null : number };
    });
  });

/** The oracle takes 00 for + only where it is what leads abroad; ours does wherever 00 begins no number of the country. */
const isAbroad = (text: string, ours: string) => text.startsWith("00") && ours === `+${text.slice(2)}`;

it("is the oracle's number, or refused, or a difference with its reason", () => {
  const seen = new Map<string, readonly string[]>();
  const unexplained: string[] = [];
  let refused = 0;
  for (const { region, text, number } of facts) {
    const read = readPhoneNumber(text, region);
    if (!read.ok) refused += number === null ? 0 : 1;
    const ours = read.ok ? read.value.number : null;
    if (ours === null || ours === number || (number === null && isAbroad(text, ours))) continue;
    const known = DIFFERENCES[`${region} ${text}`];
    if (known?.[0] === ours) seen.set(`${region} ${text}`, known);
    else unexplained.push(`${region} ${text}: ${number} is read as ${ours}`);
  }
  expect(unexplained).toEqual([]);
  expect(Object.fromEntries(seen)).toEqual(DIFFERENCES);
  expect(facts.length).toBeGreaterThan(5_000);
  expect(new Set(facts.map(({ region }) => region)).size).toBeGreaterThan(240);
  // Benin, Nigeria and Uzbekistan have changed their numbers since the oracle's release.
  expect(refused).toBeLessThan(facts.length / 100);
});
