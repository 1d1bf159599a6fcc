/** The time zones in which whoever has a number may be. Ported and mobile numbers lie, so several count as "maybe any". */

import { zoneNamed } from "./time-zones.ts";
import { ZONE_TABLE } from "./zone-table.ts";

type Table = { readonly zonesOf: ReadonlyMap<string, readonly string[]>; readonly longestPrefix: number };

/** Made when it is first needed. */
let table: Table | null = null;

function parsed(): Table {
  const zonesOf = new Map<string, readonly string[]>();
  let longestPrefix = 0;
  for (const line of ZONE_TABLE.trim().split("\n")) {
    const [zones = "", prefixes = ""] = line.split(":");
    const names = zones.split("&").flatMap((name) => zoneNamed(name) ?? []);
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
  for (let length = Math.min(table.longestPrefix, digits.length); length > 0; length -= 1) {
    const zones = table.zonesOf.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return [];
}
