import { labelsOf } from "../../../calling/words/remarks.ts";
import { presentRecipients, recipientPageAnswer } from "../../answers/calls/recipient.ts";
import { bytesOfItems, itemsAsked } from "../../limits/reading-room.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { ok, operation, view } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listRecipientsQuery } from "../../requests/queries.ts";
import { ONE_BATCH, ofBatch } from "../batches/batch.ts";

export const listRecipients = operation({
  ...ONE_BATCH,
  method: "GET",
  path: `${ONE_BATCH.path}/recipients`,
  id: "listRecipients",
  summary: "List a batch's recipients, in the order submitted",
  description:
    "Recipients may change between pages. One whose status has changed still works as `starting_after` or `ending_before`.",
  query: listRecipientsQuery,
  lists: ["status", "outcome", "call_tag"],
  answer: ok(
    "A page of recipients.",
    view("RecipientPage", recipientPageAnswer, samples.recipientPage, presentRecipients),
  ),
  answerBytes: (c) => bytesOfItems(itemsAsked(c)),
  handle: async (c, { query }) => {
    const { status, outcome, q, external_id, call_outcome, call_tag } = query;
    const request = {
      ...pageRequestOf(query),
      statuses: status ?? null,
      outcomes: outcome ?? null,
      // An empty search finds all recipients, like no search.
      text: q?.trim() || null,
      externalId: external_id || null,
      labels: labelsOf({ outcome: call_outcome, tags: call_tag }),
    };
    return ofBatch(c, (batch, ...whose) => batch.recipients(...whose, request));
  },
});
