/**
 * The key that the user signed in with. It is kept only in this tab's session storage: closing the tab deletes it, and
 * other tabs cannot see it.
 */

import { type Client, createClient } from "../../../client/client.ts";

const KEY = "callbatch.key";

export type Session = { readonly client: Client; readonly apiKey: string };

const sessionOf = (apiKey: string): Session => ({
  apiKey,
  client: createClient({ baseUrl: location.origin, apiKey }),
});

export function storedSession(): Session | null {
  const apiKey = sessionStorage.getItem(KEY);
  return apiKey === null ? null : sessionOf(apiKey);
}

/** Throws like the client if the key is not valid; then nothing is kept. */
export async function signIn(apiKey: string): Promise<Session> {
  const session = sessionOf(apiKey);
  await session.client.getConcurrency();
  sessionStorage.setItem(KEY, apiKey);
  return session;
}

export function signOut(): void {
  sessionStorage.clear();
}

/** `sk_<organization>_<secret>`: the part that is not secret. */
export const organizationOf = (apiKey: string): string => /^sk_(.+?)_/.exec(apiKey)?.[1] ?? "this organization";
