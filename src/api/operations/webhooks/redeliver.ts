import { pathPart } from "../../context.ts";
import { operation } from "../../operation.ts";
import { accepted, DISABLED, findEnabled, ONE_WEBHOOK } from "./webhook.ts";

export const redeliver = operation({
  ...ONE_WEBHOOK,
  method: "POST",
  path: `${ONE_WEBHOOK.path}/deliveries/:delivery_id/redeliver`,
  id: "redeliver",
  summary: "Deliver an event again",
  description: "Sends it at once with the same `webhook-id`, and retries for a day.",
  repeats: {},
  answer: accepted("The delivery has begun."),
  refusals: { 400: DISABLED },
  handle: async (c) => {
    const found = await findEnabled(c);
    if (!found.ok) return found;
    return found.value.object.redeliver(pathPart(c, "delivery_id"));
  },
});
