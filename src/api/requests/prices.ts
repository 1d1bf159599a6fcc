/** Price lists of providers: what a client writes. */

import { z } from "zod";
import { INCREMENTS, type Increments } from "../../calling/messages/report-sums.ts";
import { isCallingCode, isCountry, tellsMobile } from "../../calling/numbers/country.ts";
import { optional } from "../../calling/requests/fields.ts";
import { ELSEWHERE, mobileOf, RATES_AT_MOST } from "../../calling/words/price-list.ts";
import type { PriceListOrder } from "../../organization/messages/telephony.ts";
import { anyText } from "./common.ts";
import { day } from "./day.ts";

const DESTINATION = /^(?:[A-Z]{2}(?: mobile)?|\+\d{1,15}|\*)$/;
const MOBILE = mobileOf("");

/** Null: it is a destination. */
function destinationProblem(text: string): string | null {
  if (!DESTINATION.test(text)) {
    return 'must be a country like "DE", its mobile numbers "DE mobile", a calling code like "+49", or "*" for all others';
  }
  if (text === ELSEWHERE) return null;
  if (text.startsWith("+"))
    return isCallingCode(text)
      ? null
      : 'must be a calling code like +49, without an area or a network; mobile numbers of Germany are "DE mobile"';
  const country = text.replace(MOBILE, "");
  if (!isCountry(country)) return "must be a country with phone numbers, as ISO 3166 names it: DE";
  return text !== country && !tellsMobile(country)
    ? `must be ${country}: its numbers do not tell mobile from fixed lines`
    : null;
}

const decimal = z
  .string({ error: (issue) => (issue.input === undefined ? "is required" : 'must be text, like "0.0125"') })
  .regex(/^\d{1,6}(?:\.\d{1,8})?$/, {
    error: 'must be a decimal like "0.0125", with at most 8 digits after the point',
  });

const RATE = { error: "must be an object {destination, per_minute, increments?, connection_fee?}" };
const rate = z.object(
  {
    destination: anyText
      .superRefine((text, context) => {
        const problem = destinationProblem(text);
        if (problem !== null) context.addIssue({ code: "custom", message: problem });
      })
      .describe(
        "A country (`DE`), its mobile numbers (`DE mobile`), all countries of a calling code (`+49`), or `*` for all others. The most precise one that the list has is the price: mobile, country, code, `*`.",
      )
      .meta({ pattern: DESTINATION.source, examples: ["DE mobile"] }),
    per_minute: decimal.describe("The price of a minute."),
    increments: z
      .enum(Object.keys(INCREMENTS) as [Increments, ...Increments[]], {
        error: `must be one of ${Object.keys(INCREMENTS).join(", ")}`,
      })
      .default("60/60")
      .describe(
        "Seconds that are billed at least, and the steps after them: `30/6` bills 42 seconds for a call of 37.",
      ),
    connection_fee: decimal.default("0").describe("For each answered call."),
  },
  RATE,
);

export const priceListBody = z.object({
  valid_from: day.describe("The first day of these prices, by the callee's clock. They hold until the next list."),
  replaces: optional(day).describe(
    "The first day of another list, which is deleted in the same transaction. This moves a list to another day. If there is no such list, nothing is deleted.",
  ),
  currency: anyText
    .regex(/^[A-Z]{3}$/, { error: 'must be a currency, as ISO 4217 names it: "EUR"' })
    .describe("As ISO 4217 names it. Sums of different currencies are never added."),
  rates: z
    .array(rate, { error: "must be a list of prices" })
    .min(1, { error: "must have a price" })
    .max(RATES_AT_MOST, { error: `must have at most ${RATES_AT_MOST} prices` })
    .superRefine((rates, context) => {
      const seen = new Set<string>();
      for (const [at, { destination }] of rates.entries()) {
        if (seen.has(destination)) {
          context.addIssue({
            code: "custom",
            path: [at, "destination"],
            message: `has a price already: ${destination}`,
          });
        }
        seen.add(destination);
      }
    }),
});

export const priceListOf = ({
  valid_from,
  currency,
  rates,
  replaces,
}: z.output<typeof priceListBody>): PriceListOrder => ({
  validFrom: valid_from,
  currency,
  rates,
  ...(replaces === null ? {} : { replaces }),
});
