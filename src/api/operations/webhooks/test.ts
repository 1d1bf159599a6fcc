import { ok } from "../../../calling/requests/result.ts";
import { operation } from "../../operation.ts";
import { accepted, DISABLED, findEnabled, ONE_WEBHOOK } from "./webhook.ts";

export const testWebhook = operation({
  ...ONE_WEBHOOK,
  method: "POST",
  path: `${ONE_WEBHOOK.path}/test`,
  id: "testWebhook",
  summary: "Send a test event",
  repeats: {},
  answer: accepted("The delivery has begun: the list of deliveries shows its result."),
  refusals: { 400: DISABLED },
  handle: async (c) => {
    const found = await findEnabled(c);
    if (!found.ok) return found;
    const owner = { webhookId: found.value.webhook.id, organizationId: c.get("organizationId") };
    return ok(await found.value.object.sendTest(owner));
  },
});
