import { organizationOf } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ORGANIZATION_SETTINGS, SETTINGS } from "./settings.ts";

export const getSettings = operation({
  ...SETTINGS,
  method: "GET",
  id: "getSettings",
  summary: "Read the organization's settings",
  answer: ok("The settings.", ORGANIZATION_SETTINGS),
  handle: (c) => organizationOf(c).describe(),
});
