/** Everything that the organization keeps sealed, under the newest key of the ring: for an operator who replaces a key. */

import type { Sql } from "../../storage/sql.ts";
import type { ResealCounts } from "../rpc.ts";
import { type KeyRing, resealed } from "./seal.ts";

type SealedRow = { id: string; sealed: string };

/** What is sealed is bound to the row's id. An update changes nothing where the row has changed meanwhile. */
const SEALED: readonly { readonly all: string; readonly update: string }[] = [
  {
    all: /*sql*/ `SELECT id, sealed_credentials AS sealed FROM providers`,
    update: /*sql*/ `UPDATE providers SET sealed_credentials = ? WHERE id = ? AND sealed_credentials = ?`,
  },
  {
    all: /*sql*/ `SELECT id, sealed_secrets AS sealed FROM webhooks`,
    update: /*sql*/ `UPDATE webhooks SET sealed_secrets = ? WHERE id = ? AND sealed_secrets = ?`,
  },
  {
    // Those that were kept without a key to seal with are JSON.
    all: /*sql*/ `SELECT key AS id, answer AS sealed FROM answered_requests WHERE answer NOT LIKE '{%'`,
    update: /*sql*/ `UPDATE answered_requests SET answer = ? WHERE key = ? AND answer = ?`,
  },
];

/** A row that is changed while this runs is sealed with the newest key by that change. */
export async function resealAll(sql: Sql, ring: KeyRing): Promise<ResealCounts> {
  const counts = { resealed: 0, current: 0, unopened: 0 };
  for (const { all, update } of SEALED) {
    for (const { id, sealed } of sql.all<SealedRow>(all)) {
      const outcome = await resealed(ring, id, sealed);
      if (outcome.kind === "resealed") sql.run(update, outcome.sealed, id, sealed);
      counts[outcome.kind] += 1;
    }
  }
  return counts;
}
