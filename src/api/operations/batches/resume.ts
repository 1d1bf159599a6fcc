import { operation } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const resumeBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/resume`,
  id: "resumeBatch",
  summary: "Dial on",
  description: "Whether a human paused the batch or its circuit breaker stopped it: then without a trial call.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  handle: (c) => ofBatch(c, (batch, ...whose) => batch.resume(...whose)),
});
