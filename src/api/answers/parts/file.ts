/** How a file was read, and the numbers without a country code in it or in a JSON body. */

import { z } from "zod";
import { known } from "../../../calling/answers/json.ts";
import type { CountryReading } from "../../csv/national-numbers.ts";
import { ENCODINGS } from "../../list/encoding.ts";

const name = z.string().optional();

export const fileAnswer = z
  .object({
    format: z.enum(["csv", "xlsx"]),
    encoding: z.enum(ENCODINGS).optional().describe("Of CSV."),
    separator: z.enum(["comma", "semicolon", "tab", "pipe"]).optional().describe("Of CSV."),
    sheet: name.describe("Of a workbook."),
    header_line: z.int().optional().describe("The line with the columns' names; absent without one."),
    number_column: z.string().describe("The column with the numbers."),
    timezone_column: name,
    external_id_column: name,
    metadata_columns: z.array(z.string()).describe("All other columns: for recipients, the data that the agent gets."),
    rows: z.int().describe("Rows with a recipient or number."),
  })
  .describe("How the file was read. Columns without a name are called `column_1`, `column_2` …");

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

/** `lineOf`: the recipient's line in the file; null without a file. */
export function presentReadings(
  readings: readonly CountryReading[],
  lineOf: (index: number) => number | null,
): CountryReadingsAnswer {
  const others = readings.filter(({ otherwise }) => otherwise !== null).length;
  return {
    also_another_country: others,
    with_country_code: readings.length - others,
    numbers: readings.slice(0, COUNTRY_READINGS).map(({ index, written, number, otherwise }) => ({
      index,
      ...known({ line: lineOf(index) }),
      written,
      to_number: number,
      ...known({ could_be: otherwise?.number ?? null, country: otherwise?.country ?? null }),
    })),
  };
}
