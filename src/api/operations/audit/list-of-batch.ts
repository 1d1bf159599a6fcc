import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { AUDITED } from "./audit.ts";

/** Who may see the batch may see who paused it. Records stay when the batch is deleted. */
export const listBatchAudit = operation({
  audience: "client",
  tag: "Audit",
  method: "GET",
  path: "/agents/calls/batches/:batch_id/audit",
  id: "listBatchAudit",
  summary: "List who changed a batch, newest first",
  description: "For every key, also after the batch is deleted.",
  query: listQuery,
  answer: ok("A page of records.", pageView(AUDITED)),
  handle: (c, { query }) => organizationOf(c).listBatchActs(pathPart(c, "batch_id"), pageRequestOf(query)),
});
