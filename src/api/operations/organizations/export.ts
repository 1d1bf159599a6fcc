import { ok } from "../../../calling/requests/result.ts";
import { pathPart } from "../../context.ts";
import { operation } from "../../operation.ts";
import { EXPORT, exported } from "./exported.ts";
import { ONE_ORGANIZATION, ofOrganization } from "./organization.ts";

export const exportOrganization = operation({
  ...ONE_ORGANIZATION,
  ...EXPORT,
  method: "GET",
  path: `${ONE_ORGANIZATION.path}/export.tar.gz`,
  id: "exportOrganization",
  summary: "Download everything that an organization has",
  handle: async (c, { query }) => {
    const found = await ofOrganization(c, async (one) => ok(one));
    return found.ok ? exported(c, pathPart(c, "organization_id"), found.value, query.starting_after ?? null) : found;
  },
});
