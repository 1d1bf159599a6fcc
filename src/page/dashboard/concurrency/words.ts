/** All texts of the page about concurrent calls. Pure. */

import { count, plural } from "../text/format.ts";

export const WORDS = {
  title: "Concurrency",
  about: "Your calls at once: which batches use them, and which wait. Batches go by priority, then by age.",
  atOnce: "Calls at once",
  inUse: (limit: number) => `of ${plural(limit, "call")} at once in use ·`,
  free: (free: number) => `${count(free)} free`,
  single: "Single calls",
  outside: (calls: number) => `${plural(calls, "call")} outside of batches.`,
  batches: (batches: number) => plural(batches, "batch", "batches"),
  batch: "Batch",
  created: "Created",
} as const;

export const HOLDING = {
  title: "Calling now",
  none: "No batch is calling now.",
  caption: "Batches that hold calls, oldest first",
  slots: WORDS.atOnce,
  draining: "On its last calls",
  inProgress: (calls: number) => `${plural(calls, "call")} in progress`,
} as const;

export const WAITING = {
  title: "Waiting for their turn",
  none: "No batch is waiting.",
  caption: "Batches that wait, in the order of their turn",
  slots: "Needs",
  priority: (priority: number) => `Priority ${priority}`,
} as const;
