import { organizationOf } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ORGANIZATION_SETTINGS, SETTINGS } from "./settings.ts";

export const getSettings = operation({
  ...SETTINGS,
  method: "GET",
  id: "getSettings",
  summary: "Read what the organization has set for itself",
  answer: ok("As it is.", ORGANIZATION_SETTINGS),
  handle: (c) => organizationOf(c).describe(),
});
