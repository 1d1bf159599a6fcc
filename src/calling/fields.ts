/**
 * Parts of schemas for fields that clients write, for every room that validates some. Each says in its message what to
 * change, and in `meta` what JSON Schema cannot see in its code.
 */

import { z } from "zod";

export const text = (most: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") })
    .refine((value) => value.trim() !== "", { error: "must not be empty", abort: true })
    .refine((value) => [...value].length <= most, { error: `must have at most ${most} characters` })
    .meta({ minLength: 1, maxLength: most });

/** An optional field, null where it is not given; `null` counts as not given, because generated clients send it. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value): z.output<Schema> | null => value ?? null);
