/** Weekdays as text. Pure. */

export const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" } as const;
export type Day = keyof typeof DAYS;
const ORDER = Object.keys(DAYS) as Day[];

/** "Mon–Fri", "every day", "Sat, Sun". */
export function daysWords(days: readonly Day[]): string {
  const places = ORDER.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const [first = 0] = places;
  const last = places.at(-1) ?? 0;
  if (places.length === ORDER.length) return "every day";
  if (places.length > 2 && last - first === places.length - 1) return `${nameAt(first)}–${nameAt(last)}`;
  return places.map(nameAt).join(", ");
}

const nameAt = (place: number): string => DAYS[ORDER[place] ?? "mon"];
