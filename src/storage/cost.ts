/** What an object's storage has cost since it woke, in the platform's billing units (Durable Objects, Pricing). */

import type { AlarmClock } from "./alarm-clock.ts";
import type { Sql } from "./sql.ts";

/** `alarmChanges`: each is billed as a written row, in addition to `rowsWritten`. */
export type StorageCost = { readonly rowsRead: number; readonly rowsWritten: number; readonly alarmChanges: number };

export const costOf = (sql: Sql, alarm: AlarmClock): StorageCost => ({
  rowsRead: sql.rowsRead,
  rowsWritten: sql.rowsWritten,
  alarmChanges: alarm.changes,
});
