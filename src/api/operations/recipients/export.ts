import { z } from "zod";
import type { RecipientListRequest } from "../../../batch/rpc.ts";
import { csvFormatOf } from "../../../calling/csv/lines.ts";
import { PAGE_LIMIT } from "../../../calling/requests/limits.ts";
import { labelsOf } from "../../../calling/words/remarks.ts";
import { type ApiContext, pathPart } from "../../context.ts";
import { type ExportFormat, headerLine, MAX_METADATA_COLUMNS, recipientLines } from "../../csv/export-rows.ts";
import { csvStream } from "../../csv/stream.ts";
import { bytesOfItems } from "../../limits/reading-room.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation } from "../../operation.ts";
import { exportRecipientsQuery } from "../../requests/queries.ts";
import { ONE_BATCH, ofBatch } from "../batches/batch.ts";

/** Written while it is sent, one page of recipients at a time. */
export const exportRecipients = operation({
  ...ONE_BATCH,
  method: "GET",
  path: `${ONE_BATCH.path}/recipients.csv`,
  id: "exportRecipients",
  summary: "Download a batch's recipients and their results as CSV",
  description:
    "One row for each recipient, in the order submitted: columns of results, then one for each key of the metadata. Cells that a spreadsheet would run as a formula begin with an apostrophe. Create accepts the file again: it takes numbers, time zones and metadata, and ignores the results.",
  query: exportRecipientsQuery,
  lists: ["status", "outcome", "call_tag"],
  answer: ok("The file.", content("RecipientsCsv", z.string(), samples.recipientsCsv, "text/csv")),
  answerBytes: () => bytesOfItems(PAGE_LIMIT.most),
  handle: async (c, { query }) => {
    const { status, outcome, q, call_outcome, call_tag } = query;
    const labels = labelsOf({ outcome: call_outcome, tags: call_tag });
    const filter = { statuses: status ?? null, outcomes: outcome ?? null, text: q?.trim() || null, labels };
    const keys = await ofBatch(c, (batch, ...whose) => batch.metadataKeys(...whose, MAX_METADATA_COLUMNS));
    if (!keys.ok) return keys;
    const format = { ...csvFormatOf(query), keys: keys.value.keys, hasMoreKeys: keys.value.hasMore };
    return c.body(linesFrom(c, filter, format), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${pathPart(c, "batch_id")}.csv"; filename*=UTF-8''${fileName(keys.value.batchName)}`,
    });
  },
});

function linesFrom(
  c: ApiContext,
  filter: Pick<RecipientListRequest, "statuses" | "outcomes" | "text" | "labels">,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  let startingAfter: string | null = null;
  return csvStream(headerLine(format), async () => {
    const request = { limit: PAGE_LIMIT.most, startingAfter, endingBefore: null, externalId: null, ...filter };
    const page = await ofBatch(c, (batch, ...whose) => batch.recipients(...whose, request));
    if (!page.ok) throw new Error(`recipients could not be read on: ${page.failure.kind}`);
    startingAfter = page.value.nextPage;
    return { lines: recipientLines(page.value.data, format), isLast: startingAfter === null };
  });
}

/** The batch's name as in RFC 8187, without characters that file names may not have. */
const fileName = (batchName: string): string =>
  `${encodeURIComponent(batchName.toWellFormed().replace(/[\p{Cc}/\\:*?"<>|]/gu, "-")).replace(/['()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}.csv`;
