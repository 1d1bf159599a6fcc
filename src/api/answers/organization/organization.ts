/** Organizations and their API keys in answers. */

import { z } from "zod";
import { presentWindow } from "../../../calling/answers/batch.ts";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import { ARCHIVE_PROBLEM_MEANS, ARCHIVE_PROBLEMS } from "../../../calling/words/archive-problem.ts";
import { JURISDICTIONS } from "../../../calling/words/jurisdiction.ts";
import { ROLE_MEANS, ROLES } from "../../../calling/words/role.ts";
import type { ApiKeyView } from "../../../organization/messages/access.ts";
import type { OrganizationView, RemovalView } from "../../../organization/messages/organization.ts";
import { ARCHIVE, RETENTION_DAYS } from "../../requests/settings.ts";
import { paceFields, pageOf, presentPace, timestamp, windowAnswer } from "../parts/common.ts";

const jurisdiction = z
  .enum(JURISDICTIONS)
  .optional()
  .describe("Where the law keeps all data of the organization. Absent: anywhere.");

export const archiveProblem = z.enum(ARCHIVE_PROBLEMS).optional().describe(ARCHIVE_PROBLEM_MEANS);

export const organizationAnswer = z.object({
  id: z.string().meta({ examples: ["org_acme"] }),
  name: z.string(),
  jurisdiction,
  agent_call_concurrency_limit: z.int(),
  reserved_concurrency: z.int().describe("The slots for direct calls, which batches never get."),
  agents_usage_limit: z.int().optional().describe("How many recipients may be accepted in all."),
  calling_window: windowAnswer.optional().describe("No one is called outside of it, whatever a batch sets."),
  min_gap_minutes: z.int().optional().describe("Minutes between two calls to one number, whatever a batch sets."),
  max_attempts_per_number_per_day: z
    .int()
    .optional()
    .describe("The most calls to one number in a day, whatever a batch sets."),
  ...paceFields,
  agents_usage: z.int().describe("How many recipients were accepted so far."),
  retention_days: z.int().describe(RETENTION_DAYS),
  archive: z.boolean().describe(ARCHIVE),
  archive_problem: archiveProblem,
  deletion_requested_at: timestamp.optional().describe("It is being deleted since then."),
  created_at: timestamp,
});

export type OrganizationAnswer = z.output<typeof organizationAnswer>;

export const presentOrganization = (organization: OrganizationView): OrganizationAnswer => ({
  id: organization.id,
  name: organization.name,
  ...known({ jurisdiction: organization.jurisdiction ?? null }),
  agent_call_concurrency_limit: organization.agent_call_concurrency_limit,
  reserved_concurrency: organization.reserved_concurrency,
  ...known({
    agents_usage_limit: organization.agents_usage_limit,
    calling_window: presentWindow(organization.calling_window),
    min_gap_minutes: organization.min_gap_minutes,
    max_attempts_per_number_per_day: organization.max_attempts_per_number_per_day,
  }),
  ...presentPace(organization.pace),
  agents_usage: organization.agents_usage,
  retention_days: organization.retention_days,
  archive: organization.archive ?? false,
  ...known({ archive_problem: organization.archiveProblem ?? null }),
  ...known({ deletion_requested_at: timeOrNull(organization.removalRequestedAt) }),
  created_at: time(organization.createdAt),
});

export const apiKeyAnswer = z.object({
  id: z.string(),
  label: z.string(),
  key: z.string().describe("Complete in the answer that creates it, masked in all others."),
  role: z.enum(ROLES).describe(ROLE_MEANS),
  expires_at: timestamp.optional().describe("From then on it is not accepted. Absent: it stays."),
  last_used_at: timestamp.optional().describe("To the hour. Absent before its first use."),
  created_at: timestamp,
});

export const ownKeyAnswer = apiKeyAnswer
  .pick({ id: true, label: true, role: true, expires_at: true })
  .extend({ organization_id: z.string(), jurisdiction });

export type ApiKeyAnswer = z.output<typeof apiKeyAnswer>;

export const settingsAnswer = organizationAnswer.pick({ retention_days: true, archive: true, archive_problem: true });
export type SettingsAnswer = z.output<typeof settingsAnswer>;

export const presentSettings = ({ retention_days, archive = false, ...view }: OrganizationView): SettingsAnswer => ({
  retention_days,
  archive,
  ...known({ archive_problem: view.archiveProblem ?? null }),
});

export const removalAnswer = z.object({
  organization_id: z.string(),
  status: z.enum(["deleting", "deleted"]),
  requested_at: timestamp,
  completed_at: timestamp.optional(),
  batches_left: z.int().describe("Batches, and objects of direct calls, that still have rows."),
  archive_problem: archiveProblem,
});
export type RemovalAnswer = z.output<typeof removalAnswer>;

export const presentRemoval = (removal: RemovalView): RemovalAnswer => ({
  organization_id: removal.id,
  status: removal.completedAt === null ? "deleting" : "deleted",
  requested_at: time(removal.requestedAt),
  ...known({ completed_at: timeOrNull(removal.completedAt) }),
  batches_left: removal.batchesLeft,
  ...known({ archive_problem: removal.archiveProblem ?? null }),
});

/** `key`: only in the answer that creates it. */
export const presentApiKey = ({ key, ...view }: ApiKeyView & { key?: string }): ApiKeyAnswer => ({
  id: view.id,
  label: view.label,
  key: key ?? view.hint,
  role: view.role,
  ...known({ expires_at: timeOrNull(view.expiresAt), last_used_at: timeOrNull(view.lastUsedAt) }),
  created_at: time(view.createdAt),
});

export const resealAnswer = pageOf(
  z.object({
    organization_id: z.string(),
    resealed: z.int().describe("Secrets that an older key had sealed, and the newest key seals now."),
    current: z.int().describe("Secrets that the newest key had already sealed."),
    unopened: z.int().describe("Secrets that no key opens: the key that sealed them is missing."),
  }),
);

export type ResealAnswer = z.output<typeof resealAnswer>;
