/** A request's `multipart/form-data` body: its size, its syntax, and its fields as the values that JSON would have. */

import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import { jsonSizeProblem } from "../calling/requests/json-size.ts";
import { MAX_BODY_BYTES, MAX_JSON_VALUES } from "../calling/requests/limits.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { sha256 } from "../calling/secrets/digest.ts";
import { tooLarge } from "./body.ts";
import { bodyDeadlineMs, inTime } from "./body-deadline.ts";
import type { ApiContext } from "./context.ts";
import type { ApiError } from "./envelope.ts";

const NO_FORM: ApiError = {
  status: 400,
  code: "invalid_form",
  title: "Invalid form",
  message: "the body is not the multipart/form-data that its Content-Type says",
};

export const isForm = (contentType: string | undefined): boolean =>
  /^multipart\/form-data\s*;/i.test(contentType?.trim() ?? "");

/** Fails once more than `limit` bytes come through, so that nothing more is kept. */
function limited(limit: number, onTooMuch: () => void): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size <= limit) return controller.enqueue(chunk);
      onTooMuch();
      controller.error(new Error("the body is too large"));
    },
  });
}

export async function readForm(c: ApiContext): Promise<Result<FormData, ApiError>> {
  const told = Number(c.req.header("content-length") ?? 0);
  if (told > MAX_BODY_BYTES) return err(tooLarge(MAX_BODY_BYTES));
  const known = c.get("bodyBytes") as Uint8Array<ArrayBuffer> | undefined;
  let isTooLarge = false;
  const stream = (known === undefined ? c.req.raw.body : null)?.pipeThrough(
    limited(MAX_BODY_BYTES, () => {
      isTooLarge = true;
    }),
  );
  const headers = { "content-type": c.req.header("content-type") ?? "" };
  try {
    return ok(await inTime(new Response(known ?? stream ?? null, { headers }).formData(), bodyDeadlineMs(told)));
  } catch (error) {
    if (error instanceof HTTPException) throw error;
    return err(isTooLarge ? tooLarge(MAX_BODY_BYTES) : NO_FORM);
  }
}

/**
 * A field's text as the value that its schema takes: the text itself, or what it says as JSON (a number, an object). Where
 * neither will do, the schema says of the nearer one what is wrong with it. Undefined for an empty field, as a page
 * sends what was not filled in.
 */
export function fieldValue(text: string, schema: z.ZodType): unknown {
  if (text === "") return undefined;
  if (schema.safeParse(text).success) return text;
  if (jsonSizeProblem(new TextEncoder().encode(text), MAX_JSON_VALUES) !== null) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const isObject = typeof value === "object" && value !== null;
  return isObject || schema.safeParse(value).success ? value : text;
}

/** Null where there is none. */
export async function fileIn(form: FormData): Promise<Uint8Array | null> {
  const file = form.get("file");
  if (file === null) return null;
  return typeof file === "string" ? new TextEncoder().encode(file) : new Uint8Array(await file.arrayBuffer());
}

/** Boundaries, the order of the fields and the name of the file mean nothing. */
export async function fingerprintOfForm(form: FormData): Promise<string> {
  const file = await sha256((await fileIn(form)) ?? new Uint8Array());
  const fields = [...form].filter(([name]) => name !== "file").sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([fields, file]));
}
