import type { ErasedCall } from "../../../batch/rpc.ts";
import type { CallView } from "../../../calling/messages/batch-view.ts";
import { WEBHOOKS_AT_MOST } from "../../../calling/messages/webhook.ts";
import type { Failure } from "../../../calling/requests/failure.ts";
import { ok as erased, type Result } from "../../../calling/requests/result.ts";
import { type ApiContext, actOf, organizationOf, pathPart } from "../../context.ts";
import { ok, operation, refusal } from "../../operation.ts";
import { CALL, ONE_CALL, ofCall } from "./call.ts";

export const deleteCall = operation({
  ...ONE_CALL,
  method: "DELETE",
  id: "deleteCall",
  summary: "Erase the personal data of a call",
  description:
    "Erases the number, metadata, external id, the carrier's ids and messages, and events of the call. Other attempts to reach the same recipient are erased too. The fact of the call, its times and its end stay. A repeat gets the same answer.",
  answer: ok("The call after the erasure.", CALL),
  refusals: {
    409: refusal("call_not_over", "Its recipient is being called, or waits to be called again."),
  },
  handle: async (c) => {
    const answer = await ofCall(c, pathPart(c, "call_id"), (object, ...which) => object.eraseCall(...which, actOf(c)));
    return answer.ok ? erasedEverywhere(c, answer.value) : answer;
  },
});

/** The batch tells no webhook of them any more; what webhooks were told before is erased there. */
async function erasedEverywhere(c: ApiContext, { call, callIds }: ErasedCall): Promise<Result<CallView, Failure>> {
  const page = await organizationOf(c).listWebhooks(ALL);
  if (!page.ok) return page;
  await Promise.all(page.value.data.map(({ id }) => c.env.WEBHOOKS.getByName(id).eraseCalls(callIds)));
  return erased(call);
}

/** There are no more (`WEBHOOKS_AT_MOST`). */
const ALL = { limit: WEBHOOKS_AT_MOST, startingAfter: null, endingBefore: null };
