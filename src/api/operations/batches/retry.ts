import { actOf } from "../../context.ts";
import { countOf } from "../../mcp/tool.ts";
import { operation, refusal } from "../../operation.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch } from "./batch.ts";

export const retryBatch = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/retry`,
  id: "retryBatch",
  summary: "Call failed recipients again",
  description:
    "They keep their ids, and each gets a new call. Without failed recipients nothing changes. 404 if the batch's agent or number was deleted. 400 if its carrier no longer connects the agent, has no gateway in its region, or cannot tell machines from people as the batch asks.",
  repeats: { isHarmless: true },
  answer: AFTERWARDS,
  refusals: {
    400: refusal(
      "batch_cancelled",
      "The batch was cancelled (`batch_cancelled`), or its calling window has expired (`batch_over`).",
    ),
  },
  tool: {
    title: "Call failed recipients again",
    description:
      "Calls every recipient of the batch again whose call failed. Before, tell the user how many those are (see get_batch) and ask for confirmation.",
    concerns: countOf("failed"),
    fate: "will be called again",
    isConfirmed: true,
  },
  handle: async (c) => {
    const key = c.req.header("idempotency-key") ?? null;
    return ofBatch(c, (batch, ...whose) => batch.retry(...whose, key, actOf(c)));
  },
});
