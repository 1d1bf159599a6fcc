/** What is answered about the erasure of people. */

import { z } from "zod";
import { time } from "./common-answers.ts";

export const erasureAnswer = z.object({
  id: z.string().meta({ examples: ["erasure_TX9N9ULdcZQd5CEWu65fR9"] }),
  status: z
    .enum(["erasing", "erased"])
    .describe("erasing: some batch has not answered yet, or a call to the person is in flight."),
  requested_at: time,
  requested_by: z.object({ id: z.string(), label: z.string() }).describe("By its API key."),
  completed_at: time.optional(),
  batches: z.int().describe("In which the person was erased. Direct calls of one request count as one."),
  batches_left: z.int().describe("That still have to be asked."),
  recipients: z.int(),
  calls: z.int(),
});
export type ErasureAnswer = z.output<typeof erasureAnswer>;
