/**
 * Fields that cannot be changed. They may be sent as they are, by whoever sends back what they have read; sent otherwise they
 * are refused, because whoever sends them would not notice that nothing came of it.
 */

import { z } from "zod";
import type { Result } from "../calling/requests/result.ts";
import { parseBody, readBody } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiError } from "./envelope.ts";

/** The body of a change of something of which these fields stay. `known`: each as it is read. `otherwise`: what to do instead. */
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
