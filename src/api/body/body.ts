/**
 * A request's JSON body: its type, its size, its syntax, then its schema. Each check has its own status and comes
 * before the next. The size counts the bytes that arrive, whatever the header claims.
 */

import type { z } from "zod";
import type { Issue } from "../../calling/requests/failure.ts";
import { jsonSizeProblem, sizeMessage } from "../../calling/requests/json-size.ts";
import { MAX_JSON_VALUES, MAX_SMALL_BODY_BYTES } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { ApiContext } from "../context.ts";
import { type ApiError, validationError } from "../envelope.ts";
import { bodyDeadlineMs, inTime } from "../limits/body-deadline.ts";
import { FREE_BYTES, roomForBody } from "../limits/body-room.ts";
import { joined, sizeOf } from "./bytes.ts";

const unsupported = (message: string): ApiError => ({
  code: "unsupported_media_type",
  message,
});
const NOT_JSON = unsupported("send the body as Content-Type: application/json");
export const NEITHER_JSON_NOR_FORM = unsupported(
  "send the body as Content-Type: application/json, or as multipart/form-data with the recipients in a file",
);
const KIB = 1_024;
export const tooLarge = (limit: number): ApiError => ({
  code: "payload_too_large",
  message: `the body must be at most ${limit < KIB * KIB ? `${limit / KIB} KiB` : `${limit / KIB / KIB} MiB`}`,
});
const malformed = (message: string): ApiError => ({
  code: "invalid_json",
  message,
});

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;.*)?$/i.test(contentType?.trim() ?? "");

/** Reads on into `chunks` until there are more than `enough` bytes. Returns whether the body has ended. */
async function readOn(reader: Reader, chunks: Uint8Array[], enough: number): Promise<boolean> {
  for (let size = sizeOf(chunks); size <= enough; ) {
    const { value, done } = await reader.read();
    if (done) return true;
    chunks.push(value);
    size += value.byteLength;
  }
  return false;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads a body of unknown length, and reserves memory once it turns out to be large. Null if more than `limit` bytes
 * arrive.
 */
async function readUntold(c: ApiContext, limit: number): Promise<Uint8Array | null> {
  const begun = await beginUntold(c, limit);
  if (begun === null) return new Uint8Array();
  const { chunks, reader, hasEnded } = begun;
  if (!hasEnded && !(await inTime(readOn(reader, chunks, limit), bodyDeadlineMs(null)))) return null;
  return joined(chunks);
}

type Begun = { readonly chunks: Uint8Array[]; readonly reader: Reader; readonly hasEnded: boolean };

/** The beginning of such a body, with memory reserved for the rest if there is more. Null if there is no body. */
async function beginUntold(c: ApiContext, limit: number): Promise<Begun | null> {
  const reader: Reader | undefined = c.req.raw.body?.getReader();
  if (reader === undefined) return null;
  const chunks: Uint8Array[] = [];
  const hasEnded = await inTime(readOn(reader, chunks, Math.min(FREE_BYTES, limit)), bodyDeadlineMs(null));
  if (!hasEnded) await roomForBody(c, limit);
  return { chunks, reader, hasEnded };
}

/** Such a body as a stream, for a reader that keeps less than all of it. It breaks off beyond `limit` and calls `onTooMuch`. */
export async function streamUntold(
  c: ApiContext,
  limit: number,
  onTooMuch: () => void,
): Promise<ReadableStream | null> {
  const begun = await beginUntold(c, limit);
  if (begun === null) return null;
  const { chunks, reader } = begun;
  let size = 0;
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = chunks.length > 0 ? { value: chunks.shift(), done: false } : await reader.read();
      size += value?.byteLength ?? 0;
      if (done || value === undefined) return controller.close();
      if (size <= limit) return controller.enqueue(value);
      onTooMuch();
      controller.error(new Error("the body is too large"));
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/**
 * A body's bytes; null if there are more than `limit`. With a known length HTTP ends the body there, and one read costs
 * a fraction of many chunks.
 */
export async function bytesOf(c: ApiContext, limit: number): Promise<Uint8Array | null> {
  const known = c.get("bodyBytes");
  if (known !== undefined) return known.byteLength > limit ? null : known;
  const bytes = await read(c, limit);
  if (bytes !== null) c.set("bodyBytes", bytes);
  return bytes;
}

async function read(c: ApiContext, limit: number): Promise<Uint8Array | null> {
  const told = c.req.header("content-length");
  if (Number(told ?? 0) > limit) return null;
  if (told === undefined) return readUntold(c, limit);
  await roomForBody(c, Number(told));
  const bytes = new Uint8Array(await inTime(c.req.raw.arrayBuffer(), bodyDeadlineMs(Number(told))));
  return bytes.byteLength > limit ? null : bytes;
}

/** The bytes of a JSON body, as sent. */
export async function readBody(
  c: ApiContext,
  limit = MAX_SMALL_BODY_BYTES,
  notJson = NOT_JSON,
): Promise<Result<Uint8Array, ApiError>> {
  if (!isJson(c.req.header("content-type"))) return err(notJson);
  const bytes = await bytesOf(c, limit);
  return bytes === null ? err(tooLarge(limit)) : ok(bytes);
}

export function parseBody<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
): Result<z.output<Schema>, ApiError> {
  const value = objectOf(bytes);
  if (!value.ok) return value;
  const parsed = schema.safeParse(value.value);
  return parsed.success ? ok(parsed.data) : err(validationError(issuesOf(parsed.error)));
}

/** Checked before values are built from a body: it is nested too deep, or has too many values. */
export function sizeProblem(bytes: Uint8Array): ApiError | null {
  const problem = jsonSizeProblem(bytes, MAX_JSON_VALUES);
  return problem === null ? null : malformed(`the body ${sizeMessage(problem)}`);
}

/** A body's JSON object, before its schema. */
export function objectOf(bytes: Uint8Array): Result<object, ApiError> {
  if (bytes.byteLength === 0) return err(malformed("the body is empty; send a JSON object"));
  const problem = sizeProblem(bytes);
  if (problem !== null) return err(problem);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (error) {
    return err(
      malformed(error instanceof SyntaxError ? `the body is not JSON: ${error.message}` : "the body is not UTF-8"),
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return err(malformed("the body must be a JSON object"));
  }
  return ok(value);
}

/** The body of a request that needs only its values. */
export async function bodyOf<Schema extends z.ZodType>(
  c: ApiContext,
  schema: Schema,
  limit?: number,
  otherwise?: ApiError,
): Promise<Result<z.output<Schema>, ApiError>> {
  const bytes = await readBody(c, limit, otherwise);
  return bytes.ok ? parseBody(bytes.value, schema) : bytes;
}

/** `["recipients", 17, "to_number"]` as `recipients[17].to_number`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (before, part) =>
      typeof part === "number" ? `${before}[${part}]` : before === "" ? String(part) : `${before}.${String(part)}`,
    "",
  );
  return text === "" ? "body" : text;
}

export const issuesOf = (error: z.core.$ZodError): Issue[] =>
  error.issues.map((issue) => ({ path: pathText(issue.path), message: issue.message }));

/** The fields that a change names; others are left unchanged. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
