import { countOf } from "../../mcp/tool.ts";
import { operation, refusal } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const retryBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/retry`,
  id: "retryBatch",
  summary: "Call those again whose latest attempt failed",
  description:
    "They keep their ids and get a new call each. Where nobody failed, nothing changes. 404 where the batch's agent or number was deleted, 400 where its carrier no longer connects the agent.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  refusals: { 400: refusal("batch_cancelled", "It was cancelled (`batch_cancelled`).") },
  tool: {
    title: "Call those again who failed",
    description:
      "Calls everybody in the batch again whose call failed. Say to the user how many that are (get_batch tells) and have it confirmed before.",
    concerns: countOf("failed"),
    fate: "will be called again",
    isConfirmed: true,
  },
  handle: async (c) => {
    const key = c.req.header("idempotency-key") ?? null;
    return ofBatch(c, (batch, ...whose) => batch.retry(...whose, key));
  },
});
