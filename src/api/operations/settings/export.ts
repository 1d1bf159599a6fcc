import { organizationOf } from "../../context.ts";
import { operation } from "../../operation.ts";
import { EXPORT, exported } from "../organizations/exported.ts";
import { SETTINGS } from "./settings.ts";

export const exportOwnOrganization = operation({
  ...SETTINGS,
  ...EXPORT,
  method: "GET",
  path: "/agents/export.tar.gz",
  readers: "admin",
  id: "exportOwnOrganization",
  summary: "Download everything that this organization has",
  handle: (c, { query }) => exported(c, c.get("organizationId"), organizationOf(c), query.starting_after ?? null),
});
