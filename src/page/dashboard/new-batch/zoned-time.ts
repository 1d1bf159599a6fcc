/** A time by the clock on a wall in a zone. Pure. */

import { offsetAt } from "../../../window/local-clock.ts";
import { timeZones as allTimeZones, zoneNamed } from "../../../window/time-zones.ts";

/** Minutes that the zone's clock is ahead of UTC at an instant. */
const offsetMinutes = (at: number, timeZone: string): number => Math.round(offsetAt(timeZone, at) / 60_000);

/**
 * The instant at which the clock shows `wall` ("2026-12-01T09:00"), or null for no time. Where a change of the clock
 * shows it twice it is one of both; where it skips it, the moment an hour later.
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

/** Browsers know some zones by older names, and some users' machines by an offset alone. */
export const viewersZone = (): string => zoneNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC";

/** All that the service knows; the viewer's first. */
export const timeZones = (): readonly string[] => [...new Set([viewersZone(), "UTC", ...allTimeZones()])];
