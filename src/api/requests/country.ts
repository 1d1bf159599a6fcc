/** How numbers without a country code are read: fields of requests and answers. Ours. */

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

/** The most readings in an answer; the counts include all. */
export const COUNTRY_READINGS = 100;

export const countryReadings = z
  .object({
    also_another_country: z
      .int()
      .describe("Numbers that were read as default_country's, but with a + would be another country's."),
    with_country_code: z.int().describe("Numbers that begin with default_country's own code and have no +."),
    numbers: z
      .array(
        z.object({
          index: z.int().describe("The recipient's index in the request, from 0."),
          line: z.int().optional().describe("Its line in the file."),
          written: z.string(),
          to_number: z.string().describe("The number as it was read."),
          could_be: z.string().optional().describe("The other possible number."),
          country: z.string().optional().describe("The country of the other number: ISO 3166, or its calling code."),
        }),
      )
      .describe(`The first ${COUNTRY_READINGS} of them.`),
  })
  .describe("How numbers without a country code were read, if you should check it.");
export type CountryReadingsAnswer = z.output<typeof countryReadings>;
