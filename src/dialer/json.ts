/** Reading what a carrier said. Its shape is not known before. */

import { jsonSizeProblem } from "../calling/requests/json-size.ts";

/** Those of the longest list of calls that is read. */
const MAX_VALUES = 200_000;
const encoder = new TextEncoder();

/** Null where it is no JSON, or more of it than a carrier says. */
export function parse(text: string): unknown {
  if (jsonSizeProblem(encoder.encode(text), MAX_VALUES) !== null) return null;
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
