import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { MEMBER, MEMBERS } from "./member.ts";

export const listMembers = operation({
  ...MEMBERS,
  method: "GET",
  id: "listMembers",
  summary: "List members, newest first",
  query: listQuery,
  answer: ok("A page of members.", pageView(MEMBER)),
  handle: (c, { query }) => organizationOf(c).listMembers(pageRequestOf(query)),
});
