/**
 * Keys that their organizations have let in, as this isolate has seen. A known key does not open anything: it only says
 * who a request is counted for while its key is checked (`key-along.ts`).
 */

import type { Bindings } from "../../env.ts";
import type { SignedInKey } from "../../organization/messages/access.ts";

export type KnownKey = { readonly organizationId: string; readonly key: SignedInKey };

/** Some 2 MiB. */
const KNOWN_AT_MOST = 5_000;

/** By the hash of the key. Losing it is safe: the key is checked first, and known again. */
const known = new WeakMap<Bindings, Map<string, KnownKey>>();

/** Null if it is not known, or has expired meanwhile. */
export function knownKey(env: Bindings, hash: string): KnownKey | null {
  const found = known.get(env)?.get(hash) ?? null;
  const expiresAt = found?.key.expiresAt ?? null;
  return expiresAt !== null && expiresAt <= Date.now() ? null : found;
}

export function rememberKey(env: Bindings, hash: string, key: KnownKey): void {
  const keys = known.get(env) ?? new Map();
  known.set(env, keys);
  if (keys.size >= KNOWN_AT_MOST) keys.clear();
  keys.set(hash, key);
}

export function forgetKey(env: Bindings, hash: string): void {
  known.get(env)?.delete(hash);
}
