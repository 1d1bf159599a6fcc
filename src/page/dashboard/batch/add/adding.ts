/** Which people of a list are added to an existing batch, and how the page describes it. Pure. */

import { deduplicated, type OnDuplicate } from "../../../../calling/numbers/duplicates.ts";
import { MAX_RECIPIENTS } from "../../../../calling/requests/limits.ts";
import type { Appended, Batch, BatchDetail, BatchPreviewed } from "../../../../client/client.ts";
import { recipientOf } from "../../draft/draft.ts";
import type { Person } from "../../list/people.ts";
import { isWaiting } from "../../text/batch-state.ts";
import { count, people as peopleWords } from "../../text/format.ts";

type Present = Pick<BatchDetail["recipients"][number], "to_number" | "external_id">;

export type Addition = {
  readonly added: readonly Person[];
  /** Their id, or number, is already in the batch or on the list. */
  readonly known: number;
};

/** By the list and the batch; the service also checks the do-not-call list. */
export function additionOf(present: readonly Present[], people: readonly Person[], onDuplicate: OnDuplicate): Addition {
  const ids = new Set(present.flatMap(({ external_id }) => external_id ?? []));
  const fresh = people.filter(({ externalId }) => externalId === null || !ids.has(externalId));
  const once = deduplicated(
    fresh,
    onDuplicate,
    present.map(({ to_number }) => to_number),
  );
  const added = once.ok ? once.value.recipients : [];
  return { added, known: people.length - added.length };
}

/** Allowing a number twice is offered only if a repeated request would still add no one twice. */
export const mayRepeatNumbers = (people: readonly Person[]): boolean =>
  people.every(({ externalId }) => externalId !== null);

type Listed = {
  readonly hasList: boolean;
  readonly isReading: boolean;
  readonly hasNumbers: boolean;
  readonly faulty: number;
  readonly added: number;
  readonly present: number;
};

/** Why no people can be added yet; null if they can. */
export function addingProblem({ hasList, isReading, hasNumbers, faulty, added, present }: Listed): string | null {
  if (!hasList) return "Add a list of people.";
  if (isReading) return "The list is still being read.";
  if (!hasNumbers) return "Choose the column with the phone numbers.";
  if (faulty > 0) return "Some rows have errors: fix them or leave them out.";
  if (added === 0) return "Nobody on the list is new in this batch.";
  const room = MAX_RECIPIENTS - present;
  return added <= room
    ? null
    : `A batch has at most ${count(MAX_RECIPIENTS)} people: there is room for ${count(room)} more.`;
}

/** The list as a batch of its own, with this one's hours, for a preview. */
export const previewedOf = (batch: BatchDetail, added: readonly Person[]): BatchPreviewed => ({
  name: batch.name,
  agent_id: batch.agent_id,
  from_number_id: batch.from_number_id,
  recipients: added.map(recipientOf),
  on_duplicate: "allow",
  ...(batch.calling_window === undefined ? {} : { calling_window: batch.calling_window }),
});

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
    .filter(([, people], place) => place === 0 || people > 0)
    .map(([words, people]) => [words, peopleWords(people)] as const);
}
