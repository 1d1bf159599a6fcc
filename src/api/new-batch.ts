/**
 * What a client orders, however it is sent: as JSON, or as a form with the recipients in a CSV file. Both go through the
 * same schema. For whoever creates a batch, or only looks at what would come of it.
 */

import { isSupportedCountry } from "libphonenumber-js/min";
import type { z } from "zod";
import type { Failure, Issue } from "../calling/failure.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { issuesOf, NEITHER_JSON_NOR_FORM, parseBody, readBody } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { inFile, type RecipientFile, recipientsOfFile } from "./csv/recipients-of-file.ts";
import { textOf } from "./csv/text.ts";
import { type ApiError, validationError } from "./envelope.ts";
import { fieldValue, isForm, readForm } from "./form.ts";
import { createBatchBody } from "./schemas/batch.ts";

export type NewBatch = {
  readonly body: z.output<typeof createBatchBody>;
  /** The same for the same request sent again. JSON: its bytes. A form: its fields and its file, whatever its boundary. */
  readonly fingerprint: () => Promise<string>;
  /** The failure in words of what was sent: a line of the file in place of the recipient that it became. */
  readonly inSentWords: (failure: Failure) => Failure;
};

async function sha256(bytes: Uint8Array | ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function newBatchOf(c: ApiContext): Promise<Result<NewBatch, ApiError>> {
  if (isForm(c.req.header("content-type"))) return ofForm(c);
  const bytes = await readBody(c, NEITHER_JSON_NOR_FORM);
  if (!bytes.ok) return bytes;
  const body = parseBody(bytes.value, createBatchBody);
  if (!body.ok) return body;
  return ok({
    body: body.value,
    fingerprint: () => sha256(bytes.value),
    inSentWords: (failure) => failure,
  });
}

async function ofForm(c: ApiContext): Promise<Result<NewBatch, ApiError>> {
  const form = await readForm(c);
  if (!form.ok) return form;
  const sent = form.value;
  const twice = [...new Set(sent.keys())].filter((name) => sent.getAll(name).length > 1);
  if (twice.length > 0) return invalid(twice.map((path) => ({ path, message: "is given more than once" })));

  if (sent.has("recipients")) return invalid([{ path: "recipients", message: "must be left out: the file has them" }]);
  const country = textIn(sent, "default_country").trim().toUpperCase();
  if (country !== "" && !isSupportedCountry(country)) {
    return invalid([{ path: "default_country", message: "must be an ISO 3166 code of a country, like US or DE" }]);
  }
  const bytes = await fileIn(sent);
  if (bytes === null) return invalid([{ path: "file", message: "is required: CSV with a column to_number" }]);
  const text = textOf(bytes);
  if (!text.ok) return invalid([{ path: "file", message: text.failure }]);
  const file = recipientsOfFile(text.value, country === "" ? null : country);
  if (!file.ok) return invalid([{ path: "file", message: file.failure }]);

  const fields = Object.entries(createBatchBody.omit({ recipients: true }).shape).map(
    ([name, schema]) => [name, fieldValue(textIn(sent, name), schema)] as const,
  );
  const parsed = createBatchBody.safeParse({ ...Object.fromEntries(fields), recipients: file.value.recipients });
  const issues = allIssues(file.value, parsed.success ? [] : issuesOf(parsed.error));
  if (!parsed.success || issues.length > 0) return invalid(issues);
  const { lines } = file.value;
  return ok({
    body: parsed.data,
    fingerprint: () => fingerprintOf(sent),
    inSentWords: (failure) =>
      failure.kind === "invalid"
        ? { ...failure, issues: failure.issues.map((issue) => onLine(issue, lines)) }
        : failure,
  });
}

const invalid = (issues: readonly Issue[]) => err(validationError(issues));

/** Nothing where there is no such field, or it is a file. */
function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

async function fileIn(form: FormData): Promise<Uint8Array | null> {
  const file = form.get("file");
  if (file === null) return null;
  return typeof file === "string" ? new TextEncoder().encode(file) : new Uint8Array(await file.arrayBuffer());
}

/** Boundaries, the order of the fields and the name of the file mean nothing. */
async function fingerprintOf(form: FormData): Promise<string> {
  const file = await sha256((await fileIn(form)) ?? new Uint8Array());
  const fields = [...form].filter(([name]) => name !== "file").sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(new TextEncoder().encode(JSON.stringify([fields, file])));
}

const RECIPIENT = /^recipients\[(\d+)\]/;

function onLine(issue: Issue, lines: readonly number[], message = issue.message): Issue {
  const index = RECIPIENT.exec(issue.path)?.[1];
  if (index === undefined) return issue;
  const lineOf = (recipient: string) => lines[Number(recipient)] ?? 0;
  const inWords = message.replace(/recipients\[(\d+)\]/g, (_, other: string) => `line ${lineOf(other)}`);
  return inFile(lineOf(index), issue.path.replace(RECIPIENT, ""), inWords);
}

/** Fields first, then the file by its lines. */
function allIssues({ lines, numberFaults, rowFaults }: RecipientFile, found: readonly Issue[]): Issue[] {
  // Where no row could be read, that there is nobody is not what is wrong.
  const issues = found.filter(({ path }) => path !== "recipients");
  const ofRows = issues.flatMap((issue) => {
    const [, index] = RECIPIENT.exec(issue.path) ?? [];
    if (index === undefined) return [];
    const message = issue.path.endsWith(".to_number") ? numberFaults.get(Number(index)) : undefined;
    return [onLine(issue, lines, message)];
  });
  const lineIn = ({ path }: Issue) => Number(/\d+/.exec(path)?.[0]);
  return [
    ...issues.filter(({ path }) => !RECIPIENT.test(path)),
    ...[...ofRows, ...rowFaults].sort((a, b) => lineIn(a) - lineIn(b)),
  ];
}
