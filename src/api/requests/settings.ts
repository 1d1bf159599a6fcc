/** What an organization sets for itself. Not in the published API. */

import { z } from "zod";
import { MAX_RETENTION_DAYS } from "../../calling/requests/limits.ts";
import { integer } from "./common.ts";

export const RETENTION_DAYS =
  "Days for which batches that are over, direct calls and webhook deliveries are kept. Then they are deleted for good; 0: they are kept for ever.";

export const ARCHIVE =
  "Whether batches and direct calls are stored in the operator's bucket before retention deletes them. Without a stored archive nothing is deleted.";

export const retentionDays = integer(0, MAX_RETENTION_DAYS).describe(RETENTION_DAYS);

export const archive = z.boolean({ error: "must be true or false" }).describe(ARCHIVE);

export const changeSettingsBody = z.object({ retention_days: retentionDays.optional(), archive: archive.optional() });
