/** All texts of the organization's page. */

import { MAX_RETENTION_DAYS } from "../../../calling/requests/limits.ts";
import type { Settings } from "../../../client/client.ts";
import { count, plural } from "../text/format.ts";
import type { Received } from "./exported.ts";

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
  problems: {
    no_bucket: "Waits: the operator has bound no bucket. What must be archived stays.",
    other_bucket: "Waits: the operator's bucket may be another one than before. What must be archived stays.",
  },
  export: "Everything in one file",
  download: "Export",
  stop: "Stop",
  inIt: "In it",
  inItWhat:
    "Settings, agents, numbers, members, names of keys, reports, the do-not-call list, the audit, and every batch and call",
  notInIt: "Not in it",
  notInItWhat: "Keys and passwords, archives, webhook deliveries",
  format: "Format",
  formatWhat: "A tar.gz archive of JSON files, or several of a very large organization",
  brokeOff: "The export broke off",
  nothingSaved: "This file was not saved. Check your connection, and export again.",
  savedFiles: (files: number) => (files === 1 ? "Saved." : `Saved in ${count(files)} files.`),
} as const;

export const archiveWords = ({ archive, archive_problem }: Settings): string =>
  archive_problem === undefined ? (archive ? WORDS.archived : WORDS.unarchived) : WORDS.problems[archive_problem];

const KB = 1_000;

/** What has come of an export. */
export function receivedWords({ entries, bytes }: Received): string {
  const size = bytes < KB * KB ? `${count(Math.ceil(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
  return `${plural(entries, "file")} so far, ${size}. Stay on this page until it is saved.`;
}
