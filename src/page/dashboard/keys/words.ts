/** All texts of keys and members, and what each role may do. Pure. */

import { ROLES, type Role } from "../../../calling/words/role.ts";
import type { ApiKey, Member } from "../../../client/client.ts";
import { ago, dateTime } from "../text/format.ts";

export const WORDS = {
  title: "Keys",
  about: "Programs sign in with a key. Give each program its own. People can use a key, too, or sign in as members.",
  add: "New key",
  own: "this session",
  revoke: "Revoke",
  revokeLabel: (key: string) => `Revoke ${key}`,
  revokeTitle: (key: string) => `Revoke ${key}?`,
  revokeOwn: "Revoke and sign out",
  revokeAbout: "It stops working at once, in every program that uses it.",
  revokeOwnAbout: "You are signed in with this key. It stops working at once, and you are signed out.",
  revoked: (key: string) => `${key} is revoked.`,
  name: "Name",
  nameHint: "The program or person that uses it",
  role: "Role",
  expires: "Expires",
  create: "Create key",
  copy: "Copy it now: it is not shown again.",
  loss: "The key is not shown again.",
  copied: "I have it",
} as const;

/** In days; empty: never. */
export const LIVES = {
  "": "Never",
  "7": "In 7 days",
  "30": "In 30 days",
  "90": "In 90 days",
  "365": "In a year",
} as const;

export const MEMBERS = {
  title: "Members",
  about: "Members sign in through Cloudflare Access, without a key, and the audit names them.",
  setUp: "How to set it up",
  add: "Add member",
  unseen: "never signed in",
  seen: (when: string) => `last active ${when}`,
  change: "Change role",
  changeLabel: (who: string) => `Change role of ${who}`,
  changeTitle: (who: string) => `Role of ${who}`,
  remove: "Remove",
  removeLabel: (who: string) => `Remove ${who}`,
  removeTitle: (who: string) => `Remove ${who}?`,
  removeAbout: "This person loses access at once, unless the domain is a member, too.",
  removeDomainAbout: "Everybody at this domain loses access at once, except members with their own entry.",
  removed: (who: string) => `${who} is removed.`,
  who: "E-mail address or domain",
  whoHint: "ada@example.com for one person, example.com for everybody at the domain",
  role: WORDS.role,
} as const;

/** "used 5 minutes ago · expires 24 Nov 2026, 15:02 CET". */
export function lifeWords({ last_used_at, expires_at }: ApiKey, now: number): string {
  const used = last_used_at === undefined ? "never used" : `used ${ago(last_used_at, now)}`;
  if (expires_at === undefined) return `${used} · does not expire`;
  const verb = Date.parse(expires_at) <= now ? "expired" : "expires";
  return `${used} · ${verb} ${dateTime(expires_at)}`;
}

export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly about: string }>> = {
  viewer: { name: "Viewer", about: "Sees everything but keys, members and the audit. Changes nothing." },
  operator: { name: "Operator", about: "Also calls people, and changes batches and the do-not-call list." },
  admin: { name: "Admin", about: "Also sets up agents, numbers, providers, webhooks, keys and members." },
};

export const ROLE_NAMES = Object.fromEntries(ROLES.map((role) => [role, ROLE_WORDS[role].name])) as Readonly<
  Record<Role, string>
>;

export const whoWords = ({ email, domain }: Pick<Member, "email" | "domain">): string =>
  email ?? `everybody at ${domain}`;

/** As it was typed: an address, or a domain with or without its @. */
export function whoOf(typed: string): { readonly email: string } | { readonly domain: string } {
  const who = typed.trim();
  const at = who.lastIndexOf("@");
  return at > 0 ? { email: who } : { domain: who.slice(at + 1) };
}
