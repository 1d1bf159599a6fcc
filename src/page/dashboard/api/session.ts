/**
 * The key that the user signed in with. It is kept only in this tab's session storage: closing the tab deletes it, and
 * other tabs cannot see it.
 */

import { ROLES, type Role } from "../../../calling/words/role.ts";
import { type Client, createClient } from "../../../client/client.ts";

const KEY = "callbatch.key";

const ROLE = "callbatch.role";

export type Session = { readonly client: Client; readonly apiKey: string; readonly role: Role };

const sessionOf = (apiKey: string, role: Role): Session => ({
  apiKey,
  role,
  client: createClient({ baseUrl: location.origin, apiKey }),
});

export function storedSession(): Session | null {
  const apiKey = sessionStorage.getItem(KEY);
  const stored = sessionStorage.getItem(ROLE);
  return apiKey === null ? null : sessionOf(apiKey, ROLES.find((role) => role === stored) ?? "admin");
}

/** Throws like the client if the key is not valid; then nothing is kept. */
export async function signIn(apiKey: string): Promise<Session> {
  const { role } = await sessionOf(apiKey, "viewer").client.getOwnKey();
  sessionStorage.setItem(KEY, apiKey);
  sessionStorage.setItem(ROLE, role);
  return sessionOf(apiKey, role);
}

export function signOut(): void {
  sessionStorage.clear();
}

/** `sk_<organization>_<secret>`: the part that is not secret. */
export const organizationOf = (apiKey: string): string => /^sk_(.+?)_/.exec(apiKey)?.[1] ?? "this organization";
