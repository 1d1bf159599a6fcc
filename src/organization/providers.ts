/** Telephony providers: the organization's accounts with carriers. Their credentials are stored sealed (`seal.ts`). */

import { type Failure, notFound } from "../calling/failure.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import type { TwilioRegion } from "../calling/region.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { type Listing, listPage } from "../storage/listing.ts";
import type { Sql } from "../storage/sql.ts";
import type { ProviderView } from "./rpc.ts";
import { unseal } from "./seal.ts";

/** What is sealed, as JSON. */
export type Credentials = {
  readonly api_key_sid: string;
  readonly api_key_secret: string;
  readonly auth_token: string | null;
};

export const NO_ENCRYPTION_KEY: Failure = {
  kind: "not_configured",
  message: "the operator must set the Worker secret ENCRYPTION_KEY before provider credentials can be stored or used",
};

export type StoredProvider = { readonly view: ProviderView; readonly sealedCredentials: string };

type ProviderRow = {
  id: string;
  type: "twilio";
  label: string;
  account_sid: string;
  region: TwilioRegion;
  has_auth_token: number;
  api_key_sid_hint: string;
  sealed_credentials: string;
  created_at: number;
  updated_at: number;
};

const COLUMNS =
  "id, type, label, account_sid, region, has_auth_token, api_key_sid_hint, sealed_credentials, created_at, updated_at";
const INSERT = /*sql*/ `INSERT INTO providers (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM providers WHERE id = ?`;
const UPDATE = /*sql*/ `
  UPDATE providers SET label = ?, has_auth_token = ?, api_key_sid_hint = ?, sealed_credentials = ?, updated_at = ?
  WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM providers WHERE id = ?`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM providers WHERE id = ?`,
  older: /*sql*/ `SELECT ${COLUMNS} FROM providers WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM providers WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const toView = (row: ProviderRow): ProviderView => ({
  id: row.id,
  type: row.type,
  label: row.label,
  account_sid: row.account_sid,
  api_key_sid: row.api_key_sid_hint,
  region: row.region,
  has_auth_token: row.has_auth_token === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** `SK…4f2a`: what a read shows of a key's SID. */
export const maskedSid = (sid: string): string => `${sid.slice(0, 2)}…${sid.slice(-4)}`;

export function findProvider(sql: Sql, id: string): StoredProvider | null {
  const row = sql.first<ProviderRow>(BY_ID, id);
  return row === null ? null : { view: toView(row), sealedCredentials: row.sealed_credentials };
}

export function getProvider(sql: Sql, id: string): Result<ProviderView, Failure> {
  const provider = findProvider(sql, id);
  return provider === null ? err(notFound("provider")) : ok(provider.view);
}

export function insertProvider(sql: Sql, { view, sealedCredentials }: StoredProvider): void {
  sql.run(
    INSERT,
    view.id,
    view.type,
    view.label,
    view.account_sid,
    view.region,
    Number(view.has_auth_token),
    view.api_key_sid,
    sealedCredentials,
    view.createdAt,
    view.updatedAt,
  );
}

export function updateProvider(sql: Sql, { view, sealedCredentials }: StoredProvider): void {
  sql.run(
    UPDATE,
    view.label,
    Number(view.has_auth_token),
    view.api_key_sid,
    sealedCredentials,
    view.updatedAt,
    view.id,
  );
}

export const deleteProvider = (sql: Sql, id: string): Result<null, Failure> =>
  sql.run(DELETE, id) === 0 ? err(notFound("provider")) : ok(null);

export const listProviders = (sql: Sql, request: PageRequest): Result<Page<ProviderView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);

/** Null where there is no key, or another one than that which sealed them. */
export async function unsealedCredentials(
  encryptionKey: string | null,
  provider: StoredProvider,
): Promise<Credentials | null> {
  if (encryptionKey === null) return null;
  const text = await unseal(encryptionKey, provider.view.id, provider.sealedCredentials);
  return text === null ? null : (JSON.parse(text) as Credentials);
}
