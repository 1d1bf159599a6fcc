/** The audit, in answers. */

import { z } from "zod";
import { presentWindow } from "../../../calling/answers/batch.ts";
import { known, time } from "../../../calling/answers/json.ts";
import { ACTOR_KINDS, AUDITED_KINDS } from "../../../calling/messages/act.ts";
import type { CallingWindow } from "../../../calling/messages/calling-window.ts";
import type { ActView } from "../../../organization/messages/organization.ts";
import { timestamp } from "../parts/common.ts";

const fields = z.record(z.string(), z.unknown());

export const actorAnswer = z.object({
  kind: z
    .enum(ACTOR_KINDS)
    .describe(
      "key: an API key. person: signed in through Cloudflare Access. operator: with the operators' token. service: callbatch itself.",
    ),
  id: z.string(),
  label: z.string().describe("As it was then. A key may be revoked by now."),
});

export const auditAnswer = z.object({
  id: z.string().meta({ examples: ["audit_1C4PzUn5L8qEvgZ2Zb5Vt7"] }),
  at: timestamp,
  by: actorAnswer,
  operation: z.string().describe("The operation's id, such as `cancelBatch`."),
  resource: z.object({
    kind: z.enum(AUDITED_KINDS),
    id: z.string().optional().describe("Absent for several at once, as for a list of numbers."),
  }),
  before: fields
    .optional()
    .describe(
      "The fields that differ, as they were. Absent if it was made. Secrets and people's numbers are never shown.",
    ),
  after: fields.optional().describe("The same fields afterwards. Absent if it is gone."),
});
export type AuditAnswer = z.output<typeof auditAnswer>;

export const presentAct = ({ id, at, by, operation, kind, resourceId, before, after }: ActView): AuditAnswer => ({
  id,
  at: time(at),
  by: { ...by },
  operation,
  resource: { kind, ...known({ id: resourceId }) },
  ...known({ before: presentFields(before), after: presentFields(after) }),
});

/** Null if there are none. */
export function presentFields(json: string | null): Record<string, unknown> | null {
  if (json === null) return null;
  const shown = JSON.parse(json) as Record<string, unknown>;
  if (!("calling_window" in shown)) return Object.keys(shown).length === 0 ? null : shown;
  return { ...shown, calling_window: presentWindow(shown.calling_window as CallingWindow | null) };
}
