/** `…/{id}/recipients.csv`: a file of results that is read from the batch while it is sent, one page of recipients at a time. */

import type { RecipientListRequest } from "../../batch/rpc.ts";
import { notFound } from "../../calling/requests/failure.ts";
import { PAGE_LIMIT } from "../../calling/requests/limits.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { type ApiContext, pathPart } from "../context.ts";
import { type ExportFormat, headerLine, MAX_METADATA_COLUMNS, recipientLines } from "../csv/export-rows.ts";
import { csvFormatOf } from "../csv/lines.ts";
import { csvStream } from "../csv/stream.ts";
import { fail, respondWith } from "../envelope.ts";
import { queryOf } from "../query.ts";
import { exportRecipientsQuery } from "../schemas/queries.ts";

export async function exportRecipients(c: ApiContext): Promise<Response> {
  const query = queryOf(c, exportRecipientsQuery, ["status", "outcome"]);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, outcome, q } = query.value;
  const filter = { statuses: status ?? null, outcomes: outcome ?? null, text: q?.trim() || null };
  const id = pathPart(c, "batch_id");
  const route = routeOfBatch(id);
  if (route === null) return fail(c, notFound("batch"));
  const keys = await c.env.BATCHES.getByName(route).metadataKeys(id, c.get("organizationId"), MAX_METADATA_COLUMNS);
  if (!keys.ok) return fail(c, keys.failure);
  const format: ExportFormat = {
    ...csvFormatOf(query.value),
    keys: keys.value.keys,
    hasMoreKeys: keys.value.hasMore,
  };
  return c.body(linesFrom(c, id, route, filter, format), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${id}.csv"; filename*=UTF-8''${fileName(keys.value.batchName)}`,
  });
}

function linesFrom(
  c: ApiContext,
  id: string,
  route: string,
  filter: Pick<RecipientListRequest, "statuses" | "outcomes" | "text">,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  const organizationId = c.get("organizationId");
  let startingAfter: string | null = null;
  return csvStream(headerLine(format), async () => {
    const request = { limit: PAGE_LIMIT.most, startingAfter, endingBefore: null, externalId: null, ...filter };
    const page = await c.env.BATCHES.getByName(route).recipients(id, organizationId, request);
    if (!page.ok) throw new Error(`recipients of ${id} could not be read on: ${page.failure.kind}`);
    startingAfter = page.value.nextPage;
    return { lines: recipientLines(page.value.data, format), isLast: startingAfter === null };
  });
}

/** The batch's name as RFC 8187 has it, without what a file's name may not have. */
const fileName = (batchName: string): string =>
  `${encodeURIComponent(batchName.toWellFormed().replace(/[\p{Cc}/\\:*?"<>|]/gu, "-")).replace(/['()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}.csv`;
