/** A form with fields and a file that holds a list: a batch's recipients, or numbers for the do-not-call list. */

import type { z } from "zod";
import type { Issue } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { fieldValue, fileIn, fingerprintOfForm, readForm } from "../body/form.ts";
import { isRepeatable } from "../body/idempotency.ts";
import type { ApiContext } from "../context.ts";
import { countryRuleOf } from "../csv/national-numbers.ts";
import { RECIPIENTS, type RecipientFile, type Rows, recipientsOfFile } from "../csv/recipients-of-file.ts";
import { type ApiError, validationError } from "../envelope.ts";
import { tableOf } from "../list/table.ts";
import { NO_SUCH_COUNTRY, NOT_STRICT } from "../requests/country.ts";

/** `sent`: its fields, without the file. `fingerprint`: as for a new batch. */
export type FileForm = { readonly sent: FormData; readonly file: RecipientFile; readonly fingerprint: string | null };

export const invalid = (issues: readonly Issue[]) => err(validationError(issues));

export async function readFileForm(c: ApiContext, rows: Rows = RECIPIENTS): Promise<Result<FileForm, ApiError>> {
  const form = await readForm(c);
  if (!form.ok) return form;
  const sent = form.value;
  // The parsed form holds the bytes now.
  c.set("bodyBytes", undefined);
  const twice = [...new Set(sent.keys())].filter((name) => sent.getAll(name).length > 1);
  if (twice.length > 0) return invalid(twice.map((path) => ({ path, message: "is given more than once" })));
  const country = countryRuleOf(textIn(sent, "default_country"), textIn(sent, "strict_country"));
  if (!country.ok) {
    const message = country.failure === "default_country" ? NO_SUCH_COUNTRY : NOT_STRICT;
    return invalid([{ path: country.failure, message }]);
  }
  const bytes = await fileIn(sent);
  sent.delete("file");
  const fingerprint = isRepeatable(c) ? await fingerprintOfForm(sent, bytes) : null;
  if (bytes === null)
    return invalid([{ path: "file", message: "is required: a CSV or .xlsx file with a column of numbers" }]);
  const table = await tableOf(bytes, { most: rows.most, sheet: textIn(sent, "sheet") || null });
  if (!table.ok) return invalid([{ path: "file", message: table.failure }]);
  const numberColumn = textIn(sent, "number_column") || null;
  const file = recipientsOfFile(table.value, { ...country.value, numberColumn, rows });
  return file.ok ? ok({ sent, file: file.value, fingerprint }) : invalid([file.failure]);
}

/** Undefined if there is no such field, or it is a file. */
function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** The form's fields as values for their schemas. */
export const fieldsOf = (form: FormData, shape: Readonly<Record<string, z.ZodType>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, fieldValue(textIn(form, name), schema)]));
