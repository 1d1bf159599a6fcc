/**
 * Fields that cannot be changed. They may be sent as they are, by whoever sends back what they have read; sent otherwise they
 * are refused, because whoever sends them would not notice that nothing came of it.
 */

import { z } from "zod";

/** `known`: each as it is read. `otherwise`: what to do instead. */
export const unchanged = (known: Readonly<Record<string, unknown>>, otherwise: string) =>
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
