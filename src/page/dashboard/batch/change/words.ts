/** Texts for changing a batch. Pure. */

import type { BatchDetail, ChangePreview } from "../../../../client/client.ts";
import { isWaiting } from "../../text/batch-state.ts";
import { people, plural } from "../../text/format.ts";

export const WORDS = {
  title: "Change this batch",
  nothingYet: "Nothing is changed yet.",
  changes: (words: string) => `Changes: ${words}.`,
  review: "Review",
  back: "Back",
  save: "Save changes",
  failAnyway: (failed: number) => `Save the change and let ${people(failed)} fail`,
  saveAndFail: (failed: number) => `Save, fail ${people(failed)}`,
  saved: (words: string) => `Changed: ${words}.`,
  same: "As before",
  sooner: "Sooner",
  later: "Later",
  fail: "Would fail",
  some: "People affected by the change",
  from: (at: string) => `From ${at}`,
  more: (more: number) => `and ${people(more)} more`,
  name: "Name",
} as const;

/** The people that a change concerns. */
export function whomItConcerns(batch: BatchDetail): string {
  const waiting = batch.recipients.filter(({ status }) => status === "queued").length;
  if (batch.status === "cancelled") return "This batch is cancelled: only its name can be changed.";
  return isWaiting(batch)
    ? `Changes apply at once to ${people(waiting)} still waiting. Calls in progress are not affected.`
    : "Nobody is waiting. Changes apply to people who are retried or added.";
}

const FAILS: Readonly<Record<keyof ChangePreview["reasons"], string>> = {
  unknown_timezone: "Unknown time zone",
  window_never_open: "No allowed hours",
  window_expired: "The hours end before their turn",
};
export const failureReason = (reason: keyof ChangePreview["reasons"]): string => FAILS[reason];

type Counts = Pick<ChangePreview, "waiting" | "sooner" | "delayed" | "failed">;

/** One sentence about how many people are affected, and how. */
export function effectWords({ waiting, sooner, delayed, failed }: Counts): string {
  if (waiting === 0) return "Nobody is waiting, so nobody is called earlier or later.";
  if (sooner + delayed + failed === 0) return `None of the ${people(waiting)} waiting is called earlier or later.`;
  const parts = [
    delayed === 0 ? null : `${plural(delayed, "person waits", "people wait")} longer`,
    sooner === 0 ? null : `${plural(sooner, "person is", "people are")} called sooner`,
    failed === 0 ? null : `${plural(failed, "person", "people")} could never be called and would fail`,
  ].filter((part) => part !== null);
  return `Of ${people(waiting)} waiting, ${parts.join(", ")}.`;
}
