/** The preview of a change: its effects on who waits. */

import { z } from "zod";
import type { ChangePreview, Concerned } from "../../../batch/steering/change-preview.ts";
import { FAILED_REASONS } from "../../../batch/steering/preview.ts";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import { type BatchRoute, recipientId } from "../../../calling/secrets/ids.ts";
import { zonesOfCallee } from "../../../window/zones-of-number.ts";
import { timestamp } from "../parts/common.ts";
import { PREVIEW_PEOPLE } from "./preview.ts";

const reason = z.enum(FAILED_REASONS);

const person = z.object({
  id: z.string().describe("The recipient's."),
  to_number: z.string(),
  outcome: z.enum(["sooner", "delayed", "failed"]),
  reason: reason
    .optional()
    .describe(
      "Why it would fail. unknown_timezone: its local time is not known. window_never_open: no allowed hour comes within two months. window_expired: the calling window ends first.",
    ),
  timezone: z.string().optional().describe("The time zones it may be in."),
  next_eligible_at: timestamp.optional().describe("When it could be called after the change."),
});

export type ChangedPerson = z.output<typeof person>;

export const changePreviewAnswer = z.object({
  waiting: z.int().describe("Waiting recipients. A change concerns no others."),
  same: z.int().describe("They may be called at the same time as before."),
  sooner: z.int().describe("They may be called earlier than now."),
  delayed: z.int().describe("They may be called later than now."),
  failed: z.int().describe("They could never be called: the change is refused, unless it has `allow_failures`."),
  reasons: z.partialRecord(reason, z.int()).describe("Why recipients would fail, and how many for each reason."),
  first_eligible_at: timestamp.optional().describe("When the first of them could be called after the change."),
  people: z
    .array(person)
    .describe(`The first ${PREVIEW_PEOPLE} affected recipients: those who fail, then those who wait longer.`),
  people_left_out: z.int().describe("How many more affected recipients there are."),
});

export type ChangePreviewAnswer = z.output<typeof changePreviewAnswer>;

/** Worst first. */
const SHOWN = ["failed", "delayed", "sooner"] as const;

export function presentChangePreview(route: BatchRoute, preview: ChangePreview): ChangePreviewAnswer {
  const of = (kind: Concerned["fate"]["kind"]) => preview.filter(({ fate }) => fate.kind === kind);
  const reasons: ChangePreviewAnswer["reasons"] = {};
  let first = Number.POSITIVE_INFINITY;
  for (const { fate } of preview) {
    if (fate.kind === "failed") reasons[fate.reason] = (reasons[fate.reason] ?? 0) + 1;
    else first = Math.min(first, fate.until);
  }
  const people = SHOWN.flatMap((outcome) => of(outcome).map((one) => presentPerson(route, one, outcome)));
  return {
    waiting: preview.length,
    same: of("same").length,
    sooner: of("sooner").length,
    delayed: of("delayed").length,
    failed: of("failed").length,
    reasons,
    ...known({ first_eligible_at: Number.isFinite(first) ? time(first) : null }),
    people: people.slice(0, PREVIEW_PEOPLE),
    people_left_out: Math.max(0, people.length - PREVIEW_PEOPLE),
  };
}

function presentPerson(
  route: BatchRoute,
  { position, callee, fate }: Concerned,
  outcome: ChangedPerson["outcome"],
): ChangedPerson {
  const zones = zonesOfCallee(callee.to_number, callee.timezone);
  return {
    id: recipientId(route, position),
    to_number: callee.to_number,
    outcome,
    ...known({
      reason: fate.kind === "failed" ? fate.reason : null,
      timezone: zones.length === 0 ? null : zones.join(", "),
      next_eligible_at: timeOrNull(fate.kind === "failed" ? null : fate.until),
    }),
  };
}
