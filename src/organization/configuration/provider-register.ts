/** The organization's accounts with carriers as the API asks for them. Called by the organization's object. */

import type { Act } from "../../calling/messages/act.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import { MAX_PROVIDERS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newProviderId } from "../../calling/secrets/ids.ts";
import { accountUrlProblem } from "../../dialer/account-urls.ts";
import { type CarrierAccount, carrierNamed, dialerFor } from "../../dialer/carriers.ts";
import { changedAccount } from "../../dialer/changed-account.ts";
import { voicemailProblem } from "../../dialer/connection-problem.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { NewProvider, ProviderChange, ProviderFilter, ProviderView } from "../messages/telephony.ts";
import type { SpreadRule } from "../people/rule-notices.ts";
import { limitPace } from "../rules/pace.ts";
import { sealedCredentials, unsealedAccount } from "./credentials.ts";
import { useOfDetection, useOfProvider } from "./in-use.ts";
import { hasNumbers } from "./phone-numbers.ts";
import {
  auditedProvider,
  countProviders,
  deleteProvider,
  failureOfCheck,
  findProvider,
  getProvider,
  insertProvider,
  listProviders,
  NO_ENCRYPTION_KEY,
  providersOfAccount,
  type RegisterSettings,
  replacedSecrets,
  type StoredProvider,
  shownAccount,
  updateProvider,
} from "./providers.ts";

type Changed = { readonly before: CarrierAccount; readonly account: CarrierAccount; readonly stored: StoredProvider };

export class ProviderRegister {
  readonly #sql: Sql;
  readonly #settings: RegisterSettings;
  readonly #spread: SpreadRule;

  constructor(sql: Sql, settings: RegisterSettings, spread: SpreadRule) {
    this.#sql = sql;
    this.#settings = settings;
    this.#spread = spread;
  }

  async createProvider(provider: NewProvider, act?: Act): Promise<Result<ProviderView, Failure>> {
    const { id: chosen, label, account, calls_per_second } = provider;
    const now = Date.now();
    const id = chosen ?? newProviderId();
    const before = this.#problemOf(id, account);
    if (before !== null) return err(before);
    const { keyRing } = this.#settings;
    if (keyRing.length === 0) return err(NO_ENCRYPTION_KEY);
    const refused = await this.#askCarrier(account);
    if (refused !== null) return err(refused);
    const credentials = await sealedCredentials(keyRing, id, account);
    if (credentials === null) return err(NO_ENCRYPTION_KEY);
    // While the carrier was asked, another request may have created it.
    const after = this.#problemOf(id, account);
    if (after !== null) return err(after);
    const shown = shownAccount(account);
    this.#sql.transaction(() => {
      const view: ProviderView = { id, label, account: shown, pace: null, createdAt: now, updatedAt: now };
      insertProvider(this.#sql, { view, sealedCredentials: credentials });
      // A new provider has no numbers, so no batch has to hear of the pace.
      limitPace(this.#sql, calls_per_second, now, id);
      const after = auditedProvider(view, calls_per_second);
      record(this.#sql, act, { kind: "provider", resourceId: id, before: null, after }, now);
    });
    return getProvider(this.#sql, id);
  }

  #problemOf(id: string, account: CarrierAccount): Failure | null {
    if (findProvider(this.#sql, id) !== null) return conflict("already_exists", "a provider with this id exists");
    if (countProviders(this.#sql) >= MAX_PROVIDERS) {
      return conflict("too_many_providers", `an organization has at most ${MAX_PROVIDERS} providers; delete one first`);
    }
    return this.#twinProblem(id, account);
  }

  #twinProblem(id: string, account: CarrierAccount): Failure | null {
    if (account.carrier !== "twilio") return null;
    const twins = providersOfAccount(this.#sql, account.account_sid, account.region);
    const twin = twins.find((one) => one.id !== id);
    return twin === undefined
      ? null
      : conflict("already_exists", `the provider ${twin.id} has this account in this region; change that one`);
  }

  /** A call in flight can only be asked about in the region that placed it. */
  #moveProblem(id: string, before: CarrierAccount, after: CarrierAccount): Failure | null {
    const moves = before.carrier === "twilio" && after.carrier === "twilio" && before.region !== after.region;
    if (!moves) return null;
    return useOfProvider(this.#sql, id) ?? this.#twinProblem(id, after);
  }

  /** Null if the account can still do what its batches ask of it. */
  #useProblem(id: string, before: CarrierAccount, after: CarrierAccount): Failure | null {
    const detects = (account: CarrierAccount) =>
      voicemailProblem(carrierNamed(after.carrier), account, "hang_up") === null;
    const isTurnedOff = detects(before) && !detects(after);
    return this.#moveProblem(id, before, after) ?? (isTurnedOff ? useOfDetection(this.#sql, id) : null);
  }

  /** All providers, newest first. */
  async listProviders(filter: ProviderFilter): Promise<ProviderView[]> {
    return listProviders(this.#sql, filter);
  }

  async getProvider(id: string): Promise<Result<ProviderView, Failure>> {
    return getProvider(this.#sql, id);
  }

  async changeProvider(id: string, change: ProviderChange, act?: Act): Promise<Result<ProviderView, Failure>> {
    for (;;) {
      const stored = findProvider(this.#sql, id);
      if (stored === null) return err(notFound("provider"));
      const after = await this.#changed(stored, change);
      if (!after.ok) return after;
      // While the credentials were sealed, the provider may have been changed or deleted. No two seals are equal.
      if (findProvider(this.#sql, id)?.sealedCredentials !== stored.sealedCredentials) continue;
      const inTheWay = this.#useProblem(id, after.value.before, after.value.account);
      if (inTheWay !== null) return err(inTheWay);
      const now = Date.now();
      const { calls_per_second } = change;
      this.#sql.transaction(() => {
        updateProvider(this.#sql, after.value.stored);
        if (calls_per_second !== undefined) limitPace(this.#sql, calls_per_second, now, id);
        const paceBefore = stored.view.pace?.callsPerSecond ?? null;
        const paceAfter = calls_per_second === undefined ? paceBefore : calls_per_second;
        record(
          this.#sql,
          act,
          {
            kind: "provider",
            resourceId: id,
            before: auditedProvider(stored.view, paceBefore),
            after: {
              ...auditedProvider(after.value.stored.view, paceAfter),
              ...replacedSecrets(after.value.before, after.value.account),
            },
          },
          now,
        );
      });
      if (calls_per_second !== undefined) await this.#spread();
      return getProvider(this.#sql, id);
    }
  }

  async #changed(stored: StoredProvider, change: ProviderChange): Promise<Result<Changed, Failure>> {
    const { keyRing } = this.#settings;
    const before = await unsealedAccount(keyRing, stored);
    if (before === null) return err(NO_ENCRYPTION_KEY);
    const changed = changedAccount(before, change.account);
    if (!changed.ok) return changed;
    const account = changed.value;
    const astray =
      accountUrlProblem(account, this.#settings.reach) ?? this.#useProblem(stored.view.id, before, account);
    if (astray !== null) return err(astray);
    const refused = Object.keys(change.account).length === 0 ? null : await this.#askCarrier(account);
    if (refused !== null) return err(refused);
    const view: ProviderView = {
      ...stored.view,
      label: change.label ?? stored.view.label,
      account: shownAccount(account),
      updatedAt: Date.now(),
    };
    const credentials = await sealedCredentials(keyRing, view.id, account);
    if (credentials === null) return err(NO_ENCRYPTION_KEY);
    return ok({ before, account, stored: { view, sealedCredentials: credentials } });
  }

  async #askCarrier(account: CarrierAccount): Promise<Failure | null> {
    return failureOfCheck(await dialerFor(account, this.#settings.carrierBaseUrls, null).checkAccount());
  }

  async deleteProvider(id: string, act?: Act): Promise<Result<null, Failure>> {
    if (hasNumbers(this.#sql, id)) {
      return err(conflict("in_use", "this provider has phone numbers; delete them first"));
    }
    const stored = findProvider(this.#sql, id);
    if (stored === null) return err(notFound("provider"));
    this.#sql.transaction(() => {
      deleteProvider(this.#sql, id);
      const before = auditedProvider(stored.view, stored.view.pace?.callsPerSecond ?? null);
      record(this.#sql, act, { kind: "provider", resourceId: id, before, after: null }, Date.now());
    });
    return ok(null);
  }
}
