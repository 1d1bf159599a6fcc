import { ok as done } from "../../../calling/requests/result.ts";
import { presentReport, reportAnswer } from "../../answers/organization/report.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { reportQuery } from "../../requests/reports.ts";
import { madeReport, REPORTS } from "./report.ts";

export const getReport = operation({
  ...REPORTS,
  method: "GET",
  id: "getReport",
  summary: "See how calls came out, over any days",
  description:
    "Calls of batches and direct calls, once they are over, by the hour in which they were dialed. A call is counted within a minute after its end, and at the latest when its batch ends.",
  query: reportQuery,
  answer: ok("The report.", view("Report", reportAnswer, samples.report, presentReport)),
  tool: { title: "See a report", description: "Calls, answers, durations and minutes over days, by one dimension." },
  handle: async (c, { query }) => done(await madeReport(c, query)),
});
