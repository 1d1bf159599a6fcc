/**
 * What calls cost, by the price list that held when they were dialed. Sums of what is billed times a price: exact, in BigInt, and
 * rounded once, for the answer. Currencies are never added. Pure.
 */

import { INCREMENTS, type Increments } from "../../calling/messages/report-sums.ts";
import { type PriceList, type Rate, rateFor } from "../../calling/words/price-list.ts";
import type { Bill } from "../messages/reports.ts";

type Summed = "answered" | (typeof INCREMENTS)[Increments]["all"];
export type Billed = Readonly<Record<Summed | `mobile_${Summed}`, number>>;
const SUMMED: readonly Summed[] = ["answered", ...Object.values(INCREMENTS).map(({ all }) => all)];
/** What prices ask for: of all calls, and of those to mobile numbers. */
export const BILLED = SUMMED.flatMap((name) => [name, `mobile_${name}`] as const);

/** Of calls by one provider to one country, dialed while one list held. */
export type BilledCalls = Billed & { readonly country: string };

/** Prices have at most so many decimals. */
const DECIMALS = 8;
/** A price is of a minute, and seconds are billed. */
const SECONDS = 60n;
/** Of an amount. */
const SHOWN_DECIMALS = 4;

/** "0.0125" in units of 10^-8. */
function scaled(price: string): bigint {
  const [whole = "0", part = ""] = price.split(".");
  return BigInt(whole + part.padEnd(DECIMALS, "0"));
}

/** Rounded half up. */
function amountText(exact: bigint): string {
  const unit = SECONDS * 10n ** BigInt(DECIMALS - SHOWN_DECIMALS);
  const digits = String((exact + unit / 2n) / unit).padStart(SHOWN_DECIMALS + 1, "0");
  return `${digits.slice(0, -SHOWN_DECIMALS)}.${digits.slice(-SHOWN_DECIMALS)}`;
}

/** `exact`: in units of 10^-8 / 60. `minutes`: begun. */
type Priced = { readonly exact: bigint; readonly minutes: number };

/** Null: they have no price, or there are none. */
function priced(rate: Rate | null, sumOf: (name: Summed) => number): Priced | null {
  const calls = sumOf("answered");
  if (rate === null || calls === 0) return null;
  const { all, unit } = INCREMENTS[rate.increments];
  const exact = BigInt(sumOf(all) * unit) * scaled(rate.per_minute);
  const fees = BigInt(calls) * scaled(rate.connection_fee) * SECONDS;
  return { exact: exact + fees, minutes: sumOf("started_minutes") };
}

/** What some calls come to. */
class Costs {
  readonly #exact = new Map<string, bigint>();
  /** Begun. */
  #pricedMinutes = 0;

  add(currency: string, { exact, minutes }: Priced): void {
    this.#exact.set(currency, (this.#exact.get(currency) ?? 0n) + exact);
    this.#pricedMinutes += minutes;
  }

  /** `startedMinutes`: of all calls, whether they have a price or not. */
  bill(startedMinutes: number): Bill {
    const costs = [...this.#exact].map(([currency, exact]) => ({ currency, amount: amountText(exact) }));
    costs.sort((a, b) => (a.currency < b.currency ? -1 : 1));
    return { costs, minutesWithoutPrice: startedMinutes - this.#pricedMinutes };
  }
}

/** What the calls of each group come to, and all of them. */
export class GroupCosts {
  readonly inAll = new Costs();
  readonly #byKey = new Map<string | number | null, Costs>();

  of(key: string | number | null): Costs {
    const known = this.#byKey.get(key) ?? new Costs();
    this.#byKey.set(key, known);
    return known;
  }

  /** Calls without a price in the list add nothing. */
  add(key: string | number | null, list: PriceList, { country, ...billed }: BilledCalls): void {
    const parts = [
      priced(rateFor(list, country, true), (name) => billed[`mobile_${name}`]),
      priced(rateFor(list, country, false), (name) => billed[name] - billed[`mobile_${name}`]),
    ];
    for (const part of parts) {
      if (part === null) continue;
      this.inAll.add(list.currency, part);
      this.of(key).add(list.currency, part);
    }
  }
}
