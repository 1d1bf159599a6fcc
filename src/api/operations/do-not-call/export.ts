import { z } from "zod";
import { csvFormatOf } from "../../../calling/csv/lines.ts";
import { organizationOf } from "../../context.ts";
import { doNotCallHeader, doNotCallLines } from "../../csv/do-not-call-rows.ts";
import { csvStream } from "../../csv/stream.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation } from "../../operation.ts";
import { exportDoNotCallQuery } from "../../requests/do-not-call.ts";
import { LIST } from "./entry.ts";

/**
 * Entries in one message from the organization. A request may send 10,000 messages (Workers, "Limits"), and a list may
 * have millions of entries. A page with the longest reasons is 6 MB; a message may have 32.
 */
const EXPORTED_AT_ONCE = 1_000;
const EXPORTED_BYTES = 6 * 1_024 * 1_024;

export const exportDoNotCall = operation({
  ...LIST,
  method: "GET",
  path: `${LIST.path}.csv`,
  id: "exportDoNotCall",
  summary: "Download the do-not-call list as CSV, newest first",
  description:
    "Who listed a number, when and why, and who removed it. Cells that a spreadsheet would run as a formula begin with an apostrophe. The file can be imported again after removing the rows of numbers that were taken off the list.",
  query: exportDoNotCallQuery,
  answer: ok("The file.", content("DoNotCallCsv", z.string(), samples.doNotCallCsv, "text/csv")),
  answerBytes: () => EXPORTED_BYTES,
  // Entries are never deleted, so each page begins where the last one ended.
  handle: (c, { query }) => {
    const { status, q } = query;
    const format = csvFormatOf(query);
    const filter = { status, text: q ?? null, number: null };
    let startingAfter: string | null = null;
    const file = csvStream(doNotCallHeader(format), async () => {
      const request = { limit: EXPORTED_AT_ONCE, startingAfter, endingBefore: null };
      const page = await organizationOf(c).listDoNotCall(filter, request);
      if (!page.ok) throw new Error(`the do-not-call list could not be read on: ${page.failure.kind}`);
      startingAfter = page.value.nextPage;
      return { lines: doNotCallLines(page.value.data, format), isLast: startingAfter === null };
    });
    return c.body(file, 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="do-not-call.csv"`,
    });
  },
});
