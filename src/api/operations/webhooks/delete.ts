import { z } from "zod";
import { mapped } from "../../../calling/requests/result.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/webhooks.ts";
import { content, ok, operation } from "../../operation.ts";
import { ONE_WEBHOOK } from "./webhook.ts";

export const deleteWebhook = operation({
  ...ONE_WEBHOOK,
  method: "DELETE",
  id: "deleteWebhook",
  summary: "Delete a webhook and its deliveries",
  // As published: 200 with its id, not 204.
  answer: ok("Deleted.", content("WebhookDeleted", z.string().describe("Its id."), samples.webhook.id)),
  handle: async (c) => {
    const id = pathPart(c, "webhook_id");
    return mapped(await organizationOf(c).deleteWebhook(id, actOf(c)), () => id);
  },
});
