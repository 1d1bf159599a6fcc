/** Reading what a carrier said, of which nothing is known before. */

/** Null where it is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Undefined where it is no object, or has no such field of its own. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** A field's text; null for anything else. */
export function textField(value: unknown, name: string): string | null {
  const text = field(value, name);
  return typeof text === "string" ? text : null;
}
