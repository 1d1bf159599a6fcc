/** Webhooks that were deleted. Their objects are told until they answer, because they may hold deliveries about people. */

import type { Sql } from "../../storage/sql.ts";

const INSERT = /*sql*/ `INSERT OR IGNORE INTO gone_webhooks (id) VALUES (?)`;
const ALL = /*sql*/ `SELECT id FROM gone_webhooks WHERE id > ''`;
const FORGET = /*sql*/ `DELETE FROM gone_webhooks WHERE id = ?`;

/** Call it in the transaction that deletes the webhook. */
export function rememberGone(sql: Sql, id: string): void {
  sql.run(INSERT, id);
}

export const goneWebhooks = (sql: Sql): string[] => sql.all<{ id: string }>(ALL).map(({ id }) => id);

/** Its object is empty. */
export function forgetGone(sql: Sql, id: string): void {
  sql.run(FORGET, id);
}
