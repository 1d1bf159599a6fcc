/**
 * `POST /agents/calls/batches`. Everything is validated before anything is stored; then the organization settles the
 * order, and the batch's object stores it with every recipient. A repeat with the same `Idempotency-Key` and body meets
 * the same order and the same object, so it finds the batch or finishes what was interrupted.
 */

import { packRecipients } from "../../batch/store/recipients.ts";
import { withoutListed } from "../../calling/numbers/duplicates.ts";
import { present } from "../../calling/requests/assert.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { batchRequestOf, recipientsOf } from "../batch-request.ts";
import { type ApiContext, organizationOf } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { idempotencyKey, idempotencyOf } from "../idempotency.ts";
import { LOCATIONS } from "../locations.ts";
import { presentReadings } from "../national-numbers.ts";
import { newBatchOf } from "../new-batch.ts";
import { presentBatch } from "../present-batch.ts";
import { createBatchBody, recipientOf } from "../schemas/batch.ts";

export async function createBatch(c: ApiContext): Promise<Response> {
  const key = idempotencyKey(c);
  if (!key.ok) return respondWith(c, key.failure);
  const ordered = await newBatchOf(c, createBatchBody);
  if (!ordered.ok) return respondWith(c, ordered.failure);
  const { body, fingerprint, inSentWords, asRead, countryReadings, lineOf } = ordered.value;
  const once = recipientsOf(body);
  if (!once.ok) return fail(c, inSentWords(once.failure));

  const idempotency = await idempotencyOf(c, key.value, fingerprint);
  const order = await organizationOf(c).announceBatch(batchRequestOf(c, body, once.value.recipients, idempotency));
  if (!order.ok) return fail(c, order.failure);

  const route = present(routeOfBatch(order.value.id), "the organization gives batches' ids");
  const batch = c.env.BATCHES.getByName(route, { locationHint: LOCATIONS[order.value.region] });
  // An order that was announced by an earlier version names none.
  const recipients = withoutListed(once.value.recipients, order.value.doNotCall ?? []).map(recipientOf);
  const created = presentBatch(await batch.create(order.value, recipients.length, packRecipients(recipients)));
  const skipped = { duplicates: once.value.skipped, doNotCall: once.value.recipients.length - recipients.length };
  return c.json(
    {
      ...created,
      ...(countryReadings?.length ? { country_readings: presentReadings(countryReadings, lineOf) } : {}),
      ...(skipped.duplicates === 0 ? {} : { skipped_duplicates: skipped.duplicates }),
      ...(skipped.doNotCall === 0 ? {} : { skipped_do_not_call: skipped.doNotCall }),
      ...(asRead === null ? {} : { file: asRead }),
    },
    201,
  );
}
