/** `/agents/calls/batches`. */

import { z } from "zod";
import {
  appendRecipientsBody,
  appendRecipientsForm,
  batchChange,
  changeBatchBody,
  createBatchBody,
  createBatchForm,
} from "../../schemas/batch.ts";
import {
  appendedAnswer,
  batchAnswer,
  batchDetailAnswer,
  liveTicketAnswer,
  recipientDetailAnswer,
  recipientPageAnswer,
} from "../../schemas/batch-answers.ts";
import { changePreviewAnswer } from "../../schemas/change-preview.ts";
import { pageOf } from "../../schemas/common-answers.ts";
import { previewAnswer, previewBatchBody, previewBatchForm } from "../../schemas/preview.ts";
import { exportRecipientsQuery, getBatchQuery, listBatchesQuery, listRecipientsQuery } from "../../schemas/queries.ts";
import { content, created, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

const PATH = "/agents/calls/batches";
const batch = content("Batch", batchAnswer, samples.batch);
const head = {
  name: samples.batch.name,
  agent_id: samples.agent.id,
  from_number_id: samples.phoneNumber.id,
  target_concurrency_limit: 10,
};
const order = {
  ...head,
  recipients: [
    { to_number: "+14155550123", metadata: { first_name: "Ada" } },
    { to_number: "+14155550124", metadata: { first_name: "Grace" } },
  ],
};
const form = { ...head, file: "to_number,first_name\r\n+14155550123,Ada\r\n+14155550124,Grace\r\n" };
const afterwards = ok("The batch as it is now, without its recipients.", batch);
const OVER = "Nobody waits in it any more (`batch_over`)";

export const BATCH_OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: PATH,
    audience: "client",
    id: "createBatch",
    tag: "Batches",
    summary: "Queue up to 5,000 calls",
    description:
      "One bad recipient refuses the whole request, and nothing is stored. Nobody is dialed twice: with an `Idempotency-Key` the request may be repeated after an answer that never came.",
    takesIdempotencyKey: true,
    body: content("CreateBatch", createBatchBody, order),
    form: { ...content("CreateBatchForm", createBatchForm, form), mediaType: "multipart/form-data" },
    answer: created("The batch, without its recipients. Dialing begins by itself.", batch),
    refusals: {
      402: { description: "It has more recipients than the organization may call.", code: "usage_limit_reached" },
      404: { description: "There is no such agent or phone number.", code: "not_found" },
      409: {
        description: "The `Idempotency-Key` was used with another body in the last 24 hours.",
        code: "idempotency_key_reused",
      },
    },
  },
  {
    method: "POST",
    path: `${PATH}/preview`,
    audience: "client",
    id: "previewBatch",
    tag: "Batches",
    summary: "See what would come of a batch before it is created",
    description:
      "Nothing is stored and nobody is called. It takes what Create takes, and refuses what Create refuses. How long it would take rests on an assumption about the calls, which the answer names and the request may give.",
    body: content("PreviewBatch", previewBatchBody, { ...order, expected_call_seconds: 90 }),
    form: {
      ...content("PreviewBatchForm", previewBatchForm, { ...form, expected_call_seconds: 90 }),
      mediaType: "multipart/form-data",
    },
    answer: ok(
      "Who would be called, kept waiting, left out or failed, and why.",
      content("BatchPreview", previewAnswer, samples.preview),
    ),
    refusals: {
      402: { description: "It has more recipients than the organization may call.", code: "usage_limit_reached" },
      404: { description: "There is no such agent or phone number.", code: "not_found" },
    },
  },
  {
    method: "GET",
    path: PATH,
    audience: "client",
    id: "listBatches",
    tag: "Batches",
    summary: "List batches, newest first",
    query: listBatchesQuery,
    answer: ok(
      "A page of batches without their recipients.",
      content("BatchPage", pageOf(batchAnswer), samples.page(samples.batch)),
    ),
  },
  {
    method: "GET",
    path: `${PATH}/:batch_id`,
    audience: "client",
    id: "getBatch",
    tag: "Batches",
    summary: "Read a batch and its recipients",
    query: getBatchQuery,
    answer: ok("The batch with every recipient.", content("BatchDetail", batchDetailAnswer, samples.batchDetail)),
  },
  {
    method: "GET",
    path: `${PATH}/:batch_id/recipients`,
    audience: "client",
    id: "listRecipients",
    tag: "Batches",
    summary: "Look through a batch's recipients, in the order submitted",
    description:
      "Recipients change while they are read: one that has another status by now is still good as `starting_after` or `ending_before`.",
    query: listRecipientsQuery,
    answer: ok("A page of recipients.", content("RecipientPage", recipientPageAnswer, samples.recipientPage)),
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/recipients`,
    audience: "client",
    id: "appendRecipients",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Add recipients to a batch that runs, waits or is over",
    description:
      "All or nothing. Whose `external_id` is in the batch already is skipped, and so is a number that is, unless `on_duplicate` says otherwise: so the request may be repeated. Numbers on the do-not-call list are left out.",
    body: content("AppendRecipients", appendRecipientsBody, {
      recipients: [{ to_number: "+14155550125", external_id: "appointment-3", metadata: { first_name: "Edith" } }],
    }),
    form: {
      ...content("AppendRecipientsForm", appendRecipientsForm, {
        file: "to_number,external_id,first_name\r\n+14155550125,appointment-3,Edith\r\n",
      }),
      mediaType: "multipart/form-data",
    },
    answer: ok(
      "The batch as it is now, and how many were added.",
      content("Appended", appendedAnswer, { ...samples.batch, total_calls_scheduled: 3, appended_recipients: 1 }),
    ),
    refusals: {
      400: {
        description:
          "The request is not valid, the batch would have too many recipients, it was cancelled (`batch_cancelled`), or its calling window has expired (`batch_over`).",
        code: "batch_cancelled",
      },
      402: { description: "They are more recipients than the organization may call.", code: "usage_limit_reached" },
    },
  },
  {
    method: "GET",
    path: `${PATH}/:batch_id/recipients/:recipient_id`,
    audience: "client",
    id: "getRecipient",
    tag: "Batches",
    summary: "Read one recipient with each of its attempts",
    answer: ok(
      "The recipient, with what became of each attempt to reach it.",
      content("RecipientDetail", recipientDetailAnswer, samples.recipientDetail),
    ),
  },
  {
    method: "GET",
    path: `${PATH}/:batch_id/recipients.csv`,
    audience: "client",
    id: "exportRecipients",
    tag: "Batches",
    summary: "Download a batch's recipients and what became of them, as CSV",
    description:
      "A row for each in the order submitted, as it is when it is read; columns of results, then one for each key of the metadata. What a spreadsheet would run as a formula has an apostrophe before it. Create takes the file again: then numbers, time zones and metadata are taken, and the results are left out.",
    query: exportRecipientsQuery,
    answer: ok("The file.", {
      ...content("RecipientsCsv", z.string(), samples.recipientsCsv),
      mediaType: "text/csv",
    }),
  },
  {
    method: "PATCH",
    path: `${PATH}/:batch_id`,
    audience: "client",
    id: "changeBatch",
    tag: "Batches",
    summary: "Change what a batch is to do",
    description:
      "Fields that are not given stay as they are. The start can be moved until somebody was dialed. A change by which people who wait could never be called is refused, unless it says `allow_failures`; the preview tells who they are.",
    body: content("ChangeBatch", changeBatchBody, { target_concurrency_limit: 5 }),
    answer: afterwards,
    refusals: {
      400: {
        description:
          "The request is not valid, somebody was dialed already (`batch_started`), or people who wait would fail (`change_fails_recipients`).",
        code: "batch_started",
      },
    },
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/preview`,
    audience: "client",
    id: "previewChange",
    tag: "Batches",
    summary: "See what a change would do to those who wait",
    description:
      "Nothing is changed. It takes what Change takes, and refuses what Change refuses, but for failures: it counts them.",
    body: content("PreviewChange", batchChange, { calling_window: null }),
    answer: ok(
      "How many may be called as before, sooner or later, how many could never be, and why.",
      content("ChangePreview", changePreviewAnswer, samples.changePreview),
    ),
    refusals: {
      400: {
        description: "The request is not valid, or somebody was dialed already (`batch_started`).",
        code: "batch_started",
      },
    },
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/pause`,
    audience: "client",
    id: "pauseBatch",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Dial nobody until it is resumed",
    description: "Calls in flight run to their end. The slots go to others; the batch keeps its place in the line.",
    answer: afterwards,
    refusals: { 400: { description: `${OVER}.`, code: "batch_over" } },
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/resume`,
    audience: "client",
    id: "resumeBatch",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Dial on",
    description: "Whether a human paused the batch or its circuit breaker stopped it: then without a trial call.",
    answer: afterwards,
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/cancel`,
    audience: "client",
    id: "cancelBatch",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Cancel whoever waits",
    description:
      "Calls in flight run to their end and are counted, and nobody is called again by itself. A batch that was dialed in full stays what it is.",
    answer: afterwards,
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/retry`,
    audience: "client",
    id: "retryBatch",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Call those again whose latest attempt failed",
    description:
      "They keep their ids and get a new call each. Where nobody failed, nothing changes. 404 where the batch's agent or number was deleted, 400 where its carrier does not connect the agent any more.",
    answer: afterwards,
    refusals: { 400: { description: "It was cancelled (`batch_cancelled`).", code: "batch_cancelled" } },
  },
  {
    method: "POST",
    path: `${PATH}/:batch_id/live-ticket`,
    audience: "client",
    id: "createLiveTicket",
    takesIdempotencyKey: true,
    tag: "Batches",
    summary: "Get a ticket to watch a batch live",
    answer: created(
      "Good for one WebSocket, within a minute.",
      content("LiveTicket", liveTicketAnswer, samples.liveTicket),
    ),
  },
];
