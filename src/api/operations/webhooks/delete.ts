import { organizationOf, pathPart } from "../../context.ts";
import { deleted, operation } from "../../operation.ts";
import { ONE_WEBHOOK } from "./webhook.ts";

export const deleteWebhook = operation({
  ...ONE_WEBHOOK,
  method: "DELETE",
  id: "deleteWebhook",
  summary: "Delete a webhook, and with it its deliveries",
  answer: deleted,
  handle: (c) => organizationOf(c).deleteWebhook(pathPart(c, "webhook_id")),
});
