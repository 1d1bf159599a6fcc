import { storedSizeProblem } from "../../../batch/store/stored-size.ts";
import { externalIdProblem } from "../../../calling/numbers/duplicates.ts";
import { err, ok } from "../../../calling/requests/result.ts";
import { appendedAnswer, presentAppended } from "../../answers/calls/batch.ts";
import { presentReadings } from "../../answers/parts/file.ts";
import { actOf } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { answered, content, operation, refusal } from "../../operation.ts";
import { newBatchOf } from "../../orders/new-batch.ts";
import { appendRecipientsBody, appendRecipientsForm, recipientOf } from "../../requests/batch.ts";
import { ONE_BATCH, ofBatch } from "../batches/batch.ts";

export const appendRecipients = operation({
  ...ONE_BATCH,
  method: "POST",
  path: `${ONE_BATCH.path}/recipients`,
  id: "appendRecipients",
  summary: "Add recipients to a batch, even a finished one",
  description:
    "All or nothing. Skips a recipient whose `external_id` is already in the batch. Skips a known number too, unless `on_duplicate` says otherwise. So the request may be repeated. Numbers on the do-not-call list are left out.",
  repeats: { isHarmless: true },
  body: content("AppendRecipients", appendRecipientsBody, {
    recipients: [{ to_number: "+14155550125", external_id: "appointment-3", metadata: { first_name: "Edith" } }],
  }),
  form: content(
    "AppendRecipientsForm",
    appendRecipientsForm,
    { file: "to_number,external_id,first_name\r\n+14155550125,appointment-3,Edith\r\n" },
    "multipart/form-data",
  ),
  readsBody: true,
  answer: answered(
    200,
    "The batch after the change, and how many recipients were added.",
    content("Appended", appendedAnswer, { ...samples.batch, total_calls_scheduled: 3, appended_recipients: 1 }),
  ),
  refusals: {
    400: refusal(
      "batch_cancelled",
      "The request is not valid, or the batch would have too many recipients. Or the batch was cancelled (`batch_cancelled`), or its calling window has expired (`batch_over`).",
    ),
    402: refusal("usage_limit_reached", "There are more new recipients than the organization may still call."),
  },
  handle: async (c) => {
    const sent = await newBatchOf(c, appendRecipientsBody);
    if (!sent.ok) return sent;
    const { body, inSentWords, asRead, countryReadings, lineOf } = sent.value;
    const problem = externalIdProblem(body.recipients) ?? storedSizeProblem(body.recipients);
    if (problem !== null) return err(inSentWords(problem));
    // The same number twice is more often a repeated request than two calls to one person.
    const onDuplicate = body.on_duplicate ?? "skip";
    const recipients = body.recipients.map(recipientOf);
    const key = c.req.header("idempotency-key") ?? null;
    const appended = await ofBatch(c, (batch, ...whose) =>
      batch.append(...whose, recipients, onDuplicate, key, actOf(c)),
    );
    if (!appended.ok) return err(inSentWords(appended.failure));
    const readings = countryReadings?.length ? { country_readings: presentReadings(countryReadings, lineOf) } : {};
    return ok({ ...presentAppended(appended.value), ...readings, ...(asRead === null ? {} : { file: asRead }) });
  },
});
