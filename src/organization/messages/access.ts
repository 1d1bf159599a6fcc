/** Who may do what in an organization: keys and members. All of it crosses RPC. */

import type { Role } from "../../calling/words/role.ts";

/** `hint`: the part of a key that lists show. */
export type ApiKeyView = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly role: Role;
  /** From then on it is not accepted; null: it stays. */
  readonly expiresAt: number | null;
  /** To the hour; null before its first use. */
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
};
export type NewApiKey = { readonly label: string; readonly role: Role; readonly expiresAt: number | null };

export type RevocationAsked = { readonly byKey: string; readonly isConfirmed: boolean };

/** The key that made a change, by its id and its label. */
export type KeyName = { readonly id: string; readonly label: string };
/** Absent from an object of an earlier release: an admin's key that stays. */
export type SignedInKey = KeyName & { readonly role?: Role; readonly expiresAt?: number | null };
/** A key that was valid before: its hash, and the id that it had. */
export type KeyAlong = { readonly hash: string; readonly id: string };
/** `key`: as now. `answer`: to the message, if the key still has its id. */
export type AnsweredWithKey = { readonly key: SignedInKey | null; readonly answer?: unknown };

/** A person who signs in through Cloudflare Access, or all of a domain. `who`: an e-mail address, or "@example.com". */
export type MemberView = {
  readonly id: string;
  readonly who: string;
  readonly role: Role;
  /** To the hour; null before the first sign-in. */
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
};
export type NewMember = Pick<MemberView, "who" | "role">;

/** `name`: of the organization. */
export type SignedInPerson = { readonly memberId: string; readonly role: Role; readonly name: string };
