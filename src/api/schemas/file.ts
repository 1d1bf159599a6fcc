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
        "The name of the column with the numbers, as its first line says it; `column_2` where nothing names it. Without it the column is guessed: the one most of whose values are phone numbers, and of several the one whose name says so. Where two are as good as each other it is required.",
      examples: ["Mobile phone"],
    })
    .optional(),
  sheet: z
    .string()
    .meta({ description: "Of a workbook: the name of the sheet. Without it: the first that is not hidden." })
    .optional(),
});

const name = z.string().optional();

export const fileAnswer = z
  .object({
    format: z.enum(["csv", "xlsx"]),
    encoding: z.enum(ENCODINGS).optional().describe("Of CSV."),
    separator: z.enum(["comma", "semicolon", "tab", "pipe"]).optional().describe("Of CSV."),
    sheet: name.describe("Of a workbook."),
    header_line: z.int().optional().describe("The line that names the columns; absent where none does."),
    number_column: z.string().describe("From where the numbers were taken."),
    timezone_column: name,
    external_id_column: name,
    metadata_columns: z.array(z.string()).describe("Every other column: of recipients it is what the agent gets."),
    rows: z.int().describe("Rows with a recipient or number."),
  })
  .describe("Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` …");
