/**
 * The audit's default: an operation that changes something and hands its act to no object is recorded once it has been
 * answered. So a new operation cannot be forgotten.
 */

import type { AuditedKind } from "../calling/messages/act.ts";
import { type ApiContext, actOf } from "./context.ts";
import { isAudited, type Operation, type TAGS } from "./operation.ts";

const KINDS: Readonly<Record<keyof typeof TAGS, AuditedKind>> = {
  Batches: "batch",
  Calls: "call",
  Reports: "organization",
  "Do not call": "do_not_call",
  People: "erasure",
  Agents: "agent",
  "Phone numbers": "phone_number",
  Providers: "provider",
  Webhooks: "webhook",
  Keys: "api_key",
  Members: "member",
  Audit: "organization",
  Organizations: "organization",
  Assistants: "organization",
  Service: "organization",
};

/** Of what the path names first. */
export async function recordByDefault(c: ApiContext, operation: Operation): Promise<void> {
  if (!isAudited(operation) || c.get("isActTaken") === true) return;
  const { organization_id: named, ...parts } = c.req.param();
  const organization = c.get("organizationId") ?? named;
  if (organization === undefined) return;
  const [resourceId = null] = Object.values(parts);
  await c.env.ORGANIZATIONS.getByName(organization).recordAct(actOf(c), KINDS[operation.tag], resourceId);
}
