/**
 * Changes of the reports, for Workers Analytics Engine if an operator binds it. Reports do not use these data points: one
 * that is lost or doubled changes no report.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import { FIGURES } from "../../calling/messages/report-sums.ts";
import type { HourChange } from "./sums.ts";

/** A data point has at most 20 numbers (Workers Analytics Engine, Limits): those before the durations. */
const DOUBLES = FIGURES.slice(0, 19);
/** An invocation may write 250 data points (the same page). */
const POINTS_AT_MOST = 250;

const startOf = (hour: number): string => new Date(hour * 3_600_000).toISOString().slice(0, 13);

/** Blobs: batch ("" for direct calls), agent, number, country, the hour by the callee's clock. */
export function writeAnalytics(
  dataset: AnalyticsEngineDataset | undefined,
  { id, from_number_id: numberId, agent_id: agentId }: Pick<BatchSummary, "id" | "from_number_id" | "agent_id">,
  changes: readonly HourChange[],
): void {
  for (const { hour, added } of changes.slice(0, POINTS_AT_MOST)) {
    dataset?.writeDataPoint({
      indexes: [agentId],
      blobs: [hour.batchAt === 0 ? "" : id, agentId, numberId, hour.country, startOf(hour.hour)],
      doubles: DOUBLES.map((name) => added[name]),
    });
  }
}
