import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ONE_WEBHOOK, WEBHOOK } from "./webhook.ts";

export const getWebhook = operation({
  ...ONE_WEBHOOK,
  method: "GET",
  id: "getWebhook",
  summary: "Read a webhook",
  answer: ok("The webhook.", WEBHOOK),
  handle: (c) => organizationOf(c).getWebhook(pathPart(c, "webhook_id")),
});
