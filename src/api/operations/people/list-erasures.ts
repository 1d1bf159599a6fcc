import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { ERASURE, ERASURES } from "./erasure.ts";

export const listErasures = operation({
  ...ERASURES,
  method: "GET",
  id: "listErasures",
  summary: "List the receipts of erasures, newest first",
  query: listQuery,
  answer: ok("A page of receipts.", pageView(ERASURE)),
  handle: async (c, { query }) => organizationOf(c).listErasures(pageRequestOf(query)),
});
