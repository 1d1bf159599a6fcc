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
    "Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number.",
  ),
  strict_country: optional(z.boolean({ error: NOT_STRICT })).describe(
    "`true`: a number without a country code that could also be another country's is refused.",
  ),
});

/** The most readings in an answer; the counts include all. */
export const COUNTRY_READINGS = 100;

export const countryReadings = z
  .object({
    also_another_country: z
      .int()
      .describe(
        "Numbers that were read as default_country's, and that look like another country's with a + before them.",
      ),
    with_country_code: z.int().describe("Numbers that begin with default_country's own code, and have no +."),
    numbers: z
      .array(
        z.object({
          index: z.int().describe("The recipient's place in the request, from 0."),
          line: z.int().optional().describe("Its line in the file."),
          written: z.string(),
          to_number: z.string().describe("As it was read."),
          could_be: z.string().optional().describe("What else it could be."),
          country: z.string().optional().describe("The country that it would be of: ISO 3166, or its calling code."),
        }),
      )
      .describe(`The first ${COUNTRY_READINGS} of them.`),
  })
  .describe("How numbers without a country code were read, where that should be looked at.");
export type CountryReadingsAnswer = z.output<typeof countryReadings>;
