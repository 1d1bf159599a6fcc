import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { WEBHOOK, WEBHOOKS } from "./webhook.ts";

export const listWebhooks = operation({
  ...WEBHOOKS,
  method: "GET",
  id: "listWebhooks",
  summary: "List webhooks, newest first",
  query: listQuery,
  answer: ok("A page of webhooks.", pageView(WEBHOOK)),
  handle: (c, { query }) => organizationOf(c).listWebhooks(pageRequestOf(query)),
});
