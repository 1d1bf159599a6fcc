/** Seals all of the organization's secrets again with the newest key, for an operator who replaces a key. */

import type { Sql } from "../../storage/sql.ts";
import type { ResealCounts } from "../messages/organization.ts";
import { type KeyRing, resealed } from "./seal.ts";

type SealedRow = { id: string; sealed: string };

/** Rows in memory at once: a busy day leaves a million answered requests. */
const PART = 500;

/** A sealed value is bound to the row's id. The update has no effect if the row has changed meanwhile. */
const SEALED: readonly { readonly next: string; readonly update: string }[] = [
  {
    next: /*sql*/ `SELECT id, sealed_credentials AS sealed FROM providers WHERE id > ? ORDER BY id LIMIT ?`,
    update: /*sql*/ `UPDATE providers SET sealed_credentials = ? WHERE id = ? AND sealed_credentials = ?`,
  },
  {
    next: /*sql*/ `SELECT id, sealed_secrets AS sealed FROM webhooks WHERE id > ? ORDER BY id LIMIT ?`,
    update: /*sql*/ `UPDATE webhooks SET sealed_secrets = ? WHERE id = ? AND sealed_secrets = ?`,
  },
  {
    next: /*sql*/ `
      SELECT id, erased_numbers_key AS sealed FROM organization
      WHERE only_row = 1 AND id > ? AND erased_numbers_key NOT LIKE 'plain:%' LIMIT ?`,
    update: /*sql*/ `
      UPDATE organization SET erased_numbers_key = ? WHERE only_row = 1 AND id = ? AND erased_numbers_key = ?`,
  },
  {
    // Answers that were stored without a key are plain JSON.
    next: /*sql*/ `
      SELECT key AS id, answer AS sealed FROM answered_requests
      WHERE key > ? AND answer NOT LIKE '{%' ORDER BY key LIMIT ?`,
    update: /*sql*/ `UPDATE answered_requests SET answer = ? WHERE key = ? AND answer = ?`,
  },
];

/** A row that changes meanwhile is sealed with the newest key by that change. */
export async function resealAll(sql: Sql, ring: KeyRing): Promise<ResealCounts> {
  const counts = { resealed: 0, current: 0, unopened: 0 };
  for (const { next, update } of SEALED) {
    let part = sql.all<SealedRow>(next, "", PART);
    while (part.length > 0) {
      for (const { id, sealed } of part) {
        const outcome = await resealed(ring, id, sealed);
        if (outcome.kind === "resealed") sql.run(update, outcome.sealed, id, sealed);
        counts[outcome.kind] += 1;
      }
      part = sql.all<SealedRow>(next, part.at(-1)?.id ?? "", PART);
    }
  }
  return counts;
}
