/**
 * `POST /agents/calls/batches/preview`: the body of a create, answered with what would come of it. Nothing is stored and
 * nobody is called. What create would refuse is refused here in the same words.
 */

import { courseOf, settingsOf } from "../../batch/steering/course.ts";
import { previewOf } from "../../batch/steering/preview.ts";
import { EXPECTED_CALL_SECONDS } from "../../calling/requests/limits.ts";
import { batchRequestOf, recipientsOf } from "../batch-request.ts";
import { type ApiContext, organizationOf } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { newBatchOf } from "../new-batch.ts";
import { presentPreview } from "../present-preview.ts";
import { previewBatchBody } from "../schemas/preview.ts";

export async function previewBatch(c: ApiContext): Promise<Response> {
  const ordered = await newBatchOf(c, previewBatchBody);
  if (!ordered.ok) return respondWith(c, ordered.failure);
  const { body, inSentWords, lineOf, asRead, countryReadings } = ordered.value;
  const submitted = body.recipients;
  const once = recipientsOf(body);
  if (!once.ok) return fail(c, inSentWords(once.failure));
  const outlook = await organizationOf(c).outlook(batchRequestOf(c, body, once.value.recipients, null));
  if (!outlook.ok) return fail(c, outlook.failure);

  const preview = previewOf(submitted, once.value.recipients, outlook.value);
  const callSeconds = body.expected_call_seconds ?? EXPECTED_CALL_SECONDS.usual;
  const settings = settingsOf(outlook.value, callSeconds);
  const course = courseOf(preview, settings);
  return c.json(
    presentPreview({ submitted, lineOf, asRead, countryReadings, preview, settings, course, outlook: outlook.value }),
  );
}
