/**
 * What a message brings: a copy, as the platform makes it. Messages are nearly always plain objects and arrays. Those are
 * copied here, because `structuredClone` takes ten times as long; it copies the rest, and refuses what no message may have.
 */
export function cloned<T>(value: T): T {
  if (typeof value === "function" || typeof value === "symbol") return structuredClone(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(cloned) as T;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = cloned((value as Record<string, unknown>)[name]);
  return copy as T;
}
