import { ok } from "../../../calling/requests/result.ts";
import { operation } from "../../operation.ts";
import { accepted, DISABLED, findEnabled, ONE_WEBHOOK } from "./webhook.ts";

export const testWebhook = operation({
  ...ONE_WEBHOOK,
  method: "POST",
  path: `${ONE_WEBHOOK.path}/test`,
  id: "testWebhook",
  summary: "Send an event of type test, to see that it arrives",
  repeats: {},
  answer: accepted("It is on its way: the list of deliveries says how it went."),
  refusals: { 400: DISABLED },
  handle: async (c) => {
    const found = await findEnabled(c);
    if (!found.ok) return found;
    const owner = { webhookId: found.value.webhook.id, organizationId: c.get("organizationId") };
    return ok(await found.value.object.sendTest(owner));
  },
});
