import { presentRecipientDetail, recipientDetailAnswer } from "../../answers/calls/recipient.ts";
import { pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { ok, operation, view } from "../../operation.ts";
import { ONE_BATCH, ofBatch } from "../batches/batch.ts";

export const getRecipient = operation({
  ...ONE_BATCH,
  method: "GET",
  path: `${ONE_BATCH.path}/recipients/:recipient_id`,
  id: "getRecipient",
  summary: "Read one recipient with each of its attempts",
  answer: ok(
    "The recipient, with the outcome of each attempt to reach it.",
    view("RecipientDetail", recipientDetailAnswer, samples.recipientDetail, presentRecipientDetail),
  ),
  handle: async (c) => {
    const id = pathPart(c, "recipient_id");
    return ofBatch(c, (batch, ...whose) => batch.recipient(...whose, id));
  },
});
