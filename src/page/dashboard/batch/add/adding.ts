/** Which people of a list are added to an existing batch. Pure. */

import { deduplicated, type OnDuplicate } from "../../../../calling/numbers/duplicates.ts";
import { MAX_RECIPIENTS } from "../../../../calling/requests/limits.ts";
import type { BatchDetail, BatchPreviewed } from "../../../../client/client.ts";
import { recipientOf } from "../../draft/draft.ts";
import type { Person } from "../../list/people.ts";
import { PROBLEMS } from "./words.ts";

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
  if (!hasList) return PROBLEMS.noList;
  if (isReading) return PROBLEMS.reading;
  if (!hasNumbers) return PROBLEMS.noColumn;
  if (faulty > 0) return PROBLEMS.faulty;
  if (added === 0) return PROBLEMS.nobody;
  const room = MAX_RECIPIENTS - present;
  return added <= room ? null : PROBLEMS.tooMany(room);
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
