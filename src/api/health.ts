/** What `GET /healthz` answers: the Worker runs, and how old the tables are by which it knows when a number may ring. Ours. */

import { TZ_VERSION } from "../window/tables/clock-table.ts";
import { LIBPHONENUMBER_RELEASE, NUMBER_ZONES_MADE } from "../window/tables/number-zone-table.ts";
import type { HealthAnswer } from "./schemas/common-answers.ts";

export const HEALTH: HealthAnswer = {
  status: "ok",
  tz_database: TZ_VERSION,
  number_zones: { made: NUMBER_ZONES_MADE, libphonenumber: LIBPHONENUMBER_RELEASE },
};
