/** `/agents/calls/batches/{id}/recipients`: a batch's recipients page by page, one of them, and more of them. Ours. */

import { storedSizeProblem } from "../../batch/store/stored-size.ts";
import { externalIdProblem } from "../../calling/numbers/duplicates.ts";
import { notFound } from "../../calling/requests/failure.ts";
import { err } from "../../calling/requests/result.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { type ApiContext, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentReadings } from "../national-numbers.ts";
import { newBatchOf } from "../new-batch.ts";
import { presentAppended, presentRecipientDetail, presentRecipients } from "../present-batch.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { appendRecipientsBody, recipientOf } from "../schemas/batch.ts";
import { listRecipientsQuery } from "../schemas/queries.ts";

export async function listRecipients(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listRecipientsQuery, ["status", "outcome"]);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, outcome, q, external_id } = query.value;
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  const page =
    route === null
      ? err(notFound("batch"))
      : await c.env.BATCHES.getByName(route).recipients(id, c.get("organizationId"), {
          ...pageRequestOf(query.value),
          statuses: status ?? null,
          outcomes: outcome ?? null,
          // An empty search finds everybody, as no search does.
          text: q?.trim() || null,
          externalId: external_id || null,
        });
  return page.ok ? c.json(presentRecipients(page.value)) : fail(c, page.failure);
}

export async function getRecipient(c: ApiContext): Promise<Response> {
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  const recipient =
    route === null
      ? err(notFound("batch"))
      : await c.env.BATCHES.getByName(route).recipient(id, c.get("organizationId"), pathPart(c, "recipient_id"));
  return recipient.ok ? c.json(presentRecipientDetail(recipient.value)) : fail(c, recipient.failure);
}

export async function appendRecipients(c: ApiContext): Promise<Response> {
  const sent = await newBatchOf(c, appendRecipientsBody);
  if (!sent.ok) return respondWith(c, sent.failure);
  const { body, inSentWords, asRead, countryReadings, lineOf } = sent.value;
  const problem = externalIdProblem(body.recipients) ?? storedSizeProblem(body.recipients);
  if (problem !== null) return fail(c, inSentWords(problem));
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  // The same number twice is more often a repeated request than two calls to one person.
  const onDuplicate = body.on_duplicate ?? "skip";
  const recipients = body.recipients.map(recipientOf);
  const appended =
    route === null
      ? err(notFound("batch"))
      : await c.env.BATCHES.getByName(route).append(
          id,
          c.get("organizationId"),
          recipients,
          onDuplicate,
          c.req.header("idempotency-key") ?? null,
        );
  if (!appended.ok) return fail(c, inSentWords(appended.failure));
  const readings = countryReadings?.length ? { country_readings: presentReadings(countryReadings, lineOf) } : {};
  return c.json({ ...presentAppended(appended.value), ...readings, ...(asRead === null ? {} : { file: asRead }) });
}
