import { z } from "zod";
import { csvFormatOf } from "../../../calling/csv/lines.ts";
import { reportCsv } from "../../answers/organization/report.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation } from "../../operation.ts";
import { exportReportQuery } from "../../requests/reports.ts";
import { madeReport, REPORTS } from "./report.ts";

export const exportReport = operation({
  ...REPORTS,
  method: "GET",
  path: `${REPORTS.path}.csv`,
  id: "exportReport",
  summary: "Download a report as CSV",
  description:
    "The groups of the report, and their total in the last row. What a spreadsheet would run as a formula has an apostrophe before it.",
  query: exportReportQuery,
  answer: ok("The file.", content("ReportCsv", z.string(), samples.reportCsv, "text/csv")),
  handle: async (c, { query }) =>
    c.body(reportCsv(await madeReport(c, query), csvFormatOf(query)), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="report.csv"`,
    }),
});
