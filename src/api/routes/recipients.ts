/** `/agents/calls/batches/{id}/recipients`: a batch's recipients page by page, and one of them. Ours. */

import { notFound } from "../../calling/failure.ts";
import { routeOfBatch } from "../../calling/ids.ts";
import { err } from "../../calling/result.ts";
import { type ApiContext, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentRecipientDetail, presentRecipients } from "../present.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listRecipientsQuery } from "../schemas/batch.ts";

export async function listRecipients(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listRecipientsQuery, ["status"]);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, q } = query.value;
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  const page =
    route === null
      ? err(notFound("batch"))
      : await c.env.BATCHES.getByName(route).recipients(id, c.get("organizationId"), {
          ...pageRequestOf(query.value),
          statuses: status ?? null,
          // An empty search finds everybody, as no search does.
          text: q?.trim() || null,
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
