/** The batch's own pace. */

import type { Roster } from "../people/roster.ts";
import type { BatchRow } from "../store/batch-row.ts";

type Paced = Pick<BatchRow, "calls_per_second">;

/** When the batch's own pace lets the next call begin. It follows from the last intent, so nothing is stored for it. */
export const ownPaceAt = (
  { calls_per_second }: Paced,
  { lastDispatchedAt }: Pick<Roster, "lastDispatchedAt">,
): number => (calls_per_second === null ? 0 : lastDispatchedAt + 1_000 / calls_per_second);

/** How many of these recipients may begin: the pace lets one begin at a time. */
export const withinOwnPace = (row: Paced, roster: Roster, free: number, now: number): number =>
  row.calls_per_second === null ? free : Math.min(free, ownPaceAt(row, roster) > now ? 0 : 1);
