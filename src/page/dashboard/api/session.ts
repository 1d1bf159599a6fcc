/**
 * Who uses the dashboard: a key, or a person who Cloudflare Access has signed in. A key is kept only in this tab's session
 * storage: closing the tab deletes it, and other tabs cannot see it. Of a person the chosen organization is kept there.
 */

import { JURISDICTIONS, type Jurisdiction } from "../../../calling/words/jurisdiction.ts";
import { ROLES, type Role } from "../../../calling/words/role.ts";
import { CallbatchError, type Client, createClient, readSignIn } from "../../../client/client.ts";

const KEY = "callbatch.key";

const ROLE = "callbatch.role";

const JURISDICTION = "callbatch.jurisdiction";

const ORGANIZATION = "callbatch.organization";

/** Ends the sign-in at Cloudflare Access ("Log out as a user"). */
export const ACCESS_SIGN_OUT = "/cdn-cgi/access/logout";

export type Person = { readonly email: string; readonly isInSeveral: boolean };

export type Session = {
  readonly client: Client;
  readonly organizationId: string;
  /** The organization, as it is shown. */
  readonly organization: string;
  readonly role: Role;
  /** Where the organization's data is kept; null: anywhere. */
  readonly jurisdiction: Jurisdiction | null;
  /** Null: signed in with a key. */
  readonly person: Person | null;
};

const withKey = (apiKey: string, role: Role, jurisdiction: Jurisdiction | null): Session => ({
  organizationId: `org_${organizationOf(apiKey)}`,
  organization: organizationOf(apiKey),
  role,
  jurisdiction,
  person: null,
  client: createClient({ baseUrl: location.origin, apiKey }),
});

/** `sk_<organization>_<secret>`: the part that is not secret. */
const organizationOf = (apiKey: string): string => /^sk_(.+)_/.exec(apiKey)?.[1] ?? "this organization";

/** Null: nobody has signed in with a key in this tab. */
export function storedSession(): Session | null {
  const apiKey = sessionStorage.getItem(KEY);
  const stored = sessionStorage.getItem(ROLE);
  const where = JURISDICTIONS.find((one) => one === sessionStorage.getItem(JURISDICTION)) ?? null;
  return apiKey === null ? null : withKey(apiKey, ROLES.find((role) => role === stored) ?? "admin", where);
}

/** Throws like the client if the key is not valid; then nothing is kept. */
export async function signIn(apiKey: string): Promise<Session> {
  const { role, jurisdiction = null } = await withKey(apiKey, "viewer", null).client.getOwnKey();
  sessionStorage.setItem(KEY, apiKey);
  sessionStorage.setItem(ROLE, role);
  if (jurisdiction !== null) sessionStorage.setItem(JURISDICTION, jurisdiction);
  return withKey(apiKey, role, jurisdiction);
}

type Organization = { readonly id: string; readonly name: string; readonly role: Role };

/** key: Access is not there. ended: its sign-in is not accepted. `why`: what the service says of it; null: Access said so. */
export type WayIn =
  | { readonly kind: "key" }
  | { readonly kind: "ended"; readonly why: string | null }
  | { readonly kind: "person"; readonly email: string; readonly organizations: readonly Organization[] };

export async function wayIn(): Promise<WayIn> {
  try {
    const { method, email = "", organizations = [] } = await readSignIn({ baseUrl: location.origin });
    return method === "key" ? { kind: "key" } : { kind: "person", email, organizations };
  } catch (error) {
    if (!(error instanceof CallbatchError)) return { kind: "key" };
    if (error.envelope !== null) return { kind: "ended", why: error.envelope.message };
    return error.status === 401 ? { kind: "ended", why: null } : { kind: "key" };
  }
}

/** The one that the person chose before, or the only one; undefined: the person has to choose. */
export const usualOrganization = (organizations: readonly Organization[]): Organization | undefined =>
  organizations.length === 1
    ? organizations[0]
    : organizations.find(({ id }) => id === sessionStorage.getItem(ORGANIZATION));

/** Throws like the client. */
export async function enter(email: string, chosen: Organization, isInSeveral: boolean): Promise<Session> {
  const client = createClient({ baseUrl: location.origin, organizationId: chosen.id });
  const { role, jurisdiction = null } = await client.getOwnKey();
  sessionStorage.setItem(ORGANIZATION, chosen.id);
  const { id: organizationId, name: organization } = chosen;
  return { client, organizationId, organization, role, jurisdiction, person: { email, isInSeveral } };
}

export function signOut(): void {
  sessionStorage.clear();
}
