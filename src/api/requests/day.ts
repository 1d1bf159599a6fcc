/** A day in a request: text like 2026-11-30, and days since 1970 inside. */

import { z } from "zod";

export const DAY_MS = 86_400_000;

export const day = z.iso
  .date({
    error: (issue) => (issue.input === undefined ? "is required" : "must be a day, like 2026-11-30"),
    // Else what is no day would be compared with other days.
    abort: true,
  })
  .transform((text) => Date.parse(`${text}T00:00:00Z`) / DAY_MS);
