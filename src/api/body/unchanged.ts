/**
 * Fields that cannot be changed. A client may send them back as it read them. A different value is refused, so that no
 * client thinks it was changed.
 */

import { z } from "zod";
import type { Result } from "../../calling/requests/result.ts";
import type { ApiContext } from "../context.ts";
import type { ApiError } from "../envelope.ts";
import { parseBody, readBody } from "./body.ts";

/**
 * The body of a change that must leave these fields unchanged. `known`: their present values. `otherwise`: what to do
 * instead.
 */
export async function changeOf<Schema extends z.ZodType>(
  c: ApiContext,
  known: Readonly<Record<string, unknown>>,
  otherwise: string,
  schema: Schema,
): Promise<Result<z.output<Schema>, ApiError>> {
  const sent = await readBody(c);
  if (!sent.ok) return sent;
  const fixed = parseBody(sent.value, unchanged(known, otherwise));
  return fixed.ok ? parseBody(sent.value, schema) : fixed;
}

const unchanged = (known: Readonly<Record<string, unknown>>, otherwise: string) =>
  z.object(
    Object.fromEntries(
      Object.entries(known).map(([name, value]) => [
        name,
        z
          .unknown()
          .refine((sent) => JSON.stringify(sent) === JSON.stringify(value), {
            error: `cannot be changed; ${otherwise}`,
          })
          .optional(),
      ]),
    ),
  );
