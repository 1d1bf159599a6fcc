/**
 * The time zones in which the owner of a number may be. A geographic number has the zones of its dialing area, another
 * one those of its country. North American toll-free numbers have no country, so nothing is known.
 */

import { NUMBER_ZONES } from "./tables/number-zone-table.ts";
import { zoneNamed } from "./time-zones.ts";

type Table = { readonly zonesOf: ReadonlyMap<string, readonly string[]>; readonly longestPrefix: number };

const NORTH_AMERICAN_DIGITS = 11;

/** Built on first use. */
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
 * The zones in which a person may be; none: unknown. `timezone`: replaces the number's zones. It was checked when it
 * was submitted. A stored name from before that check is ignored if it is not a zone.
 */
export function zonesOfCallee(number: string, timezone: string | null): readonly string[] {
  const zone = timezone === null ? null : zoneNamed(timezone);
  return zone === null ? zonesOfNumber(number) : [zone];
}

/** IANA names by the longest known prefix of an E.164 number; none if nothing is known. */
export function zonesOfNumber(number: string): readonly string[] {
  table ??= parsed();
  const digits = number.slice(1);
  // Canadian numbers of seven digits begin like area codes and have no place.
  if (digits.startsWith("1") && digits.length !== NORTH_AMERICAN_DIGITS) return [];
  for (let length = Math.min(table.longestPrefix, digits.length); length > 0; length -= 1) {
    const zones = table.zonesOf.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return [];
}
