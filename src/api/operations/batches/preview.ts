import { courseOf, settingsOf } from "../../../batch/steering/course.ts";
import { previewOf } from "../../../batch/steering/preview.ts";
import { EXPECTED_CALL_SECONDS } from "../../../calling/requests/limits.ts";
import { err, mapped } from "../../../calling/requests/result.ts";
import { presentPreview, previewAnswer } from "../../answers/calls/preview.ts";
import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { batchRequestOf, recipientsOf } from "../../orders/batch-request.ts";
import { newBatchOf } from "../../orders/new-batch.ts";
import { previewBatchBody, previewBatchForm } from "../../requests/preview.ts";
import { BATCHES, FORM, ORDER } from "./batch.ts";

/** Refuses what create would refuse, in the same words. */
export const previewBatch = operation({
  ...BATCHES,
  method: "POST",
  role: "viewer",
  path: `${BATCHES.path}/preview`,
  audit: null,
  id: "previewBatch",
  summary: "See what would happen to a batch before it is created",
  description:
    "Nothing is stored and no one is called. Accepts and refuses what Create does. The duration rests on an assumption about the calls' length, which the request may set and the answer repeats.",
  body: content("PreviewBatch", previewBatchBody, { ...ORDER, expected_call_seconds: 90 }),
  form: content("PreviewBatchForm", previewBatchForm, { ...FORM, expected_call_seconds: 90 }, "multipart/form-data"),
  readsBody: true,
  answer: ok(
    "Which recipients would be called, delayed, left out or failed, and why.",
    content("BatchPreview", previewAnswer, samples.preview),
  ),
  refusals: {
    402: refusal("usage_limit_reached", "It has more recipients than the organization may still call."),
    404: refusal("not_found", "There is no such agent or phone number."),
  },
  tool: {
    title: "Preview a batch",
    description:
      "Which recipients would be called, delayed, left out or failed, why, and how long it would take. No one is called and nothing is stored. The counts are for this request. `people` of create_batch is the number of recipients in it.",
  },
  handle: async (c) => {
    const ordered = await newBatchOf(c, previewBatchBody);
    if (!ordered.ok) return ordered;
    const { body, inSentWords, lineOf, asRead, countryReadings } = ordered.value;
    const submitted = body.recipients;
    const once = recipientsOf(body);
    if (!once.ok) return err(inSentWords(once.failure));
    const { recipients } = once.value;
    return mapped(await organizationOf(c).outlook(batchRequestOf(c, body, recipients, null)), (outlook) => {
      const preview = previewOf(submitted, recipients, outlook);
      const settings = settingsOf(outlook, body.expected_call_seconds ?? EXPECTED_CALL_SECONDS.usual);
      const course = courseOf(preview, settings);
      return presentPreview({ submitted, lineOf, asRead, countryReadings, preview, settings, course, outlook });
    });
  },
});
