/**
 * Parts of schemas for fields that clients write, used by several rooms. Each says in its message what to change, and
 * in `meta` what JSON Schema cannot derive from code.
 */

import { z } from "zod";

export const text = (most: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .refine((value) => value.trim() !== "", { error: "must not be empty", abort: true })
    .refine((value) => [...value].length <= most, { error: `must have at most ${most} characters` })
    .meta({ minLength: 1, maxLength: most });

/** Control characters, and those that reorder text (Unicode Standard Annex 9): a name could look like another. */
const HIDDEN = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** A name for people to read. */
export const named = (most: number) =>
  text(most).refine((value) => !HIDDEN.test(value), {
    error: "must not have control characters or characters that change the direction of text",
  });

/** An optional field, null if it is absent; `null` counts as absent, because generated clients send it. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value): z.output<Schema> | null => value ?? null);
