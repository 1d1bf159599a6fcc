import { notFound } from "../../../calling/requests/failure.ts";
import { err } from "../../../calling/requests/result.ts";
import { actOf, organizationOf, pathPart, routeOfOwn } from "../../context.ts";
import { deleted, operation, refusal } from "../../operation.ts";
import { ONE_BATCH } from "./batch.ts";

export const deleteBatch = operation({
  ...ONE_BATCH,
  method: "DELETE",
  id: "deleteBatch",
  summary: "Delete a batch that is over, with its recipients and calls",
  description:
    "Deletes for good: its recipients, its calls, and the webhook deliveries about them. A repeat of its `Idempotency-Key` is refused with 409 `batch_deleted`.",
  answer: deleted,
  refusals: {
    409: refusal("batch_not_over", "Recipients wait in it, or calls are in flight: cancel it first."),
    503: refusal(
      "not_configured",
      "Files of its archive are in a bucket that is not bound, or the bound one may be another. The batch is gone, and its archive follows by itself once the operator has bound the right one.",
    ),
  },
  handle: async (c) => {
    const id = pathPart(c, "batch_id");
    return routeOfOwn(c, id) === null ? err(notFound("batch")) : organizationOf(c).deleteBatch(id, actOf(c));
  },
});
