/** Makes and opens the key of erased numbers. It is stored sealed, or plain if the operator has set no `ENCRYPTION_KEY`. */

import { present } from "../../calling/requests/assert.ts";
import { fromBase64, toBase64 } from "../../calling/secrets/base64.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { type KeyRing, seal, unseal } from "../store/seal.ts";
import { hasErasedKey, isErasedKeyOpen, storedErasedKey, storeErasedKey, useErasedKey } from "./erased-numbers.ts";

const PLAIN = "plain:";
const KEY_BYTES = 32;

export async function openErasedKey(sql: Sql, ring: KeyRing): Promise<void> {
  const { id, key: stored } = storedErasedKey(sql);
  if (stored === null || isErasedKeyOpen(sql)) return;
  const key = stored.startsWith(PLAIN) ? stored.slice(PLAIN.length) : await unseal(ring, id, stored);
  if (key === null) writeLog({ level: "error", event: "erased_numbers_unopened", organization: id });
  else useErasedKey(sql, present(fromBase64(key), "what was stored is base64"));
}

/** Makes the key if there is none. */
export async function makeErasedKey(sql: Sql, ring: KeyRing): Promise<void> {
  if (!hasErasedKey(sql)) {
    const key = toBase64(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
    const sealed = (await seal(ring, storedErasedKey(sql).id, key)) ?? PLAIN + key;
    // Another request may have made one meanwhile.
    if (!hasErasedKey(sql)) storeErasedKey(sql, sealed);
  }
  await openErasedKey(sql, ring);
}
