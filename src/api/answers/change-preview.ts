/** The preview of a change as JSON. */

import type { ChangePreview, Concerned } from "../../batch/steering/change-preview.ts";
import { known, time, timeOrNull } from "../../calling/answers/json.ts";
import { type BatchRoute, recipientId } from "../../calling/secrets/ids.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import type { ChangedPerson, ChangePreviewAnswer } from "../schemas/change-preview.ts";
import { PREVIEW_PEOPLE } from "../schemas/preview.ts";

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
