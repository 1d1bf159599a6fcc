/** The ledger's rows as stored. All of them are in memory too: there is one for each batch that is not at rest. */

import type { Sql } from "../../storage/sql.ts";
import type { Holding } from "./ledger.ts";

type HoldingRow = {
  batch_id: string;
  direct: number;
  created_at: number;
  priority: number;
  request_number: number;
  open: number;
  requested_slots: number;
  holds: number;
  granted_request: number;
  granted_slots: number;
  grant_known: number;
};

const ALL = /*sql*/ `
  SELECT batch_id, direct, created_at, priority, request_number, open, requested_slots, holds, granted_request,
    granted_slots, grant_known
  FROM holdings`;
const STORE = /*sql*/ `
  INSERT INTO holdings
    (batch_id, direct, created_at, priority, request_number, open, requested_slots, holds, granted_request,
      granted_slots, grant_known)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (batch_id) DO UPDATE SET
    priority = excluded.priority, request_number = excluded.request_number, open = excluded.open, requested_slots = excluded.requested_slots,
    holds = excluded.holds, granted_request = excluded.granted_request, granted_slots = excluded.granted_slots,
    grant_known = excluded.grant_known`;
const DIRECT = /*sql*/ `SELECT batch_id FROM holdings WHERE direct = 1`;
const DROP = /*sql*/ `DELETE FROM holdings WHERE batch_id = ?`;

/** Of requests for direct calls that hold slots. */
export const directHolders = (sql: Sql): string[] =>
  sql.all<{ batch_id: string }>(DIRECT).map(({ batch_id }) => batch_id);

export function loadHoldings(sql: Sql): Map<string, Holding> {
  return new Map(
    sql.all<HoldingRow>(ALL).map((row) => [
      row.batch_id,
      {
        batchId: row.batch_id,
        direct: row.direct === 1,
        createdAt: row.created_at,
        priority: row.priority,
        requestNumber: row.request_number,
        open: row.open === 1,
        requestedSlots: row.requested_slots,
        holds: row.holds,
        grantedRequest: row.granted_request,
        grantedSlots: row.granted_slots,
        grantKnown: row.grant_known === 1,
      },
    ]),
  );
}

const equal = (a: Holding, b: Holding): boolean =>
  a.priority === b.priority &&
  a.requestNumber === b.requestNumber &&
  a.open === b.open &&
  a.requestedSlots === b.requestedSlots &&
  a.holds === b.holds &&
  a.grantedRequest === b.grantedRequest &&
  a.grantedSlots === b.grantedSlots &&
  a.grantKnown === b.grantKnown;

/** Writes the row if it differs from what is stored; `after` null deletes it. */
export function storeHolding(sql: Sql, batchId: string, before: Holding | null, after: Holding | null): void {
  if (after === null) {
    if (before !== null) sql.run(DROP, batchId);
    return;
  }
  if (before !== null && equal(before, after)) return;
  sql.run(
    STORE,
    batchId,
    Number(after.direct),
    after.createdAt,
    after.priority,
    after.requestNumber,
    Number(after.open),
    after.requestedSlots,
    after.holds,
    after.grantedRequest,
    after.grantedSlots,
    Number(after.grantKnown),
  );
}
