/**
 * What a change would make of waiting recipients: who is called later than now, and who could never be called. Used
 * before a change is made, and by the change itself, which makes recipients fail only if it is told to. Pure.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import { type Failure, wrongState } from "../../calling/requests/failure.ts";
import type { CallingHours } from "../people/calling-hours.ts";
import type { HeldBack } from "../people/held-back.ts";
import type { Roster } from "../people/roster.ts";
import type { AttemptRow } from "../store/attempt-states.ts";
import type { BatchRow } from "../store/batch-row.ts";
import { type FAILED_REASONS, whyNever } from "./preview.ts";

/** `until`: when they may be called then. */
export type ChangedFate =
  | { readonly kind: "same" | "sooner" | "delayed"; readonly until: number }
  | { readonly kind: "failed"; readonly reason: (typeof FAILED_REASONS)[number] };

export type Concerned = { readonly position: number; readonly callee: NewRecipient; readonly fate: ChangedFate };
/** Waiting recipients, in the order submitted. */
export type ChangePreview = readonly Concerned[];

export type ChangedBatch = {
  readonly row: BatchRow;
  readonly roster: Roster;
  readonly callingHours: CallingHours;
  readonly heldBack: HeldBack;
  readonly recipients: { readonly all: () => readonly NewRecipient[] };
  /** By position; for recipients that wait for another try. */
  readonly latest: ReadonlyMap<number, Pick<AttemptRow, "due_at">>;
};

/** Only a change of hours or start can prevent a call. */
export const mayFail = (before: BatchRow, after: BatchRow): boolean =>
  before.calling_window !== after.calling_window || before.scheduled_at !== after.scheduled_at;

const startOf = ({ scheduled_at }: BatchRow, now: number): number => Math.max(now, scheduled_at ?? now);

export function changePreview(batch: ChangedBatch, after: BatchRow, now: number): ChangePreview {
  const { row, roster, callingHours, heldBack, latest } = batch;
  const hours = callingHours.withOwn(after.calling_window);
  return batch.recipients.all().flatMap((callee, position): Concerned | [] => {
    if (roster.statusOf(position) !== "queued") return [];
    const dueAt = Math.max(latest.get(position)?.due_at ?? 0, heldBack.of(position, now)?.until ?? 0);
    const from = Math.max(startOf(after, now), dueAt);
    const opensAt = hours.opensAt(position, from);
    const { expiresAt } = hours;
    const fateOf = (): ChangedFate => {
      if (expiresAt !== null && expiresAt <= (opensAt ?? from)) return { kind: "failed", reason: "window_expired" };
      if (opensAt === null) return { kind: "failed", reason: whyNever(hours.windows, callee) };
      const before = callingHours.opensAt(position, Math.max(startOf(row, now), dueAt));
      if (before === opensAt) return { kind: "same", until: opensAt };
      return { kind: before !== null && before < opensAt ? "delayed" : "sooner", until: opensAt };
    };
    return { position, callee, fate: fateOf() };
  });
}

/** Null if the change makes no recipient fail. */
export function failuresProblem(preview: ChangePreview): Failure | null {
  const counts = new Map<string, number>();
  for (const { fate } of preview) {
    if (fate.kind === "failed") counts.set(fate.reason, (counts.get(fate.reason) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const failed = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const why = [...counts].map(([reason, people]) => `${reason} ${people}`).join(", ");
  return wrongState(
    "change_fails_recipients",
    `${failed} of ${preview.length} waiting recipients could never be called after this change (${why}); send allow_failures: true to let them fail`,
  );
}
