/** Shared by the operations on what an organization sets for itself. */

import { presentSettings, settingsAnswer } from "../../answers/organization/organization.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { refusal, view } from "../../operation.ts";

export const SETTINGS = { audience: "client", tag: "Organizations", path: "/agents/settings" } as const;
export const NO_BUCKET = {
  503: refusal(
    "not_configured",
    "`archive` is true, and the operator has bound no bucket in the organization's jurisdiction.",
  ),
} as const;
export const ORGANIZATION_SETTINGS = view("Settings", settingsAnswer, samples.settings, presentSettings);
