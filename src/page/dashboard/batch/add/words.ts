/** All texts of adding people to a batch. Pure. */

import { MAX_RECIPIENTS } from "../../../../calling/requests/limits.ts";
import type { Appended, Batch } from "../../../../client/client.ts";
import { isWaiting } from "../../text/batch-state.ts";
import { count, people, plural } from "../../text/format.ts";

export const WORDS = {
  title: "Add people",
  added: (added: number) => `${plural(added, "person was", "people were")} added`,
  ask: (added: number) => `Add ${people(added)}?`,
  action: (added: number) => `Add ${people(added)}`,
  about: "One row for each person. People already in the batch are not added again.",
  repeats: "Numbers already on the list or in the batch",
  again: "Call it for each ID",
  review: "Review",
  back: "Back",
  done: "Done",
  called: "Will be called",
  known: "Already in it",
  listed: "Do not call",
  failed: "Cannot be called",
} as const;

export const PROBLEMS = {
  noList: "Add a list of people.",
  reading: "The list is still being read.",
  noColumn: "Choose the column with the phone numbers.",
  faulty: "Some rows have errors: fix them or leave them out.",
  nobody: "Nobody on the list is new in this batch.",
  tooMany: (room: number) =>
    `A batch has at most ${count(MAX_RECIPIENTS)} people: there is room for ${count(room)} more.`,
} as const;

export function newWords(added: number, known: number): string {
  const others = known === 0 ? "" : ` ${plural(known, "is", "are")} already in the batch.`;
  return `${plural(added, "person is", "people are")} new.${others}`;
}

/** When they will be called. */
export function turnWords(batch: Batch, now: number): string {
  if (!isWaiting(batch)) return "The batch starts again and calls them as slots become free.";
  if (batch.paused_at !== undefined) return "They wait behind the others. Nobody is called until you resume the batch.";
  return batch.scheduled_at !== undefined && Date.parse(batch.scheduled_at) > now
    ? "They are called after the others, once the batch starts."
    : "They are called after the people already waiting.";
}

type Answer = Pick<
  Appended,
  "appended_recipients" | "skipped_duplicates" | "skipped_external_ids" | "skipped_do_not_call"
>;

/** The service's answer about the list: who was added, and who was not and why. */
export function answerFacts(answer: Answer): readonly (readonly [string, string])[] {
  const facts = [
    ["Added", answer.appended_recipients],
    ["Left out: number already in the batch", answer.skipped_duplicates ?? 0],
    ["Left out: ID already in the batch", answer.skipped_external_ids ?? 0],
    ["Left out: on the do-not-call list", answer.skipped_do_not_call ?? 0],
  ] as const;
  return facts
    .filter(([, others], place) => place === 0 || others > 0)
    .map(([words, others]) => [words, people(others)] as const);
}
