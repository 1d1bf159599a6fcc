/** Shared by the operations on what an organization sets for itself. */

import { presentSettings, settingsAnswer } from "../../answers/organization.ts";
import * as samples from "../../openapi/samples.ts";
import { view } from "../../operation.ts";

export const SETTINGS = { audience: "client", tag: "Organizations", path: "/agents/settings" } as const;
export const ORGANIZATION_SETTINGS = view("Settings", settingsAnswer, samples.settings, presentSettings);
