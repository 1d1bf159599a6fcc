/** When a batch that waits for slots will get them. */

import { z } from "zod";
import { TURN_BASES } from "../../../calling/messages/turn.ts";
import { timestamp } from "./common.ts";

export const turnAnswer = z.object({
  position: z.int().describe("1: it is the next one that gets slots."),
  slots: z.int().describe("It waits until so many are free for it."),
  free_slots: z.int().describe("Free for batches now."),
  estimated_at: timestamp
    .optional()
    .describe("About when it gets its slots, if no batch that comes first is created meanwhile. Absent if unknown."),
  basis: z
    .enum(TURN_BASES)
    .describe(
      "What the estimate is made of. measured: the pace of the batches before it. typical: some of these have too few calls, and are taken to be as fast as the others. assumed: no batch has enough calls.",
    ),
  expected_call_seconds: z.int().describe("For calls whose pace is not measured: how long one keeps its slot."),
});
export type TurnAnswer = z.output<typeof turnAnswer>;

export const turnField = {
  turn: turnAnswer.optional().describe("While it waits for slots (`organization_concurrency`): when its turn comes."),
};
