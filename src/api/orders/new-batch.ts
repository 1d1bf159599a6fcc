/**
 * An order for a batch as JSON, or as a form with the recipients in a file. Both pass the same schema. Used to create a
 * batch, to preview one, and to append to one.
 */

import type { Failure } from "../../calling/requests/failure.ts";
import { MAX_BODY_BYTES } from "../../calling/requests/limits.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { sha256 } from "../../calling/secrets/digest.ts";
import { issuesOf, NEITHER_JSON_NOR_FORM, readBody } from "../body/body.ts";
import { isForm } from "../body/form.ts";
import { isRepeatable } from "../body/idempotency.ts";
import type { ApiContext } from "../context.ts";
import type { FileAsRead } from "../csv/file-as-read.ts";
import { allIssues, onLine } from "../csv/issues.ts";
import type { CountryReading } from "../csv/national-numbers.ts";
import type { RecipientFile } from "../csv/recipients-of-file.ts";
import type { ApiError } from "../envelope.ts";
import { batchOfJson, type RecipientsSchema } from "./batch-of-json.ts";
import { fieldsOf, invalid, readFileForm } from "./file-form.ts";

export type NewBatch<Body> = {
  readonly body: Body;
  /**
   * Equal for a repeated request. JSON: a hash of its bytes. A form: of its fields and its file, whatever its boundary.
   * Null if repeats cannot be recognized.
   */
  readonly fingerprint: string | null;
  /** The failure in terms of what was sent: a line of the file instead of a recipient. */
  readonly inSentWords: (failure: Failure) => Failure;
  /** How the file was read; null without a file. */
  readonly asRead: FileAsRead | null;
  /** How numbers without a country code were read, if the sender should check it; null without a country. */
  readonly countryReadings: readonly CountryReading[] | null;
  /** The recipient's line in the file; null without a file. */
  readonly lineOf: (index: number) => number | null;
};

export async function newBatchOf<Body>(
  c: ApiContext,
  schema: RecipientsSchema<Body>,
): Promise<Result<NewBatch<Body>, ApiError>> {
  if (isForm(c.req.header("content-type"))) return ofForm(c, schema);
  const bytes = await readBody(c, MAX_BODY_BYTES, NEITHER_JSON_NOR_FORM);
  if (!bytes.ok) return bytes;
  const fingerprint = isRepeatable(c) ? await sha256(bytes.value) : null;
  // From here on nothing else needs the bytes.
  c.set("bodyBytes", undefined);
  const sent = batchOfJson(bytes.value, schema);
  if (!sent.ok) return sent;
  const lineOf = () => null;
  return ok({ ...sent.value, fingerprint, inSentWords: (failure) => failure, asRead: null, lineOf });
}

async function ofForm<Body>(c: ApiContext, schema: RecipientsSchema<Body>): Promise<Result<NewBatch<Body>, ApiError>> {
  const form = await readFileForm(c);
  if (!form.ok) return form;
  const { sent, file, fingerprint } = form.value;
  if (sent.has("recipients")) return invalid([{ path: "recipients", message: "must be left out: the file has them" }]);
  const { recipients, ...shape } = schema.shape;
  const fields = fieldsOf(sent, shape);
  const parsed = schema.safeParse({ ...fields, recipients: file.recipients });
  const issues = allIssues(file, parsed.success ? [] : issuesOf(parsed.error));
  if (!parsed.success || issues.length > 0) return invalid(issues);
  return ok({
    body: parsed.data,
    fingerprint,
    ...wordsOf(file),
    asRead: file.asRead,
    countryReadings: sent.get("default_country") ? file.countryReadings : null,
  });
}

/** Keeps only the file's line numbers. */
const wordsOf = ({ lines, columnOf }: RecipientFile): Pick<NewBatch<unknown>, "inSentWords" | "lineOf"> => ({
  inSentWords: (failure) =>
    failure.kind === "invalid"
      ? { ...failure, issues: failure.issues.map((issue) => onLine(issue, { lines, columnOf })) }
      : failure,
  lineOf: (index) => lines[index] ?? null,
});
