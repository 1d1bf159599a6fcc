/** Local times in a zone. Pure. */

import { offsetAt } from "../../../window/local-clock.ts";
import { timeZones as allTimeZones, zoneNamed } from "../../../window/time-zones.ts";

/** Minutes that the zone's clock is ahead of UTC at this time. */
const offsetMinutes = (at: number, timeZone: string): number => Math.round(offsetAt(timeZone, at) / 60_000);

/**
 * The instant at which the clock shows `wall` ("2026-12-01T09:00"); null if it is not a time. If a clock change shows
 * it twice, it is either. If a clock change skips it, it is one hour later.
 */
export function instantOf(wall: string, timeZone: string): number | null {
  const asUtc = Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - offsetMinutes(asUtc, timeZone) * 60_000;
  return asUtc - offsetMinutes(guess, timeZone) * 60_000;
}

/** "2026-12-01T09:00", for an input. */
export function wallOf(at: number, timeZone: string): string {
  return new Date(at + offsetMinutes(at, timeZone) * 60_000).toISOString().slice(0, 16);
}

/** Some browsers use older names for zones, and some machines only an offset. */
export const viewersZone = (): string => zoneNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC";

/** All zones that the service knows; the viewer's first. */
export const timeZones = (): readonly string[] => [...new Set([viewersZone(), "UTC", ...allTimeZones()])];
