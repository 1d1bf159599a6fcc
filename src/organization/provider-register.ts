/** The organization's accounts with carriers as the API asks for them. Reached through the organization's object. */

import { conflict, type Failure, notFound } from "../calling/failure.ts";
import { newProviderId } from "../calling/ids.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { Sql } from "../storage/sql.ts";
import { hasNumbers } from "./phone-numbers.ts";
import {
  type Credentials,
  deleteProvider,
  findProvider,
  getProvider,
  insertProvider,
  listProviders,
  maskedSid,
  NO_ENCRYPTION_KEY,
  type StoredProvider,
  unsealedCredentials,
  updateProvider,
} from "./providers.ts";
import type { NewProvider, ProviderChange, ProviderView } from "./rpc.ts";
import { seal } from "./seal.ts";

export class ProviderRegister {
  readonly #sql: Sql;
  /** Null where the operator has set no key to seal with. */
  readonly #encryptionKey: string | null;

  constructor(sql: Sql, encryptionKey: string | null) {
    this.#sql = sql;
    this.#encryptionKey = encryptionKey;
  }

  async create(provider: NewProvider): Promise<Result<ProviderView, Failure>> {
    const now = Date.now();
    const id = provider.id ?? newProviderId();
    const exists = () => findProvider(this.#sql, id) !== null;
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    const { api_key_sid, api_key_secret, auth_token } = provider;
    const sealedCredentials = await this.#seal(id, { api_key_sid, api_key_secret, auth_token });
    if (sealedCredentials === null) return err(NO_ENCRYPTION_KEY);
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    const view: ProviderView = {
      id,
      type: provider.type,
      label: provider.label,
      account_sid: provider.account_sid,
      api_key_sid: maskedSid(api_key_sid),
      region: provider.region,
      has_auth_token: auth_token !== null,
      createdAt: now,
      updatedAt: now,
    };
    insertProvider(this.#sql, { view, sealedCredentials });
    return ok(view);
  }

  async list(request: PageRequest): Promise<Result<Page<ProviderView>, Failure>> {
    return listProviders(this.#sql, request);
  }

  async get(id: string): Promise<Result<ProviderView, Failure>> {
    return getProvider(this.#sql, id);
  }

  async change(id: string, change: ProviderChange): Promise<Result<ProviderView, Failure>> {
    for (;;) {
      const stored = findProvider(this.#sql, id);
      if (stored === null) return err(notFound("provider"));
      const after = await this.#changed(stored, change);
      if (after === null) return err(NO_ENCRYPTION_KEY);
      // While it was sealed another change may have come, or its end: each seal is different.
      if (findProvider(this.#sql, id)?.sealedCredentials !== stored.sealedCredentials) continue;
      updateProvider(this.#sql, after);
      return ok(after.view);
    }
  }

  /** Null where the operator has set no key to seal with. */
  async #changed(stored: StoredProvider, change: ProviderChange): Promise<StoredProvider | null> {
    const before = await unsealedCredentials(this.#encryptionKey, stored);
    if (before === null) return null;
    const { label, ...credentialChange } = change;
    const credentials: Credentials = { ...before, ...credentialChange };
    const sealedCredentials = await this.#seal(stored.view.id, credentials);
    if (sealedCredentials === null) return null;
    const view: ProviderView = {
      ...stored.view,
      label: label ?? stored.view.label,
      api_key_sid: maskedSid(credentials.api_key_sid),
      has_auth_token: credentials.auth_token !== null,
      updatedAt: Date.now(),
    };
    return { view, sealedCredentials };
  }

  async delete(id: string): Promise<Result<null, Failure>> {
    if (hasNumbers(this.#sql, id)) {
      return err(conflict("in_use", "this provider has phone numbers; delete them first"));
    }
    return deleteProvider(this.#sql, id);
  }

  async #seal(providerId: string, credentials: Credentials): Promise<string | null> {
    const secret = this.#encryptionKey;
    return secret === null ? null : seal(secret, providerId, JSON.stringify(credentials));
  }
}
