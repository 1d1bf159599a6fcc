/** A new batch as another one is: its settings, and its people where they are wanted. */

import type { BatchDetail, Client } from "../../../client/client.ts";
import { forget } from "../api/use-kept-state.ts";
import { draftOf } from "../batch/change/change.ts";
import type { Draft } from "../draft/draft.ts";
import type { Source } from "../list/use-list.ts";
import { WORDS } from "./words.ts";

/** What is entered for a new batch is kept under names that begin so. */
export const FORM = "new-batch";
const MAX_NAME_CHARACTERS = 256;

const copied = (name: string): string =>
  `${name.slice(0, MAX_NAME_CHARACTERS - WORDS.copied.length - 1)} ${WORDS.copied}`;

/** It begins when it is sent, and an end that its hours had was that batch's own. */
export const duplicateOf = (batch: BatchDetail, now: number): Draft => ({
  ...draftOf(batch, now),
  name: copied(batch.name),
  start: "now",
  lastsUntil: "",
  ringSeconds: String(batch.ringing_timeout_seconds),
  callMinutes: String(batch.max_call_duration_minutes),
});

/** The page of a new batch shows it when it opens next. People come as the export that Create takes again. */
export async function duplicate(
  client: Client,
  kept: Map<string, unknown>,
  batch: BatchDetail,
  hasPeople: boolean,
): Promise<void> {
  const people = hasPeople ? await new Response(await client.exportRecipients(batch.id)).blob() : null;
  forget(kept, FORM);
  kept.set(`${FORM} draft`, duplicateOf(batch, Date.now()));
  if (people === null) return;
  const source: Source = { id: crypto.randomUUID(), name: WORDS.peopleOf(batch.name), blob: people, sheet: null };
  kept.set(`${FORM} source`, source);
}
