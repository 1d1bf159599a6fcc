/** The Worker: the HTTP API, the consumer of its queue, and the classes of its Durable Objects. */

import { serve } from "./api/app.ts";
import { takeDeliveries } from "./api/webhooks/delivery.ts";
import { withDeadlines } from "./deadline.ts";
import type { Bindings } from "./env.ts";
import { withinJurisdiction } from "./jurisdiction.ts";
import type { DeliveryMessage } from "./webhooks/rpc.ts";

export { DeliveringWebhook as WebhookObject } from "./api/webhooks/delivery.ts";
export { LaneObject } from "./batch/dialing/lane.ts";
export { BatchObject } from "./batch/object.ts";
export { DirectoryObject } from "./organization/directory.ts";
export { OrganizationObject } from "./organization/object.ts";

export default {
  fetch: (request: Request, env: Bindings, ctx: ExecutionContext) =>
    serve(request, withDeadlines(withinJurisdiction(env)), ctx),
  queue: (messages: MessageBatch<DeliveryMessage>, env: Bindings, ctx: ExecutionContext) =>
    takeDeliveries(messages, withinJurisdiction(env), ctx),
} satisfies ExportedHandler<Bindings, DeliveryMessage>;
