/** All texts of the audit, and a record of it in words. Pure. */

import type { AuditRecord } from "../../../client/client.ts";
import { byWords } from "../text/by.ts";
import { dateTime } from "../text/format.ts";
import { labelOf } from "../text/labels.ts";

export const WORDS = {
  title: "Audit",
  history: "History",
  about: "Who changed what, newest first. Records are never changed.",
  exportAll: "All records",
  exportShown: "Shown now",
  resource: "ID of what was changed",
  resourceHint: "ID of a batch, key, number …",
  by: "By",
  doneBy: "by",
  anybody: "By anybody",
  operator: "An operator",
  service: "callbatch",
  kind: "Kind",
  everything: "Everything",
  until: "Until day",
  clear: "Clear filters",
  noneFound: "No changes found",
  none: "No changes yet",
  noneAbout: "Each change by a key or an operator appears here.",
  pages: "Pages of records",
  previous: "Previous",
  next: "Next",
} as const;

export const KIND_WORDS: Readonly<Record<AuditRecord["resource"]["kind"], string>> = {
  agent: "Agents",
  api_key: "Keys",
  batch: "Batches",
  call: "Calls",
  do_not_call: "Do not call",
  erasure: "Erasures",
  member: "Members",
  organization: "Organization",
  phone_number: "Numbers",
  provider: "Providers",
  webhook: "Webhooks",
};

/** Of operations whose names do not say it. */
const DONE: Readonly<Record<string, string>> = {
  appendRecipients: "Added people",
  cancelCall: "Ended a call",
  deleteCall: "Erased a call",
  addDoNotCall: "Added to do not call",
  removeDoNotCall: "Removed from do not call",
  reportOptOut: "Reported an opt-out",
  erasePerson: "Erased a person",
  erasePersonByExternalId: "Erased a person",
  erasePeople: "Erased a person",
  importPhoneNumber: "Imported a number",
  redeliver: "Sent a delivery again",
  testWebhook: "Sent a test event",
  createApiKey: "Created key",
  revokeApiKey: "Revoked key",
  openCircuit: "Stopped the batch: too many calls failed",
  closeCircuit: "Resumed the batch: calls succeed again",
  disableWebhook: "Turned off the webhook",
  retryBatch: "Retried batch",
  setPrices: "Set prices",
  exportOrganization: "Exported everything",
  exportOwnOrganization: "Exported everything",
  resealSecrets: "Encrypted secrets with a new key",
};
const PAST: Readonly<Record<string, string>> = {
  create: "Created",
  change: "Changed",
  delete: "Deleted",
  pause: "Paused",
  resume: "Resumed",
  cancel: "Cancelled",
  revoke: "Revoked",
};

/** "cancelBatch" as "Cancelled batch". */
export function doneWords(operation: string): string {
  const known = DONE[operation];
  if (known !== undefined) return known;
  const [verb = "", ...rest] = operation.replace(/([A-Z])/g, " $1").split(" ");
  return [PAST[verb] ?? verb, ...rest.map((word) => word.toLowerCase())].join(" ").trim();
}

/** A field, and its value before and after; null: there was none, or is none. */
export type Difference = { readonly field: string; readonly before: string | null; readonly after: string | null };

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" && INSTANT.test(value)) return dateTime(value);
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : JSON.stringify(value);
};

export function differences({ before, after }: Pick<AuditRecord, "before" | "after">): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({
    field: labelOf(field),
    before: before === undefined ? null : shown(before[field]),
    after: after === undefined ? null : shown(after[field]),
  }));
}

export const latestWords = ({ operation, by, at }: AuditRecord): string =>
  `${doneWords(operation)} by ${byWords(by)}, ${dateTime(at)}.`;
