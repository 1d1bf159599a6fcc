/** A form with a file that holds a list: its fields, and how the answer says the file was read. Ours. */

import { z } from "zod";
import { ENCODINGS } from "../list/encoding.ts";
import { countryFields } from "./country.ts";

/** `about`: the meaning of its columns. */
export const fileFields = (about: string) => ({
  file: z.string().meta({
    format: "binary",
    description: `A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). ${about}`,
  }),
  ...countryFields.shape,
  number_column: z
    .string()
    .meta({
      description:
        "The name of the column with the numbers, or `column_2` without names. Default: a guess, the column that is mostly phone numbers; of several, the one whose name fits best. Required if two fit equally well.",
      examples: ["Mobile phone"],
    })
    .optional(),
  sheet: z
    .string()
    .meta({ description: "For a workbook: the name of the sheet. Default: the first visible one." })
    .optional(),
});

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
