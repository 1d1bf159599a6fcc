/** Numbers and times for people, in the viewer's zone. Pure. */

const whole = new Intl.NumberFormat("en");
export const count = (value: number): string => whole.format(value);

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "1 person", "1,248 people". */
export const people = (value: number): string => plural(value, "person", "people");

export const percent = (part: number, all: number): string => (all === 0 ? "0%" : `${Math.floor((part / all) * 100)}%`);

/** "24 Nov 2026, 15:02 CET": always with the zone. */
export const dateTime = (value: string | number, timeZone?: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(value));

/** "Tue, 24 Nov 2026" of a day as YYYY-MM-DD. */
export const dateOnly = (day: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));

/** "Tue 24 Nov, 09:00 CET": for times within a few weeks. */
export const shortTime = (value: string | number): string =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(new Date(value));

/** "15:02": where the zone is named elsewhere. */
export const timeOfDay = (value: number): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(value));

/** "15:02:07 CET". */
export const clock = (value: string | number): string =>
  new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(value));

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "just now", "5 minutes ago", "in 2 hours". */
export function ago(value: string, now: number): string {
  const seconds = Math.round((Date.parse(value) - now) / 1_000);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) {
      return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
    }
  }
  return seconds > 5 ? "in a moment" : "just now";
}

/** "8 s", "4 min", "1 h 20 min". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** If the locale has a decimal comma, spreadsheets expect semicolons between values. */
export const usualSeparator = (locale: string = navigator.language): "comma" | "semicolon" =>
  new Intl.NumberFormat(locale).format(0.5).includes(",") ? "semicolon" : "comma";
