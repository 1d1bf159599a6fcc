import { packedWithout, packRecipients, type RecipientPage } from "../../../batch/store/recipients.ts";
import { presentBatch } from "../../../calling/answers/batch.ts";
import { present } from "../../../calling/requests/assert.ts";
import type { Failure } from "../../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import type { BatchRequest } from "../../../organization/messages/calling.ts";
import { presentReadings } from "../../answers/parts/file.ts";
import { idempotencyKey, idempotencyOf } from "../../body/idempotency.ts";
import { type ApiContext, actOf, organizationOf, routeOfOwn } from "../../context.ts";
import type { ApiError } from "../../envelope.ts";
import { LOCATIONS } from "../../locations.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { batchRequestOf, recipientsOf } from "../../orders/batch-request.ts";
import { type NewBatch, newBatchOf } from "../../orders/new-batch.ts";
import { createBatchBody, createBatchForm, recipientOf } from "../../requests/batch.ts";
import { BATCH, BATCHES, FORM, ORDER } from "./batch.ts";

/**
 * Everything is validated before anything is stored. Then the organization settles the order, and the batch's object
 * stores it with its recipients. A repeat with the same `Idempotency-Key` and body gets the same order and object. So
 * it finds the batch, or completes what broke off.
 */
export const createBatch = operation({
  ...BATCHES,
  method: "POST",
  id: "createBatch",
  summary: "Queue up to 5,000 calls",
  description:
    "One wrong recipient refuses the whole request, and nothing is stored. With an `Idempotency-Key` the request may be repeated after a lost answer: no one is dialed twice.",
  repeats: { isOrdered: true },
  keyGoesAlong: true,
  body: content("CreateBatch", createBatchBody, ORDER),
  form: content("CreateBatchForm", createBatchForm, FORM, "multipart/form-data"),
  readsBody: true,
  answer: created(
    "The batch, without its recipients. Dialing begins automatically.",
    content(BATCH.name, BATCH.schema, BATCH.example),
  ),
  refusals: {
    402: refusal("usage_limit_reached", "It has more recipients than the organization may still call."),
    404: refusal("not_found", "There is no such agent or phone number."),
    409: refusal("idempotency_key_reused", "The `Idempotency-Key` was used with another body in the last 24 hours."),
  },
  tool: {
    title: "Call people",
    description:
      "Queues phone calls to real people; the first may ring at once. Before, tell the user how many people will be called, from which number and by which agent, and ask for confirmation.",
    concerns: async ({ recipients }) => (Array.isArray(recipients) ? recipients.length : 0),
    fate: "will be called",
    isConfirmed: true,
  },
  handle: async (c) => {
    const taken = await takenIn(c);
    if (!taken.ok) return taken;
    const { request, skippedDuplicates, asRead, countryReadings, lineOf } = taken.value;
    const order = await organizationOf(c).announceBatch({ ...request, act: actOf(c) });
    if (!order.ok) return order;

    const route = present(routeOfOwn(c, order.value.id), "the organization gives batches' ids");
    const batch = c.env.BATCHES.getByName(route, { locationHint: LOCATIONS[order.value.region] });
    const { pages, total } = leftOf(taken.value, order.value.doNotCall ?? []);
    const creating = batch.create(order.value, total, pages);
    // The message holds them now, as bytes.
    pages.length = 0;
    const summary = await creating;
    const skipped = { duplicates: skippedDuplicates, doNotCall: request.numbers.length - total };
    return ok({
      ...presentBatch(summary),
      ...(countryReadings?.length ? { country_readings: presentReadings(countryReadings, lineOf) } : {}),
      ...(skipped.duplicates === 0 ? {} : { skipped_duplicates: skipped.duplicates }),
      ...(skipped.doNotCall === 0 ? {} : { skipped_do_not_call: skipped.doNotCall }),
      ...(asRead === null ? {} : { file: asRead }),
    });
  },
});

/** What is kept of the request while objects are asked: its recipients, packed, only once. */
type Taken = Pick<NewBatch<unknown>, "asRead" | "countryReadings" | "lineOf"> & {
  readonly request: BatchRequest;
  readonly pages: RecipientPage[];
  readonly skippedDuplicates: number;
};

/** `listed`: numbers that must not be called. Orders announced by an earlier version name none. */
const leftOf = ({ pages, request }: Taken, listed: readonly string[]) =>
  listed.length === 0 ? { pages, total: request.numbers.length } : packedWithout(pages, listed);

async function takenIn(c: ApiContext): Promise<Result<Taken, ApiError | Failure>> {
  const key = idempotencyKey(c);
  if (!key.ok) return key;
  const ordered = await newBatchOf(c, createBatchBody);
  if (!ordered.ok) return ordered;
  const { body, fingerprint, inSentWords, asRead, countryReadings, lineOf } = ordered.value;
  const once = recipientsOf(body);
  if (!once.ok) return err(inSentWords(once.failure));
  const { recipients, skipped: skippedDuplicates } = once.value;
  const request = batchRequestOf(c, body, recipients, idempotencyOf(c, key.value, fingerprint));
  const pages = packRecipients(recipients.map(recipientOf));
  return ok({ request, pages, skippedDuplicates, asRead, countryReadings, lineOf });
}
