/**
 * A JSON body with recipients, by its schema. Recipients are parsed, read and checked one by one. So a large list is
 * never in memory as text, as values and as recipients at once. Pure.
 */

import { z } from "zod";
import type { Issue } from "../../calling/requests/failure.ts";
import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { issuesOf, objectOf, sizeProblem } from "../body/body.ts";
import { type SplitList, splitList } from "../body/json-list.ts";
import { type CountryReading, type NumberReader, numberReaderOf, withNumberRead } from "../csv/national-numbers.ts";
import { type ApiError, validationError } from "../envelope.ts";
import { newRecipient, RECIPIENTS } from "../requests/batch.ts";

/** The schema of a body with `recipients`. */
export type RecipientsSchema<Body> = z.ZodType<Body> & {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly extend: (shape: { readonly recipients: z.ZodType }) => z.ZodType;
};

export type JsonBatch<Body> = {
  readonly body: Body;
  /** Null if no country was given. */
  readonly countryReadings: readonly CountryReading[] | null;
};

const FIELD = "recipients";

export function batchOfJson<Body>(
  bytes: Uint8Array,
  schema: RecipientsSchema<Body>,
): Result<JsonBatch<Body>, ApiError> {
  const tooMuch = sizeProblem(bytes);
  if (tooMuch !== null) return err(tooMuch);
  const list = splitList(bytes, FIELD);
  // The list is missing or not a list, so nothing is large.
  if (list === null) return wholeOf(bytes, schema);
  const fields = objectOf(list.rest);
  // Issues about the whole body keep their place in it.
  if (!fields.ok) return wholeOf(bytes, schema);
  const reader = numberReaderOf(fields.value);
  try {
    const parsed = oneByOne(schema).safeParse({ ...fields.value, [FIELD]: { list, reader } satisfies ToRead });
    return judged(parsed as z.ZodSafeParseResult<Body>, reader);
  } catch (error) {
    if (error instanceof NotJson) return wholeOf(bytes, schema);
    throw error;
  }
}

function wholeOf<Body>(bytes: Uint8Array, schema: RecipientsSchema<Body>): Result<JsonBatch<Body>, ApiError> {
  const object = objectOf(bytes);
  if (!object.ok) return object;
  const reader = numberReaderOf(object.value);
  const people = FIELD in object.value ? object.value.recipients : undefined;
  const read =
    reader !== null && Array.isArray(people)
      ? { ...object.value, recipients: people.map((one, index) => withNumberRead(one, index, reader)) }
      : object.value;
  return judged(schema.safeParse(read), reader);
}

function judged<Body>(
  parsed: z.ZodSafeParseResult<Body>,
  reader: NumberReader | null,
): Result<JsonBatch<Body>, ApiError> {
  if (!parsed.success) return err(validationError(inWordsOf(reader?.faults, issuesOf(parsed.error))));
  return ok({ body: parsed.data, countryReadings: reader?.readings ?? null });
}

/** Thrown for an item that cannot be parsed. */
class NotJson extends Error {}

function parsedAt(list: SplitList, index: number): unknown {
  try {
    return list.itemAt(index);
  } catch (cause) {
    throw new NotJson("an item of the list is not JSON", { cause });
  }
}

type ToRead = { readonly list: SplitList; readonly reader: NumberReader | null };

/** Schemas that read the list item by item, by those of whole bodies. A schema takes longer to make than to use. */
const readers = new WeakMap<z.ZodType, z.ZodType>();

function oneByOne<Body>(schema: RecipientsSchema<Body>): z.ZodType {
  const before = readers.get(schema);
  if (before !== undefined) return before;
  const made = schema.extend({ [FIELD]: READ_ONE_BY_ONE });
  readers.set(schema, made);
  return made;
}

const READ_ONE_BY_ONE = z.unknown().transform((given, context) => {
  const { list, reader } = given as ToRead;
  if (list.length < 1 || list.length > MAX_RECIPIENTS) {
    context.addIssue({ code: "custom", message: RECIPIENTS });
    return z.NEVER;
  }
  return Array.from({ length: list.length }, (__, index) => {
    const value = parsedAt(list, index);
    const parsed = newRecipient.safeParse(reader === null ? value : withNumberRead(value, index, reader));
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) {
      context.addIssue({ code: "custom", message, path: [index, ...path] });
    }
    return z.NEVER;
  });
});

/** A known fault of a number says more than "is not in E.164". */
const inWordsOf = (faults: ReadonlyMap<number, string> | undefined, issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => {
    const index = /^recipients\[(\d+)\]\.to_number$/.exec(issue.path)?.[1];
    return { ...issue, message: faults?.get(Number(index ?? -1)) ?? issue.message };
  });
