/**
 * Names of time zones, and each zone's clock rule, from a table of the tz database. The runtime's own data is often
 * some releases behind, and each release corrects the clocks of some place.
 */

import { present } from "../calling/requests/assert.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { type ClockRule, parseClockRule } from "./clock-rule.ts";
import { CLOCKS, LINKS } from "./tables/clock-table.ts";

/** `id`: of the rule. Hundreds of zones share some dozens of rules. */
export type Clock = { readonly id: number; readonly rule: ClockRule };

type Zones = {
  readonly clocks: ReadonlyMap<string, Clock>;
  /** By name in lower case, including alternative names. */
  readonly zoneOfName: ReadonlyMap<string, string>;
};

/** Built on first use. */
let zones: Zones | null = null;

const linesOf = (table: string): readonly (readonly [string, readonly string[]])[] =>
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [key = "", names = ""] = line.split("|");
      return [key, names.split(" ")];
    });

function known(): Zones {
  if (zones !== null) return zones;
  const clocks = new Map<string, Clock>();
  const zoneOfName = new Map<string, string>();
  linesOf(CLOCKS).forEach(([rule, names], id) => {
    const clock = { id, rule: parseClockRule(rule) };
    for (const name of names) {
      clocks.set(name, clock);
      zoneOfName.set(name.toLowerCase(), name);
    }
  });
  for (const [zone, names] of linesOf(LINKS)) for (const name of names) zoneOfName.set(name.toLowerCase(), zone);
  zones = { clocks, zoneOfName };
  return zones;
}

/** The clock of a zone, by its name from `readTimeZone`. */
export const clockOf = (zone: string): Clock => present(known().clocks.get(zone), `${zone} is a zone of the table`);

/** Every zone, by its canonical name. */
export const timeZones = (): readonly string[] => [...known().clocks.keys()].sort();

export const TIME_ZONE_FORM = "must be UTC, or the IANA name of a time zone as Area/City, like America/New_York";

/** Areas of the tz database. Names outside of them (US/Pacific, Japan, EST) are kept for old systems. */
const AREA_AND_CITY = /^(africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific)\//;

/** Each of these is ambiguous, or names a clock without daylight saving where people have it. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  act: "Australia/Darwin or America/Rio_Branco",
  adt: "America/Halifax",
  aest: "Australia/Sydney or Australia/Brisbane",
  ast: "America/Halifax, America/Puerto_Rico or Asia/Riyadh",
  bst: "Europe/London or Asia/Dhaka",
  cet: "Europe/Berlin",
  cst: "America/Chicago, America/Havana or Asia/Shanghai",
  cst6cdt: "America/Chicago",
  ect: "America/Guayaquil or Europe/Paris",
  edt: "America/New_York",
  eet: "Europe/Helsinki or Africa/Cairo",
  est: "America/New_York or America/Panama",
  est5edt: "America/New_York",
  gmt: "Europe/London, Africa/Accra or UTC",
  hst: "Pacific/Honolulu",
  ist: "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin",
  jst: "Asia/Tokyo",
  met: "Europe/Berlin",
  msk: "Europe/Moscow",
  mst: "America/Denver or America/Phoenix",
  mst7mdt: "America/Denver",
  nst: "America/St_Johns or Pacific/Auckland",
  pst: "America/Los_Angeles or Asia/Manila",
  pst8pdt: "America/Los_Angeles",
  sst: "Pacific/Pago_Pago, Asia/Singapore or Pacific/Guadalcanal",
  wet: "Europe/Lisbon",
};

function hintOf(name: string): string {
  const lower = name.toLowerCase();
  const instead = ABBREVIATIONS[lower] ?? known().zoneOfName.get(lower.replaceAll(/[\s-]+/g, "_"));
  if (instead !== undefined) return `: instead of ${name} write ${instead}`;
  return /^(etc\/|gmt|utc)|^[+-]\d/.test(lower) ? ": an offset knows no daylight saving" : "";
}

/** The canonical name of a zone, from any of its Area/City names in any case; otherwise what to write. */
export function readTimeZone(written: string): Result<string, string> {
  const lower = written.toLowerCase();
  const zone = lower === "utc" || AREA_AND_CITY.test(lower) ? known().zoneOfName.get(lower) : undefined;
  return zone === undefined ? err(TIME_ZONE_FORM + hintOf(written)) : ok(zone);
}

/** The same for a stored name, which may be from before names were checked; null if it is not a zone. */
export const zoneNamed = (stored: string): string | null => {
  const read = readTimeZone(stored);
  return read.ok ? read.value : null;
};
