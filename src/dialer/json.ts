/** Reads JSON from a carrier, whose shape is not known in advance. */

import { jsonSizeProblem } from "../calling/requests/json-size.ts";

/** As many as the longest list of calls has. */
const MAX_VALUES = 200_000;
const encoder = new TextEncoder();

/** Null if it is not JSON, or larger than a carrier sends. */
export function parse(text: string): unknown {
  if (jsonSizeProblem(encoder.encode(text), MAX_VALUES) !== null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Undefined if the value is not an object, or has no such field of its own. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** A field's text; null for anything else. */
export function textField(value: unknown, name: string): string | null {
  const text = field(value, name);
  return typeof text === "string" ? text : null;
}
