/**
 * `POST /agents/calls/batches`. Everything is validated before anything is stored; then the organization settles the
 * order, and the batch's object stores it with every recipient. A repeat with the same `Idempotency-Key` and body meets
 * the same order and the same object, so it finds the batch or finishes what was interrupted.
 */

import { packedWithout, packRecipients, type RecipientPage } from "../../batch/store/recipients.ts";
import { present } from "../../calling/requests/assert.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import type { BatchRequest } from "../../organization/rpc.ts";
import { batchRequestOf, recipientsOf } from "../batch-request.ts";
import { type ApiContext, organizationOf } from "../context.ts";
import { type ApiError, errorOf, fail, respondWith } from "../envelope.ts";
import { idempotencyKey, idempotencyOf } from "../idempotency.ts";
import { LOCATIONS } from "../locations.ts";
import { presentReadings } from "../national-numbers.ts";
import { type NewBatch, newBatchOf } from "../new-batch.ts";
import { presentBatch } from "../present-batch.ts";
import { createBatchBody, recipientOf } from "../schemas/batch.ts";

/** What is kept of the request while the objects are asked: its people once, packed. */
type Taken = Pick<NewBatch<unknown>, "asRead" | "countryReadings" | "lineOf"> & {
  readonly request: BatchRequest;
  readonly pages: readonly RecipientPage[];
  readonly skippedDuplicates: number;
};

async function takenIn(c: ApiContext): Promise<Result<Taken, ApiError>> {
  const key = idempotencyKey(c);
  if (!key.ok) return key;
  const ordered = await newBatchOf(c, createBatchBody);
  if (!ordered.ok) return ordered;
  const { body, fingerprint, inSentWords, asRead, countryReadings, lineOf } = ordered.value;
  const once = recipientsOf(body);
  if (!once.ok) return err(errorOf(inSentWords(once.failure)));
  const { recipients, skipped: skippedDuplicates } = once.value;
  const request = batchRequestOf(c, body, recipients, idempotencyOf(c, key.value, fingerprint));
  const pages = packRecipients(recipients.map(recipientOf));
  return ok({ request, pages, skippedDuplicates, asRead, countryReadings, lineOf });
}

export async function createBatch(c: ApiContext): Promise<Response> {
  const taken = await takenIn(c);
  if (!taken.ok) return respondWith(c, taken.failure);
  const { request, pages, skippedDuplicates, asRead, countryReadings, lineOf } = taken.value;
  const order = await organizationOf(c).announceBatch(request);
  if (!order.ok) return fail(c, order.failure);

  const route = present(routeOfBatch(order.value.id), "the organization gives batches' ids");
  const batch = c.env.BATCHES.getByName(route, { locationHint: LOCATIONS[order.value.region] });
  // An order that was announced by an earlier version names none.
  const doNotCall = order.value.doNotCall ?? [];
  const all = { pages, total: request.numbers.length };
  const people = doNotCall.length === 0 ? all : packedWithout(pages, doNotCall);
  const created = presentBatch(await batch.create(order.value, people.total, people.pages));
  const skipped = { duplicates: skippedDuplicates, doNotCall: all.total - people.total };
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
