/**
 * The time zones in which somebody with a number may be: of a geographic number those of its dialing area, of any other those of
 * its country. Toll-free numbers of North America are of no country, and nothing is known of them.
 */

import { NUMBER_ZONES } from "./tables/number-zone-table.ts";
import { zoneNamed } from "./time-zones.ts";

type Table = { readonly zonesOf: ReadonlyMap<string, readonly string[]>; readonly longestPrefix: number };

const NORTH_AMERICAN_DIGITS = 11;

/** Made when it is first needed. */
let table: Table | null = null;

function parsed(): Table {
  const zonesOf = new Map<string, readonly string[]>();
  let longestPrefix = 0;
  for (const line of NUMBER_ZONES.trim().split("\n")) {
    const [zones = "", prefixes = ""] = line.split(":");
    const names = zones.split("&");
    for (const prefix of prefixes.split(",")) {
      zonesOf.set(prefix, names);
      longestPrefix = Math.max(longestPrefix, prefix.length);
    }
  }
  return { zonesOf, longestPrefix };
}

/**
 * The zones that somebody may be in; none: unknown. `timezone`: where they are said to be, in place of what the number says.
 * It was checked on its way in; one that was stored before names were checked so, and is none, says nothing.
 */
export function zonesOfCallee(number: string, timezone: string | null): readonly string[] {
  const zone = timezone === null ? null : zoneNamed(timezone);
  return zone === null ? zonesOfNumber(number) : [zone];
}

/** IANA names by the longest known prefix of an E.164 number; none where nothing is known. */
export function zonesOfNumber(number: string): readonly string[] {
  table ??= parsed();
  const digits = number.slice(1);
  // Canada's numbers of seven digits begin like area codes and are nowhere.
  if (digits.startsWith("1") && digits.length !== NORTH_AMERICAN_DIGITS) return [];
  for (let length = Math.min(table.longestPrefix, digits.length); length > 0; length -= 1) {
    const zones = table.zonesOf.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return [];
}
