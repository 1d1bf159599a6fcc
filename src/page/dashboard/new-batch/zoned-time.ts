/** A time by the clock on a wall in a zone. Pure. */

/** Minutes that the zone's clock is ahead of UTC at an instant. */
export function offsetMinutes(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return Math.round((wall - Math.floor(at / 1_000) * 1_000) / 60_000);
}

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

export const viewersZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All that the browser knows; the viewer's and UTC among them. */
export const timeZones = (): readonly string[] => [
  ...new Set([viewersZone(), "UTC", ...Intl.supportedValuesOf("timeZone")]),
];
