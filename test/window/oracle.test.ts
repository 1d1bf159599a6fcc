/**
 * Compares numbers' zones with an independent implementation (`oracle/generate.py`) for every minute of two years. No
 * number may be called while one of its zones is outside of the window, unless `number-areas.ts` gives the reason with
 * its source.
 */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AREAS, type Areas, NORTH_AMERICA, OVERLAYS } from "../../src/window/generate/number-areas.ts";
import { offsetAt } from "../../src/window/local-clock.ts";
import { clockOf, zoneNamed } from "../../src/window/time-zones.ts";
import { zonesOfNumber } from "../../src/window/zones-of-number.ts";

const QUARTER = 15 * 60_000;
const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const [BEGIN, END] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)];
const QUARTERS = (END - BEGIN) / QUARTER;
const [OPENS, CLOSES] = [9, 20];

type Fact = { readonly number: string; readonly zones: readonly string[] };

function facts(): Fact[] {
  const text = readFileSync(new URL("oracle/facts.txt", import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [zones = "", differences = ""] = line.split("|");
      const named = zones === "" ? [] : zones.split("&").map((zone) => zoneNamed(zone) ?? `${zone}?`);
      let number = 0;
      return differences.split(",").map((difference) => {
        number += Number.parseInt(difference, 36);
        return { number: `+${number}`, zones: named };
      });
    });
}

/** Clocks and windows change at full quarters of an hour, so a quarter says what each of its minutes says. */
const openByRule = new Map<number, Uint8Array>();
function openIn(zone: string): Uint8Array {
  const { id } = clockOf(zone);
  const known = openByRule.get(id);
  if (known !== undefined) return known;
  const open = new Uint8Array(QUARTERS);
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    const at = BEGIN + quarter * QUARTER;
    const hours = ((((at + offsetAt(zone, at)) % DAY) + DAY) % DAY) / HOUR;
    open[quarter] = OPENS <= hours && hours < CLOSES ? 1 : 0;
  }
  openByRule.set(id, open);
  return open;
}

/** Quarters at which all of ours are open and this one is not. */
const known = new Map<string, number>();
function openOutside(ours: readonly string[], zone: string): number {
  const key = `${[...new Set(ours.map((one) => clockOf(one).id))].sort().join()}|${clockOf(zone).id}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const [theirs, all] = [openIn(zone), ours.map(openIn)];
  let count = 0;
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    if (theirs[quarter] === 0 && all.every((open) => open[quarter] === 1)) count += 1;
  }
  known.set(key, count);
  return count;
}

/** What says that a number is where we take it to be: the longest prefix, or the country. */
function overrideFor(number: string): { readonly areas: Areas; readonly prefix: string | null } | null {
  const digits = number.slice(1);
  for (const areas of [NORTH_AMERICA, ...AREAS]) {
    if (!digits.startsWith(areas.code)) continue;
    const rest = digits.slice(areas.code.length);
    const prefixes = Object.values(areas.areas).flatMap((list) => list.split(","));
    const prefix = prefixes.filter((one) => rest.startsWith(one)).sort((a, b) => b.length - a.length)[0] ?? null;
    if (prefix !== null || areas.country !== undefined) return { areas, prefix };
  }
  return null;
}

/** Zones that the oracle gives to a number of +1 that it takes for no area's. */
const WHOLE_OF_NORTH_AMERICA = 30;

describe("zones of numbers", () => {
  const all = facts();

  it("are those that the oracle gives, or stricter, or an override says why not", () => {
    const unexplained = new Set<string>();
    const differences = new Set<string>();
    let compared = 0;
    for (const { number, zones } of all) {
      const ours = zonesOfNumber(number);
      // Nothing is known of them: they are called at no minute.
      if (ours.length === 0) continue;
      // The oracle takes +1 for one country.
      const isAnywhere = number.startsWith("+1") && zones.length >= WHOLE_OF_NORTH_AMERICA;
      for (const zone of isAnywhere ? [] : zones) {
        compared += 1;
        if (openOutside(ours, zone) === 0) continue;
        const override = overrideFor(number);
        if (override === null) unexplained.add(`${number}: ${ours.join("&")} not ${zone}`);
        else differences.add(`${override.areas.code} ${override.prefix ?? "country"}: ${ours.join("&")} not ${zone}`);
      }
    }
    expect([...unexplained]).toEqual([]);
    // Each was looked at: a new one has to be, too.
    const looked = readFileSync(new URL("oracle/differences.txt", import.meta.url), "utf8");
    expect([...differences].sort()).toEqual(looked.trim().split("\n"));
    expect(all.length).toBeGreaterThan(20_000);
    expect(compared).toBeGreaterThan(20_000);
  });

  it("are all of the country for most numbers of no area", () => {
    const mobiles = all.filter(({ number }) => /^\+(614|79|628|346)/.test(number));
    expect(mobiles.length).toBeGreaterThan(50);
    for (const { number } of mobiles) expect([number, zonesOfNumber(number).length > 1]).toEqual([number, true]);
  });

  it("come with a source and a date where they are not the upstream's", () => {
    for (const { source, checked } of [NORTH_AMERICA, ...AREAS]) {
      expect(source).toMatch(/\w{3}/);
      expect(checked).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    for (const { source, inService } of OVERLAYS) {
      expect(source).toMatch(/\w{3}/);
      expect(inService).toMatch(/^20\d\d/);
    }
  });
});
