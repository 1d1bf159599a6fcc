/** The organization's accounts with carriers as the API asks for them. Reached through the organization's object. */

import { conflict, type Failure, notFound } from "../calling/failure.ts";
import { newProviderId } from "../calling/ids.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { CarrierAccount } from "../dialer/carriers.ts";
import type { Sql } from "../storage/sql.ts";
import { hasNumbers } from "./phone-numbers.ts";
import {
  deleteProvider,
  findProvider,
  getProvider,
  insertProvider,
  listProviders,
  NO_ENCRYPTION_KEY,
  type StoredProvider,
  sealedCredentials,
  shownAccount,
  unsealedAccount,
  updateProvider,
} from "./providers.ts";
import type { NewProvider, ProviderChange, ProviderView } from "./rpc.ts";

export class ProviderRegister {
  readonly #sql: Sql;
  /** Null where the operator has set no key to seal with. */
  readonly #encryptionKey: string | null;

  constructor(sql: Sql, encryptionKey: string | null) {
    this.#sql = sql;
    this.#encryptionKey = encryptionKey;
  }

  async create({ id: chosen, label, account }: NewProvider): Promise<Result<ProviderView, Failure>> {
    const now = Date.now();
    const id = chosen ?? newProviderId();
    const exists = () => findProvider(this.#sql, id) !== null;
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    if (this.#encryptionKey === null) return err(NO_ENCRYPTION_KEY);
    const credentials = await sealedCredentials(this.#encryptionKey, id, account);
    if (exists()) return err(conflict("already_exists", "a provider with this id exists"));
    const view: ProviderView = { id, label, account: shownAccount(account), createdAt: now, updatedAt: now };
    insertProvider(this.#sql, { view, sealedCredentials: credentials });
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
  async #changed(stored: StoredProvider, { label, account: fields }: ProviderChange): Promise<StoredProvider | null> {
    const before = await unsealedAccount(this.#encryptionKey, stored);
    if (before === null || this.#encryptionKey === null) return null;
    const account = { ...before, ...fields } as CarrierAccount;
    const view: ProviderView = {
      ...stored.view,
      label: label ?? stored.view.label,
      account: shownAccount(account),
      updatedAt: Date.now(),
    };
    return { view, sealedCredentials: await sealedCredentials(this.#encryptionKey, view.id, account) };
  }

  async delete(id: string): Promise<Result<null, Failure>> {
    if (hasNumbers(this.#sql, id)) {
      return err(conflict("in_use", "this provider has phone numbers; delete them first"));
    }
    return deleteProvider(this.#sql, id);
  }
}
