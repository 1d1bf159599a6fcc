import { ok as read } from "../../../calling/requests/result.ts";
import { listOrganizations as listed } from "../../guards/directories.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { ORGANIZATION, ORGANIZATIONS } from "./organization.ts";

export const listOrganizations = operation({
  ...ORGANIZATIONS,
  method: "GET",
  id: "listOrganizations",
  summary: "List organizations, newest first",
  description: "Those of each jurisdiction come after those without one.",
  query: listQuery,
  answer: ok("A page of organizations.", pageView(ORGANIZATION)),
  handle: async (c, { query }) => {
    const page = await listed(c.env, pageRequestOf(query));
    if (!page.ok) return page;
    const described = await Promise.all(page.value.data.map(({ id }) => c.env.ORGANIZATIONS.getByName(id).describe()));
    return read({ ...page.value, data: described.flatMap((one) => (one.ok ? [one.value] : [])) });
  },
});
