/**
 * The key that somebody signed in with. It is kept in this tab's session storage and nowhere else: a closed tab has
 * forgotten it, another tab never knew it.
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

/** Throws as the client does where the key is not good; then nothing is kept. */
export async function signIn(apiKey: string): Promise<Session> {
  const session = sessionOf(apiKey);
  await session.client.getConcurrency();
  sessionStorage.setItem(KEY, apiKey);
  return session;
}

export function signOut(): void {
  sessionStorage.clear();
}

/** `sk_<organization>_<secret>`: the part that is no secret. */
export const organizationOf = (apiKey: string): string => /^sk_(.+?)_/.exec(apiKey)?.[1] ?? "this organization";
