import { z } from "zod";
import { ok as answers } from "../../../calling/requests/result.ts";
import { TZ_VERSION } from "../../../window/tables/clock-table.ts";
import { LIBPHONENUMBER_RELEASE, NUMBER_ZONES_MADE } from "../../../window/tables/number-zone-table.ts";
import { content, ok, operation } from "../../operation.ts";

const healthAnswer = z.object({
  status: z.literal("ok"),
  tz_database: z.string().describe("The release of the tz database that clocks follow."),
  number_zones: z
    .object({
      made: z.iso.date().describe("When the table was made."),
      libphonenumber: z.string().describe("The release of its data."),
    })
    .describe("The table of numbers' time zones."),
});

const HEALTH: z.output<typeof healthAnswer> = {
  status: "ok",
  tz_database: TZ_VERSION,
  number_zones: { made: NUMBER_ZONES_MADE, libphonenumber: LIBPHONENUMBER_RELEASE },
};

export const getHealth = operation({
  method: "GET",
  path: "/healthz",
  audience: "anybody",
  id: "getHealth",
  tag: "Service",
  summary: "Check that the service answers",
  answer: ok("The service answers.", content("Health", healthAnswer, HEALTH)),
  handle: () => answers(HEALTH),
});
