/** What a clock on the wall shows in a time zone, and when it shows something. By `Intl`, which knows daylight saving. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Day = (typeof DAYS)[number];

/** `date`: YYYY-MM-DD. `minutes`: since midnight by the clock, from 0 to 1439. */
export type LocalClock = { readonly date: string; readonly day: Day; readonly minutes: number };

/** Making one costs a thousand times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, made);
  return made;
}

/** Whether it is the IANA name of a zone. Offsets like "+02:00" are none: they know no daylight saving. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Asked of `Intl`: the clock's reading as if it were UTC, less the instant, which is a whole second. */
function askedOffset(zone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

/** Clocks are changed at full quarters of an hour of UTC, everywhere (`test/window/local-clock.test.ts`). */
const QUARTER = 15 * MINUTE;
/** By zone, then by the quarter's beginning. Asking takes a hundred times as long, and a search asks for the same again and again. */
const offsets = new Map<string, Map<number, number>>();
const KEPT = 50_000;
let kept = 0;

/** How far the clock is ahead of UTC, ms. */
export function offsetAt(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  const known = offsets.get(zone)?.get(quarter);
  if (known !== undefined) return known;
  if (kept >= KEPT) {
    offsets.clear();
    kept = 0;
  }
  const offset = askedOffset(zone, quarter);
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone.set(quarter, offset));
  kept += 1;
  return offset;
}

/** The clock's reading as if it were UTC, epoch ms, to the second. */
const readingAt = (zone: string, at: number): number => Math.floor(at / 1_000) * 1_000 + offsetAt(zone, at);

export function clockAt(zone: string, at: number): LocalClock {
  const reading = new Date(readingAt(zone, at));
  return {
    date: reading.toISOString().slice(0, 10),
    day: DAYS[reading.getUTCDay()] ?? "sun",
    minutes: reading.getUTCHours() * 60 + reading.getUTCMinutes(),
  };
}

/** The date so many days later. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export const dayOf = (date: string): Day => DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "sun";

/** The instant at which the offset changes between two instants with different offsets, to the second. */
function changeBetween(zone: string, before: number, after: number): number {
  let [low, high] = [before, after];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(zone, middle) === offsetAt(zone, before)) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The instants at which the clock shows this: one; two where it is set back over it; where it is set forward over it, the
 * instant at which that happens.
 */
export function instantsOf(zone: string, date: string, minutes: number): number[] {
  const reading = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
  const [before, after] = [reading - DAY, reading + DAY];
  const possible = new Set([offsetAt(zone, before), offsetAt(zone, after)]);
  const shown = [...possible].map((offset) => reading - offset).filter((at) => readingAt(zone, at) === reading);
  if (shown.length > 0) return shown.sort((a, b) => a - b);
  return [changeBetween(zone, before, after)];
}
