/** What the operations of reports share. */

import type { ReportRequest } from "../../../organization/messages/reports.ts";
import type { MadeReport } from "../../answers/organization/report.ts";
import { type ApiContext, organizationOf } from "../../context.ts";
import { daysOf } from "../../requests/reports.ts";

export const REPORTS = { audience: "client", role: "viewer", tag: "Reports", path: "/agents/reports" } as const;

type Asked = {
  readonly by: ReportRequest["by"];
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly agent_id?: string | undefined;
  readonly from_number_id?: string | undefined;
  readonly provider_id?: string | undefined;
  readonly batch_id?: string | undefined;
  readonly country?: string | undefined;
};

export async function madeReport(c: ApiContext, asked: Asked): Promise<MadeReport> {
  const { by } = asked;
  const days = daysOf(asked);
  const report = await organizationOf(c).reportBy({
    by,
    ...days,
    agentId: asked.agent_id ?? null,
    numberId: asked.from_number_id ?? null,
    providerId: asked.provider_id ?? null,
    batchId: asked.batch_id ?? null,
    country: asked.country ?? null,
  });
  return { by, ...days, report };
}
