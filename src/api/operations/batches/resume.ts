import { actOf } from "../../context.ts";
import { operation } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const resumeBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/resume`,
  id: "resumeBatch",
  summary: "Resume a batch",
  description:
    "Works for a batch that a human paused, and for one that its circuit breaker stopped; the latter then makes no trial call.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  handle: (c) => ofBatch(c, (batch, ...whose) => batch.steer(...whose, "resume", actOf(c))),
});
