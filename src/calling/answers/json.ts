/** How every answer writes instants, and fields without a value. */

/** The last one written: the people of a batch mostly have one in common, and writing it is half of writing a recipient. */
let last = { at: 0, text: new Date(0).toISOString() };

/** RFC 3339 with milliseconds, of epoch milliseconds. */
export function time(at: number): string {
  if (at !== last.at) last = { at, text: new Date(at).toISOString() };
  return last.text;
}
export const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));

type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The fields that are known. A loop, because a batch asks it twice for each of its people. */
export function known<T extends Record<string, unknown>>(fields: T): Known<T> {
  const some: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== null) some[name] = fields[name];
  return some as Known<T>;
}
