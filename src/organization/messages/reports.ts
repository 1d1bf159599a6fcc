/** What a report is asked for, and what it says. All of it crosses RPC. */

import type { ShownFigures } from "../../calling/messages/report-sums.ts";

export const REPORT_DIMENSIONS = [
  "day",
  "hour",
  "weekday",
  "hour_of_week",
  "agent",
  "batch",
  "number",
  "provider",
  "country",
] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];
/**
 * Days since 1970 by callees' clocks; `until` is not included. Null: any. `after`: all groups are read, in parts, from the
 * one after this `next`, or from the first one. Without it: those with the most calls.
 */
export type ReportRequest = {
  readonly by: ReportDimension;
  readonly from: number;
  readonly until: number;
  readonly agentId: string | null;
  readonly numberId: string | null;
  readonly providerId: string | null;
  readonly country: string | null;
  readonly batchId: string | null;
  readonly after?: string | number | null;
};
/** What answered calls cost: one sum for each currency, by its code. Of all minutes begun, those that have no price. */
export type Bill = {
  readonly costs: readonly { readonly currency: string; readonly amount: string }[];
  readonly minutesWithoutPrice: number;
};
/** `before`: of the same number of days before, for numbers. `bill` is absent in the answer of an earlier release. */
export type ReportGroup = {
  readonly key: string;
  readonly name: string | null;
  readonly figures: ShownFigures;
  readonly bill?: Bill;
  readonly before: Pick<ShownFigures, "dialed" | "answered"> | null;
};
/** `next`: where the next part begins; null: there is none. It is absent in the answer of an earlier release. */
export type Report = {
  readonly total: ShownFigures;
  readonly bill?: Bill;
  readonly groups: readonly ReportGroup[];
  readonly next?: string | number | null;
};
