/** What each role may do, and who has it. Pure. */

import { ROLES, type Role } from "../../../calling/words/role.ts";
import type { Member } from "../../../client/client.ts";

export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly about: string }>> = {
  viewer: { name: "Viewer", about: "Sees everything but keys, members and the audit. Changes nothing." },
  operator: { name: "Operator", about: "Also calls people, and changes batches and the do-not-call list." },
  admin: { name: "Admin", about: "Also sets up agents, numbers, providers, webhooks, keys and members." },
};

export const ROLE_NAMES = Object.fromEntries(ROLES.map((role) => [role, ROLE_WORDS[role].name])) as Readonly<
  Record<Role, string>
>;

export const whoWords = ({ email, domain }: Pick<Member, "email" | "domain">): string =>
  email ?? `everybody of ${domain}`;

/** As it was typed: an address, or a domain with or without its @. */
export function whoOf(typed: string): { readonly email: string } | { readonly domain: string } {
  const who = typed.trim();
  const at = who.lastIndexOf("@");
  return at > 0 ? { email: who } : { domain: who.slice(at + 1) };
}
