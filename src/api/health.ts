/** The answer of `GET /healthz`: the Worker runs, and the version of the tables for calling hours. Ours. */

import { TZ_VERSION } from "../window/tables/clock-table.ts";
import { LIBPHONENUMBER_RELEASE, NUMBER_ZONES_MADE } from "../window/tables/number-zone-table.ts";
import type { HealthAnswer } from "./schemas/common-answers.ts";

export const HEALTH: HealthAnswer = {
  status: "ok",
  tz_database: TZ_VERSION,
  number_zones: { made: NUMBER_ZONES_MADE, libphonenumber: LIBPHONENUMBER_RELEASE },
};
