import { actOf } from "../../context.ts";
import { countOf } from "../../mcp/tool.ts";
import { operation } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const cancelBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/cancel`,
  id: "cancelBatch",
  summary: "Cancel the waiting recipients of a batch",
  description:
    "Calls in flight run to their end and are counted, and no recipient is retried automatically. A batch that has dialed all of its recipients keeps its status.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  tool: {
    title: "Cancel a batch",
    description: "Waiting recipients are not called. Calls in flight run to their end.",
    concerns: countOf("queued"),
    fate: "were waiting and will not be called",
  },
  handle: (c) => ofBatch(c, (batch, ...whose) => batch.cancel(...whose, actOf(c))),
});
