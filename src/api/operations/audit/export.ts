import { z } from "zod";
import { csvFormatOf } from "../../../calling/csv/lines.ts";
import { presentAct } from "../../answers/organization/audit.ts";
import { organizationOf } from "../../context.ts";
import { auditHeader, auditLines } from "../../csv/audit-rows.ts";
import { csvStream } from "../../csv/stream.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation } from "../../operation.ts";
import { exportAuditQuery } from "../../requests/queries.ts";
import { AUDIT, filterOf } from "./audit.ts";

/** Records in one message from the organization, and their most bytes: two calling windows with all of their dates each. */
const EXPORTED_AT_ONCE = 500;
const EXPORTED_BYTES = 6 * 1_024 * 1_024;

export const exportAudit = operation({
  ...AUDIT,
  method: "GET",
  path: `${AUDIT.path}.csv`,
  id: "exportAudit",
  summary: "Download who changed what as CSV, newest first",
  description:
    "`before` and `after` are JSON. A label that a spreadsheet would run as a formula begins with an apostrophe.",
  query: exportAuditQuery,
  answer: ok("The file.", content("AuditCsv", z.string(), samples.auditCsv, "text/csv")),
  answerBytes: () => EXPORTED_BYTES,
  handle: (c, { query }) => {
    const format = csvFormatOf(query);
    let startingAfter: string | null = null;
    const file = csvStream(auditHeader(format), async () => {
      const request = { limit: EXPORTED_AT_ONCE, startingAfter, endingBefore: null };
      const page = await organizationOf(c).listActs(filterOf(query), request);
      if (!page.ok) throw new Error(`the audit could not be read on: ${page.failure.kind}`);
      startingAfter = page.value.nextPage;
      return { lines: auditLines(page.value.data.map(presentAct), format), isLast: startingAfter === null };
    });
    return c.body(file, 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="audit.csv"`,
    });
  },
});
