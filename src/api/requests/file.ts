/**
 * A form with a file that holds a list: its fields, and how the answer says the file was read. Not in the published
 * API.
 */

import { z } from "zod";
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
