import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listAuditQuery } from "../../requests/queries.ts";
import { AUDIT, AUDITED, filterOf } from "./audit.ts";

export const listAudit = operation({
  ...AUDIT,
  method: "GET",
  id: "listAudit",
  summary: "List who changed what, newest first",
  description: "Each change by a key, a person or an operator has a record. It is never changed.",
  query: listAuditQuery,
  answer: ok("A page of records.", pageView(AUDITED)),
  handle: (c, { query }) => organizationOf(c).listActs(filterOf(query), pageRequestOf(query)),
});
