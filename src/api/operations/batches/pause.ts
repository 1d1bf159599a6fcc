import { actOf } from "../../context.ts";
import { operation, refusal } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const pauseBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/pause`,
  id: "pauseBatch",
  summary: "Pause dialing until the batch is resumed",
  description: "Calls in flight run to their end. The batch gives up its slots and keeps its place in the queue.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  refusals: { 400: refusal("batch_over", "No recipient waits in it (`batch_over`).") },
  handle: (c) => ofBatch(c, (batch, ...whose) => batch.steer(...whose, "pause", actOf(c))),
});
