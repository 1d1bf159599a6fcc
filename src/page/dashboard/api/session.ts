/**
 * The key that the user signed in with. It is kept only in this tab's session storage: closing the tab deletes it, and
 * other tabs cannot see it.
 */

import { JURISDICTIONS, type Jurisdiction } from "../../../calling/words/jurisdiction.ts";
import { ROLES, type Role } from "../../../calling/words/role.ts";
import { type Client, createClient } from "../../../client/client.ts";

const KEY = "callbatch.key";

const ROLE = "callbatch.role";

const JURISDICTION = "callbatch.jurisdiction";

export type Session = {
  readonly client: Client;
  readonly apiKey: string;
  readonly role: Role;
  /** Where the organization's data is kept; null: anywhere. */
  readonly jurisdiction: Jurisdiction | null;
};

const sessionOf = (apiKey: string, role: Role, jurisdiction: Jurisdiction | null): Session => ({
  apiKey,
  role,
  jurisdiction,
  client: createClient({ baseUrl: location.origin, apiKey }),
});

export function storedSession(): Session | null {
  const apiKey = sessionStorage.getItem(KEY);
  const stored = sessionStorage.getItem(ROLE);
  const where = JURISDICTIONS.find((one) => one === sessionStorage.getItem(JURISDICTION)) ?? null;
  return apiKey === null ? null : sessionOf(apiKey, ROLES.find((role) => role === stored) ?? "admin", where);
}

/** Throws like the client if the key is not valid; then nothing is kept. */
export async function signIn(apiKey: string): Promise<Session> {
  const { role, jurisdiction = null } = await sessionOf(apiKey, "viewer", null).client.getOwnKey();
  sessionStorage.setItem(KEY, apiKey);
  sessionStorage.setItem(ROLE, role);
  if (jurisdiction !== null) sessionStorage.setItem(JURISDICTION, jurisdiction);
  return sessionOf(apiKey, role, jurisdiction);
}

export function signOut(): void {
  sessionStorage.clear();
}

/** `sk_<organization>_<secret>`: the part that is not secret. */
export const organizationOf = (apiKey: string): string => /^sk_(.+)_/.exec(apiKey)?.[1] ?? "this organization";
