/** All texts of the organization's page. */

import { MAX_RETENTION_DAYS } from "../../../calling/requests/limits.ts";
import { count } from "../text/format.ts";

export const WORDS = {
  title: "Organization",
  about: "Settings for all batches and calls.",
  kept: "How long data is kept",
  change: "Change",
  keep: "Keep",
  goes: "What is deleted",
  goesWhat: "Batches that are over, direct calls, webhook deliveries and audit records",
  when: "When",
  never: "Never automatically. You can delete a batch or erase a person at any time.",
  after: (days: string) => `${days} after its last change. A retry or added people restart the count.`,
  stays: "What is kept",
  staysWhat: "Counts in reports, the do-not-call list, agents, numbers, providers, webhooks and keys",
  archive: "Archive",
  archived: "Stored in the operator's bucket first",
  unarchived: "None",
  archiveFirst: "Store batches and calls in the operator's bucket first",
  archiveHint: "Nothing is deleted that could not be stored.",
  archivedNow: "Batches and direct calls are stored in the bucket first.",
  unarchivedNow: "They are not stored in the bucket first.",
  options: { ever: "Forever", days: "For some days" },
  legend: "How long",
  days: "Days",
  hint: `From 1 to ${count(MAX_RETENTION_DAYS)}`,
  fault: `Enter a whole number from 1 to ${count(MAX_RETENTION_DAYS)}.`,
  review: "Review",
  save: "Save",
  ask: (days: string) => `Keep data for ${days} only?`,
  now: "Deleted now, for good",
  reading: "Looking for what is deleted …",
  later: "Later, everything is deleted that gets older than that.",
  delete: "Delete and save",
  saved: "Saved.",
} as const;
