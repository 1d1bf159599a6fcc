/** Providers' price lists as the API asks for them. Called by the organization's object. */

import { dateOf } from "../../calling/answers/json.ts";
import type { Act, ActFields } from "../../calling/messages/act.ts";
import { type Failure, invalid, notFound } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { PRICE_LISTS_AT_MOST, type PriceList } from "../../calling/words/price-list.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { PriceListOrder, PriceListView } from "../messages/telephony.ts";
import { countPriceLists, deletePriceList, findPriceList, priceListsOf, putPriceList } from "./price-lists.ts";
import { findProvider } from "./providers.ts";

export class PriceRegister {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Newest first. */
  async listPrices(providerId: string): Promise<Result<PriceListView[], Failure>> {
    if (findProvider(this.#sql, providerId) === null) return err(notFound("provider"));
    return ok(priceListsOf(this.#sql, providerId));
  }

  /** One that begins on the same day is replaced. A list that moves to another day is, in the same transaction. */
  async setPrices(providerId: string, order: PriceListOrder, act?: Act): Promise<Result<PriceListView, Failure>> {
    const { replaces, ...list } = order;
    const now = Date.now();
    if (findProvider(this.#sql, providerId) === null) return err(notFound("provider"));
    const before = findPriceList(this.#sql, providerId, list.validFrom);
    const isMove = replaces !== undefined && replaces !== list.validFrom;
    const moved = isMove ? findPriceList(this.#sql, providerId, replaces) : null;
    const isMore = before === null && moved === null;
    if (isMore && countPriceLists(this.#sql, providerId) >= PRICE_LISTS_AT_MOST) {
      return err(invalid("valid_from", `the provider has ${PRICE_LISTS_AT_MOST} price lists; delete one first`));
    }
    this.#sql.transaction(() => {
      if (moved !== null) deletePriceList(this.#sql, providerId, moved.validFrom);
      putPriceList(this.#sql, providerId, list, now);
      const was = { ...auditedPrices(moved), ...auditedPrices(before) };
      this.#record(act, providerId, was, auditedPrices(list), now);
    });
    return ok({ ...list, updatedAt: now });
  }

  /** Whether it was there. */
  async deletePrices(providerId: string, validFrom: number, act?: Act): Promise<Result<boolean, Failure>> {
    const now = Date.now();
    if (findProvider(this.#sql, providerId) === null) return err(notFound("provider"));
    const before = findPriceList(this.#sql, providerId, validFrom);
    if (before === null) return ok(false);
    this.#sql.transaction(() => {
      deletePriceList(this.#sql, providerId, validFrom);
      this.#record(act, providerId, auditedPrices(before), {}, now);
    });
    return ok(true);
  }

  /** A change of the provider. */
  #record(act: Act | undefined, id: string, before: ActFields, after: ActFields, now: number): void {
    record(this.#sql, act, { kind: "provider", resourceId: id, before, after }, now);
  }
}

/** A field for each destination, so that a record has those alone whose price differs. */
function auditedPrices(list: PriceList | null): ActFields {
  if (list === null) return {};
  const { validFrom, currency, rates } = list;
  return Object.fromEntries(
    rates.map(({ destination, per_minute, increments, connection_fee }) => [
      `price of ${destination} from ${dateOf(validFrom)}`,
      `${per_minute} ${currency}, ${increments}, fee ${connection_fee}`,
    ]),
  );
}
