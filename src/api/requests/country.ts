/** How numbers without a country code are read: fields of requests and answers. Not in the published API. */

import { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import { z } from "zod";
import { optional } from "./common.ts";

export const NO_SUCH_COUNTRY = "must be an ISO 3166 code of a country, like US or DE";

export const NOT_STRICT = "must be true or false";

export const countryFields = z.object({
  default_country: optional(
    z
      .string({ error: NO_SUCH_COUNTRY })
      .meta({ examples: ["US"] })
      .transform((text, context): CountryCode => {
        const code = text.trim().toUpperCase();
        if (isSupportedCountry(code)) return code;
        context.addIssue({ code: "custom", message: NO_SUCH_COUNTRY });
        return z.NEVER;
      }),
  ).describe(
    "The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it.",
  ),
  strict_country: optional(z.boolean({ error: NOT_STRICT })).describe(
    "`true`: refuses a number without a country code that could also be another country's.",
  ),
});
