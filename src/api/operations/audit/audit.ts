/** Shared by the operations on the audit. */

import type { AuditedKind } from "../../../calling/messages/act.ts";
import type { ActFilter } from "../../../organization/messages/organization.ts";
import { auditAnswer, presentAct } from "../../answers/organization/audit.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";

export const AUDIT = { audience: "client", readers: "admin", tag: "Audit", path: "/agents/audit" } as const;
export const AUDITED = view("AuditRecord", auditAnswer, samples.audited, presentAct);

type Query = {
  readonly resource_id?: string | undefined;
  readonly by?: string | undefined;
  readonly kind?: AuditedKind | undefined;
  readonly at_gte?: number | undefined;
  readonly at_lte?: number | undefined;
};
export const filterOf = (query: Query): ActFilter => ({
  resourceId: query.resource_id ?? null,
  byId: query.by ?? null,
  kind: query.kind ?? null,
  from: query.at_gte ?? null,
  until: query.at_lte ?? null,
});
