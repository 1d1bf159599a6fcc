import { bytesOfItems, itemsAsked } from "../../limits/reading-room.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { DELIVERY, find, ONE_WEBHOOK } from "./webhook.ts";

export const listDeliveries = operation({
  ...ONE_WEBHOOK,
  method: "GET",
  path: `${ONE_WEBHOOK.path}/deliveries`,
  id: "listDeliveries",
  summary: "List a webhook's deliveries, newest first",
  description: "All deliveries that will be tried again, and about 100 finished ones.",
  query: listQuery,
  answer: ok("A page of deliveries.", pageView(DELIVERY)),
  answerBytes: (c) => bytesOfItems(itemsAsked(c)),
  handle: async (c, { query }) => {
    const found = await find(c);
    if (!found.ok) return found;
    return found.value.object.deliveries(pageRequestOf(query));
  },
});
