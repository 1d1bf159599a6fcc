/**
 * Time zones by the first digits of a number, as lines of a table. Countries with one clock have the tz database's
 * zone; those with several have the dialing areas of `number-areas.ts`. North America has libphonenumber's area codes
 * (`resources/timezones/map_data.txt`, lines of "prefix|zone&zone"), with the corrections of `number-areas.ts`.
 */

import metadata from "libphonenumber-js/max/metadata";
import type { Clocks } from "./clocks.ts";
import { AREAS, NORTH_AMERICA, OVERLAYS } from "./number-areas.ts";

const AREA_CODE_DIGITS = 4;
/** Calling codes without a country, like satellites. */
const NO_COUNTRY = "001";

/** "zone&zone:prefix,prefix", sorted. */
export function numberZones(mapData: string, clocks: Clocks): string[] {
  const zonesOf = new Map<string, readonly string[]>();
  for (const [code, regions] of Object.entries(metadata.country_calling_codes)) {
    if (code === "1" || regions.includes(NO_COUNTRY as never)) continue;
    zonesOf.set(code, countryZones(code, regions, clocks));
  }
  for (const [prefix, zones] of northAmerica(mapData, clocks)) zonesOf.set(prefix, zones);
  for (const { code, areas } of AREAS) {
    for (const [zones, prefixes] of Object.entries(areas)) {
      for (const prefix of prefixes.split(",")) zonesOf.set(code + prefix, named(zones.split("&"), clocks));
    }
  }
  const byZones = Map.groupBy(zonesOf.keys(), (prefix) => [...(zonesOf.get(prefix) ?? [])].sort().join("&"));
  return [...byZones].sort().map(([zones, prefixes]) => `${zones}:${prefixes.sort().join(",")}`);
}

/** Only names of the tz database. */
function named(zones: readonly string[], { names }: Clocks): readonly string[] {
  for (const zone of zones) if (!names.has(zone)) throw new Error(`${zone} is no zone of the tz database`);
  return zones;
}

function countryZones(code: string, regions: readonly string[], clocks: Clocks): readonly string[] {
  const all = regions.flatMap((region) => clocks.zonesOfCountry.get(region) ?? []);
  const told = AREAS.find((areas) => areas.code === code)?.country;
  const rules = new Set<string>();
  const oneOfEachRule = all.filter((zone) => !rules.has(clocks.ruleOf(zone)) && rules.add(clocks.ruleOf(zone)));
  if (told === undefined) {
    if (oneOfEachRule.length === 0) throw new Error(`+${code}: its country has no zone`);
    return oneOfEachRule;
  }
  // A new zone of the country, or a rule that has split off, needs a human decision.
  const toldRules = new Set(named(told, clocks).map(clocks.ruleOf));
  const missing = oneOfEachRule.filter((zone) => !toldRules.has(clocks.ruleOf(zone)));
  if (missing.length > 0 && told.length > 1) throw new Error(`+${code}: add ${missing.join(", ")} to its country`);
  return told;
}

/**
 * Whole area codes with all of their zones: numbers are ported within one, and an extra zone only makes a window
 * stricter.
 */
function northAmerica(mapData: string, clocks: Clocks): Map<string, readonly string[]> {
  const upstream = new Map<string, Set<string>>();
  for (const line of mapData.split("\n")) {
    const [prefix, zones] = line.trim().split("|");
    // +1 as a whole tells nothing: it spans 14 hours.
    if (prefix === undefined || zones === undefined || !/^1\d{3,}$/.test(prefix)) continue;
    const code = prefix.slice(0, AREA_CODE_DIGITS);
    const known = upstream.get(code) ?? new Set();
    for (const name of zones.split("&")) {
      const zone = clocks.canonical(name);
      if (zone === null) throw new Error(`+${prefix}: ${name} is no zone of the tz database`);
      known.add(zone);
    }
    upstream.set(code, known);
  }
  const zonesOf = new Map<string, readonly string[]>([...upstream].map(([code, zones]) => [code, [...zones]]));
  for (const [zones, codes] of Object.entries(NORTH_AMERICA.areas)) {
    for (const code of codes.split(",")) zonesOf.set(`1${code}`, named(zones.split("&"), clocks));
  }
  for (const { code, over } of OVERLAYS) {
    const zones = zonesOf.get(`1${over}`);
    if (zones === undefined) throw new Error(`${code} lies over ${over}, which is in no zone`);
    zonesOf.set(`1${code}`, zones);
  }
  return zonesOf;
}
