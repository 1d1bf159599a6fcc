/**
 * What calls by a provider cost from a day on. Reports keep calls by country, and by whether the number is a mobile one, so a price
 * can be of these and no finer. Pure.
 */

import type { Increments } from "../messages/report-sums.ts";
import { callingCodeOf } from "../numbers/country.ts";

/** More destinations than there are countries, each with mobile numbers apart. */
export const RATES_AT_MOST = 600;
/** Of a provider. */
export const PRICE_LISTS_AT_MOST = 50;

/** For all destinations that have no price of their own. */
export const ELSEWHERE = "*";

/**
 * `destination`: a country ("DE"), its mobile numbers ("DE mobile"), all countries of a calling code ("+49"), or `ELSEWHERE`.
 * `per_minute`, `connection_fee`: decimals, in the list's currency.
 */
export type Rate = {
  readonly destination: string;
  readonly per_minute: string;
  readonly increments: Increments;
  readonly connection_fee: string;
};

/** `validFrom`: a day by callees' clocks, in days since 1970. The list holds until the next one. */
export type PriceList = { readonly validFrom: number; readonly currency: string; readonly rates: readonly Rate[] };

export const mobileOf = (country: string): string => `${country} mobile`;

/** The most precise that the list has; null: it has no price. `country`: as reports name it. */
export function rateFor({ rates }: Pick<PriceList, "rates">, country: string, isMobile: boolean): Rate | null {
  const names = [...(isMobile ? [mobileOf(country)] : []), country, callingCodeOf(country), ELSEWHERE];
  for (const name of names) {
    const found = rates.find(({ destination }) => destination === name);
    if (found !== undefined) return found;
  }
  return null;
}
