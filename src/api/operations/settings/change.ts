import { given } from "../../body/body.ts";
import { actOf, organizationOf } from "../../context.ts";
import { content, ok, operation } from "../../operation.ts";
import { changeSettingsBody } from "../../requests/settings.ts";
import { NO_BUCKET, ORGANIZATION_SETTINGS, SETTINGS } from "./settings.ts";

export const changeSettings = operation({
  ...SETTINGS,
  method: "PATCH",
  role: "admin",
  id: "changeSettings",
  summary: "Change how long batches and calls are kept, and whether they are archived",
  description:
    "Absent fields are left unchanged. A shorter retention deletes older batches and calls at once, for good; counts stay in the reports. With `archive`, calls are stored in the operator's R2 bucket before.",
  body: content("ChangeSettings", changeSettingsBody, { retention_days: 90, archive: true }),
  answer: ok("The settings after the change.", ORGANIZATION_SETTINGS),
  refusals: NO_BUCKET,
  handle: (c, { body }) => organizationOf(c).change(given(body), actOf(c)),
});
