import { z } from "zod";
import { mapped } from "../../../calling/requests/result.ts";
import { actOf, pathPart } from "../../context.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { ONE_CALL, ofCall } from "./call.ts";

export const cancelCall = operation({
  ...ONE_CALL,
  method: "POST",
  path: `${ONE_CALL.path}/cancel`,
  id: "cancelCall",
  summary: "End a call in flight",
  description: "Tells the carrier to hang up; the call then ends with the reason `api_cancelled`.",
  repeats: { isHarmless: true },
  answer: ok(
    "The carrier ends the call.",
    content("CallCancelled", z.object({ cancelled: z.literal(true) }), { cancelled: true }),
  ),
  refusals: {
    400: refusal("call_not_active", "The call was not answered yet, or has ended."),
    503: refusal("carrier_unavailable", "The carrier cannot be reached, and the call continues. Try again."),
  },
  handle: async (c) => {
    const ended = await ofCall(c, pathPart(c, "call_id"), (object, ...which) => object.cancelCall(...which, actOf(c)));
    return mapped(ended, () => ({ cancelled: true as const }));
  },
});
