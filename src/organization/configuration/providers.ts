/**
 * Telephony providers: the organization's accounts with carriers. Fields that reads may show are stored as JSON;
 * credentials are sealed (`seal.ts`). The carrier's definition says which field is which.
 */

import type { ActFields } from "../../calling/messages/act.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import {
  type CarrierAccount,
  type CarrierName,
  carrierNamed,
  carriersOfType,
  type ShownAccount,
} from "../../dialer/carriers.ts";
import type { CheckOutcome } from "../../dialer/dialer.ts";
import type { TwilioRegion } from "../../dialer/twilio/account.ts";
import type { Settings } from "../../env.ts";
import type { Sql } from "../../storage/sql.ts";
import type { ProviderFilter, ProviderReference, ProviderView } from "../messages/telephony.ts";
import { dropPace, paceView } from "../rules/pace.ts";

export const NO_ENCRYPTION_KEY: Failure = {
  kind: "not_configured",
  message: "the operator must set the Worker secret ENCRYPTION_KEY before provider credentials can be stored or used",
};

/** The Worker's settings that the registers need. */
export type RegisterSettings = Pick<Settings, "keyRing" | "carrierBaseUrls" | "reach">;

/** Nothing is stored if the carrier refuses it or cannot be asked. Otherwise the first batch would find out. */
export function failureOfCheck(outcome: CheckOutcome): Failure | null {
  switch (outcome.kind) {
    case "fine":
      return null;
    case "refused":
      return invalid(outcome.path, outcome.message);
    case "unavailable":
      return {
        kind: "carrier_unavailable",
        message: `the carrier must be asked first, but ${outcome.message}; try again`,
      };
  }
}

export type StoredProvider = { readonly view: ProviderView; readonly sealedCredentials: string };

type ProviderRow = {
  id: string;
  carrier: CarrierName;
  label: string;
  /** JSON of the fields that the carrier's definition shows. */
  shown: string;
  sealed_credentials: string;
  created_at: number;
  updated_at: number;
};

const COLUMNS = "id, carrier, label, shown, sealed_credentials, created_at, updated_at";
const INSERT = /*sql*/ `INSERT INTO providers (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM providers WHERE id = ?`;
const UPDATE = /*sql*/ `
  UPDATE providers SET label = ?, shown = ?, sealed_credentials = ?, updated_at = ? WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM providers WHERE id = ?`;
/** Reads all rows: `MAX_PROVIDERS` limits them. */
const NEWEST_FIRST = /*sql*/ `SELECT ${COLUMNS} FROM providers ORDER BY ordinal DESC`;
const COUNT = /*sql*/ `SELECT COUNT(*) AS count FROM providers`;

const toView = (sql: Sql, row: ProviderRow): ProviderView => ({
  id: row.id,
  label: row.label,
  account: { carrier: row.carrier, ...JSON.parse(row.shown) } as ShownAccount,
  pace: paceView(sql, row.id),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** As reads show it: credentials are left out or masked. */
export const shownAccount = (account: CarrierAccount): ShownAccount =>
  ({ carrier: account.carrier, ...carrierNamed(account.carrier).show(account) }) as ShownAccount;

/** The fields to seal. */
export function credentialsOf(account: CarrierAccount): Record<string, unknown> {
  const secrets = new Set(carrierNamed(account.carrier).secrets);
  return Object.fromEntries(Object.entries(account).filter(([field]) => secrets.has(field)));
}

export function findProvider(sql: Sql, id: string): StoredProvider | null {
  const row = sql.kept<ProviderRow>(["providers"], BY_ID, id);
  return row === null ? null : { view: toView(sql, row), sealedCredentials: row.sealed_credentials };
}

export function getProvider(sql: Sql, id: string): Result<ProviderView, Failure> {
  const provider = findProvider(sql, id);
  return provider === null ? err(notFound("provider")) : ok(provider.view);
}

export function insertProvider(sql: Sql, { view, sealedCredentials }: StoredProvider): void {
  const { carrier, ...shown } = view.account;
  const { id, label, createdAt, updatedAt } = view;
  sql.run(INSERT, id, carrier, label, JSON.stringify(shown), sealedCredentials, createdAt, updatedAt);
}

export function updateProvider(sql: Sql, { view, sealedCredentials }: StoredProvider): void {
  const { carrier, ...shown } = view.account;
  sql.run(UPDATE, view.label, JSON.stringify(shown), sealedCredentials, view.updatedAt, view.id);
}

export function deleteProvider(sql: Sql, id: string): void {
  dropPace(sql, id);
  sql.run(DELETE, id);
}

/** As reads show it. */
export const auditedProvider = ({ label, account }: ProviderView, calls_per_second: number | null): ActFields => {
  const { carrier, ...shown } = account;
  return { ...carrierNamed(carrier).words, label, ...shown, calls_per_second };
};

/** Their names only. */
export function replacedSecrets(before: CarrierAccount, after: CarrierAccount): ActFields {
  const [was, is] = [credentialsOf(before), credentialsOf(after)];
  const names = Object.keys({ ...was, ...is }).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  return names.length === 0 ? {} : { replaced_secrets: names };
}

export const countProviders = (sql: Sql): number => sql.one<{ count: number }>(COUNT).count;

const accountSidOf = ({ account }: ProviderView): string | null =>
  account.carrier === "twilio" ? account.account_sid : null;

/** Newest first. */
export function listProviders(sql: Sql, { text, type, accountSid }: ProviderFilter): ProviderView[] {
  const wanted = text.toLowerCase();
  return sql
    .all<ProviderRow>(NEWEST_FIRST)
    .filter(({ label, carrier }) => {
      const isOfType = type === null || carriersOfType(type).includes(carrier);
      return isOfType && label.toLowerCase().includes(wanted);
    })
    .map((row) => toView(sql, row))
    .filter((view) => accountSid === null || accountSidOf(view) === accountSid);
}

/** The providers with this Twilio account. `region` null: in any region. */
export const providersOfAccount = (sql: Sql, accountSid: string, region: TwilioRegion | null): ProviderView[] =>
  listProviders(sql, { text: "", type: "twilio", accountSid }).filter(
    ({ account }) => region === null || (account.carrier === "twilio" && account.region === region),
  );

/** Fails if several providers, in different regions, have the account and the reference names no region. */
export function resolveProvider(sql: Sql, reference: ProviderReference): Result<StoredProvider, Failure> {
  let id: string | undefined;
  if ("id" in reference) id = reference.id;
  else {
    const found = providersOfAccount(sql, reference.accountSid, reference.region);
    if (found.length > 1) {
      return err(invalid("provider.region", "is required: this account is linked in several providers"));
    }
    id = found[0]?.id;
  }
  const provider = id === undefined ? null : findProvider(sql, id);
  return provider === null ? err(notFound("provider")) : ok(provider);
}
