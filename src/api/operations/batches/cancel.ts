import { countOf } from "../../mcp/tool.ts";
import { operation } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const cancelBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/cancel`,
  id: "cancelBatch",
  summary: "Cancel those who wait",
  description:
    "Calls in flight run to their end and are counted, and nobody is called again by itself. A batch that was dialed in full stays what it is.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  tool: {
    title: "Cancel a batch",
    description: "Those who still wait are not called. Calls that are under way run to their end.",
    concerns: countOf("queued"),
    fate: "waited and will not be called",
  },
  handle: (c) => ofBatch(c, (batch, ...whose) => batch.cancel(...whose)),
});
