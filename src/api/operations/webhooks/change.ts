import { WEBHOOK_EVENTS } from "../../../calling/messages/webhook.ts";
import { err } from "../../../calling/requests/result.ts";
import { given } from "../../body/body.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import { content, ok, operation } from "../../operation.ts";
import { changeWebhookBody } from "../../requests/webhook.ts";
import { NO_KEY, ONE_WEBHOOK, urlProblem, WEBHOOK } from "./webhook.ts";

export const changeWebhook = operation({
  ...ONE_WEBHOOK,
  method: "PATCH",
  id: "changeWebhook",
  summary: "Change a webhook",
  description: "Absent fields are left unchanged.",
  body: content("ChangeWebhook", changeWebhookBody, { events: [...WEBHOOK_EVENTS], enabled: true }),
  answer: ok("The webhook after the change.", WEBHOOK),
  refusals: { 503: NO_KEY },
  handle: async (c, { body }) => {
    const problem = urlProblem(c, body.url);
    if (problem !== null) return err(problem);
    return organizationOf(c).changeWebhook(pathPart(c, "webhook_id"), given(body), actOf(c));
  },
});
