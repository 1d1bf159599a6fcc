/** `calling_window` in answers, with its defaults filled in. */

import { z } from "zod";
import { DAYS } from "../../calling/messages/calling-window.ts";
import { time } from "./common-answers.ts";

const clock = z.string().meta({ examples: ["09:00"] });

export const windowAnswer = z.object({
  timezone_mode: z.enum(["recipient", "fixed"]),
  timezone: z.string().optional(),
  windows: z.array(z.object({ days: z.array(z.enum(DAYS)), start: clock, end: clock })),
  excluded_dates: z.array(z.string().meta({ format: "date" })),
  unknown_timezone: z.enum(["block", "use_timezone"]),
  expires_at: time.optional(),
});
export type WindowAnswer = z.output<typeof windowAnswer>;
