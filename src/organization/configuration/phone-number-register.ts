/**
 * The organization's phone numbers as the API asks for them, and the checks that forbid a change. Called by the
 * organization's object.
 */

import type { Act, ActFields } from "../../calling/messages/act.ts";
import { conflict, type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newPhoneNumberId } from "../../calling/secrets/ids.ts";
import { carrierNamed, dialerFor } from "../../dialer/carriers.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { NewPhoneNumber, PhoneNumberChange, PhoneNumberFilter, PhoneNumberView } from "../messages/telephony.ts";
import type { SpreadRule } from "../people/rule-notices.ts";
import { limitPace } from "../rules/pace.ts";
import { findAgent } from "./agents.ts";
import { unsealedAccount } from "./credentials.ts";
import { useOfNumber } from "./in-use.ts";
import {
  deletePhoneNumber,
  findPhoneNumber,
  getPhoneNumber,
  insertPhoneNumber,
  isImported,
  listPhoneNumbers,
  updatePhoneNumber,
} from "./phone-numbers.ts";
import {
  failureOfCheck,
  NO_ENCRYPTION_KEY,
  type RegisterSettings,
  resolveProvider,
  type StoredProvider,
} from "./providers.ts";

export class PhoneNumberRegister {
  readonly #sql: Sql;
  readonly #settings: RegisterSettings;
  readonly #spread: SpreadRule;

  constructor(sql: Sql, settings: RegisterSettings, spread: SpreadRule) {
    this.#sql = sql;
    this.#settings = settings;
    this.#spread = spread;
  }

  async importPhoneNumber(number: NewPhoneNumber, act?: Act): Promise<Result<PhoneNumberView, Failure>> {
    const id = number.id ?? newPhoneNumberId();
    const before = this.#problemOf(id, number);
    if (before !== null) return err(before);
    const provider = resolveProvider(this.#sql, number.provider);
    if (!provider.ok) return provider;
    const refused = await this.#askCarrier(number, provider.value);
    if (refused !== null) return err(refused);
    // While the carrier was asked, another import may have stored the number, or the provider may have been deleted.
    const after = this.#problemOf(id, number);
    if (after !== null) return err(after);
    const still = resolveProvider(this.#sql, number.provider);
    if (!still.ok) return still;
    const { label, agent_id: agentId, carrier_number_id: carrierNumberId } = number;
    const providerId = still.value.view.id;
    const stored = { id, label, number: number.number, carrierNumberId, providerId, agentId };
    const now = Date.now();
    this.#sql.transaction(() => {
      insertPhoneNumber(this.#sql, stored, now);
      limitPace(this.#sql, number.calls_per_second, now, id);
      const fields = { label, number: number.number, carrier_number_id: carrierNumberId, provider_id: providerId };
      const after = { ...fields, agent_id: agentId, calls_per_second: number.calls_per_second };
      record(this.#sql, act, { kind: "phone_number", resourceId: id, before: null, after }, now);
    });
    return getPhoneNumber(this.#sql, id);
  }

  #problemOf(id: string, number: NewPhoneNumber): Failure | null {
    if (isImported(this.#sql, number.number)) return conflict("already_exists", "this number is already imported");
    if (findPhoneNumber(this.#sql, id) !== null) {
      return conflict("already_exists", "a phone number with this id exists");
    }
    if (number.agent_id !== null && findAgent(this.#sql, number.agent_id) === null) return notFound("agent");
    return null;
  }

  /** Null if the account may call from the number. */
  async #askCarrier(
    { number, carrier_number_id }: Pick<NewPhoneNumber, "number" | "carrier_number_id">,
    provider: StoredProvider,
  ): Promise<Failure | null> {
    const account = await unsealedAccount(this.#settings.keyRing, provider);
    if (account === null) return NO_ENCRYPTION_KEY;
    if (carrier_number_id === null && carrierNamed(account.carrier).needsNumberId) {
      return invalid(
        "carrier_number_id",
        `is required: ${carrierNamed(account.carrier).title} identifies numbers by its own ids`,
      );
    }
    const dialer = dialerFor(account, this.#settings.carrierBaseUrls, null);
    return failureOfCheck(await dialer.checkNumber({ number, carrierNumberId: carrier_number_id }));
  }

  async listPhoneNumbers(
    filter: PhoneNumberFilter,
    request: PageRequest,
  ): Promise<Result<Page<PhoneNumberView>, Failure>> {
    return listPhoneNumbers(this.#sql, filter, request);
  }

  async getPhoneNumber(id: string): Promise<Result<PhoneNumberView, Failure>> {
    return getPhoneNumber(this.#sql, id);
  }

  async changePhoneNumber(id: string, change: PhoneNumberChange, act?: Act): Promise<Result<PhoneNumberView, Failure>> {
    const known = findPhoneNumber(this.#sql, id);
    if (known === null) return err(notFound("phone_number"));
    const providerId = await this.#changedProvider(known, change);
    if (!providerId.ok) return providerId;
    // While the carrier was asked, the number may have been deleted.
    const before = findPhoneNumber(this.#sql, id);
    if (before === null) return err(notFound("phone_number"));
    const agentId = change.agent_id === undefined ? (before.agent?.id ?? null) : change.agent_id;
    if (agentId !== null && findAgent(this.#sql, agentId) === null) return err(notFound("agent"));
    const now = Date.now();
    const { calls_per_second } = change;
    this.#sql.transaction(() => {
      const label = change.label ?? before.label;
      updatePhoneNumber(this.#sql, { id, label, providerId: providerId.value ?? before.provider.id, agentId }, now);
      if (calls_per_second !== undefined) limitPace(this.#sql, calls_per_second, now, id);
      const after = findPhoneNumber(this.#sql, id);
      if (after === null) return;
      const fields = { before: auditedNumber(before), after: auditedNumber(after) };
      record(this.#sql, act, { kind: "phone_number", resourceId: id, ...fields }, now);
    });
    if (calls_per_second !== undefined) await this.#spread();
    return getPhoneNumber(this.#sql, id);
  }

  /** The id of the other provider that the change names; null if the provider stays. */
  async #changedProvider(known: PhoneNumberView, change: PhoneNumberChange): Promise<Result<string | null, Failure>> {
    if (change.provider === undefined) return ok(null);
    const found = resolveProvider(this.#sql, change.provider);
    if (!found.ok) return found;
    const { id, account } = found.value.view;
    if (id === known.provider.id) return ok(null);
    const { type } = carrierNamed(known.provider.account.carrier).words;
    if (carrierNamed(account.carrier).words.type !== type) {
      return err(invalid("provider", `must be of the type ${type}, like the number's provider; import another number`));
    }
    // Only the account of its provider knows a batch's calls in flight.
    const inUse = useOfNumber(this.#sql, known.id);
    if (inUse !== null) return err(inUse);
    const refused = await this.#askCarrier(known, found.value);
    if (refused !== null) return err(refused);
    // While the carrier was asked, a batch may have begun, or the provider may have been deleted.
    const still = resolveProvider(this.#sql, { id });
    if (!still.ok) return still;
    const inUseBy = useOfNumber(this.#sql, known.id);
    return inUseBy === null ? ok(id) : err(inUseBy);
  }

  async deletePhoneNumber(id: string, act?: Act): Promise<Result<null, Failure>> {
    const number = findPhoneNumber(this.#sql, id);
    if (number === null) return err(notFound("phone_number"));
    if (number.agent !== null) {
      return err(conflict("in_use", "an agent uses this number; set its agent_id to null first"));
    }
    const inUse = useOfNumber(this.#sql, id);
    if (inUse !== null) return err(inUse);
    return this.#sql.transaction(() => {
      const before = auditedNumber(number);
      record(this.#sql, act, { kind: "phone_number", resourceId: id, before, after: null }, Date.now());
      return deletePhoneNumber(this.#sql, id);
    });
  }
}

/** The organization's own number, which is no person's. */
const auditedNumber = ({ label, number, carrier_number_id, provider, agent, pace }: PhoneNumberView): ActFields => ({
  label,
  number,
  carrier_number_id,
  provider_id: provider.id,
  agent_id: agent?.id ?? null,
  calls_per_second: pace?.callsPerSecond ?? null,
});
