/** How every answer writes times, and fields without a value. */

/** The last one written: most recipients of a batch share one, and writing it is half of the cost of a recipient. */
let last = { at: 0, text: new Date(0).toISOString() };

/** RFC 3339 with milliseconds, from epoch ms. */
export function time(at: number): string {
  if (at !== last.at) last = { at, text: new Date(at).toISOString() };
  return last.text;
}
export const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));

/** "2026-11-30", from days since 1970. */
export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Whole seconds; null without both times. */
export const secondsBetween = (from: number | null, until: number | null): number | null =>
  from === null || until === null ? null : Math.round((until - from) / 1_000);

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The fields that are not null or undefined. A loop, because a batch calls it twice for each recipient. */
export function known<T extends Record<string, unknown>>(fields: T): Known<T> {
  const some: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== null) some[name] = fields[name];
  return some as Known<T>;
}
