import { numberAsked } from "../../../calling/numbers/written-number.ts";
import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listDoNotCallQuery } from "../../requests/do-not-call.ts";
import { ENTRY, LIST } from "./entry.ts";

export const listDoNotCall = operation({
  ...LIST,
  method: "GET",
  id: "listDoNotCall",
  summary: "List the do-not-call list, newest first",
  query: listDoNotCallQuery,
  answer: ok("A page of entries.", pageView(ENTRY)),
  handle: async (c, { query }) => {
    const { status, q, number } = query;
    const filter = { status, text: q ?? null, number: number === undefined ? null : numberAsked(number) };
    return organizationOf(c).listDoNotCall(filter, pageRequestOf(query));
  },
});
