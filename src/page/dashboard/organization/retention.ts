/** How long an organization keeps what is over: what a change of it deletes, in words. Pure. */

import { MAX_RETENTION_DAYS } from "../../../calling/requests/limits.ts";
import type { Batch, Settings } from "../../../client/client.ts";
import { count, dateTime, plural } from "../text/format.ts";

const DAY_MS = 86_400_000;

/** The days as typed; null if that is no retention. 0: for ever. */
export function daysOf(isEver: boolean, typed: string): number | null {
  if (isEver) return 0;
  const days = /^\d+$/.test(typed.trim()) ? Number(typed) : 0;
  return days >= 1 && days <= MAX_RETENTION_DAYS ? days : null;
}

/** Whether something may go that would have stayed, in the organization or in the archive. */
export function losesMore(before: Settings, after: Settings): boolean {
  if (after.retention_days === 0) return false;
  const isShorter = before.retention_days === 0 || after.retention_days < before.retention_days;
  return isShorter || (before.archive && !after.archive);
}

/** What was over by then goes at once. */
export const goesUntil = (days: number, now: number): number => now - days * DAY_MS;

/** Of batches that are over: those that go at once. */
export const goingOf = (over: readonly Batch[], until: number): Batch[] =>
  over.filter(({ last_updated_at }) => Date.parse(last_updated_at) <= until);

export const daysWords = (days: number): string => (days === 0 ? "Forever" : plural(days, "day"));

/** `isAll`: false if there may be more batches than those. */
export function goingWords(going: readonly Batch[], isAll: boolean, days: number, now: number): string {
  const which = isAll ? plural(going.length, "batch", "batches") : `${count(going.length)} or more batches`;
  const batches = going.length === 0 && isAll ? "No batch is that old." : `${which} with all calls.`;
  const until = dateTime(goesUntil(days, now));
  return `${batches} Direct calls, webhook deliveries and audit records from before ${until} are deleted.`;
}
