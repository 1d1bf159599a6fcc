/** What a human's cancel makes of the batch's row, and what is left of it once recipients are to be called again. Pure. */

import type { Ordered } from "../../calling/messages/act.ts";
import type { BatchRow } from "./batch-row.ts";

export const cancelledRow = (row: BatchRow, { at, by }: Ordered): BatchRow => ({
  ...row,
  cancelled_at: at,
  cancelled_by: by === null ? null : JSON.stringify(by),
  changed_at: at,
});

export const withoutCancel = (row: BatchRow): BatchRow => ({ ...row, cancelled_at: null, cancelled_by: null });
