/** A request's `multipart/form-data` body: its size, its syntax, and its fields as the values that JSON would have. */

import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import { jsonSizeProblem } from "../../calling/requests/json-size.ts";
import { MAX_BODY_BYTES, MAX_JSON_VALUES } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { sha256 } from "../../calling/secrets/digest.ts";
import type { ApiContext } from "../context.ts";
import type { ApiError } from "../envelope.ts";
import { bodyDeadlineMs, inTime } from "../limits/body-deadline.ts";
import { roomForBody } from "../limits/body-room.ts";
import { streamUntold, tooLarge } from "./body.ts";

const NO_FORM: ApiError = {
  code: "invalid_form",
  message:
    "the body cannot be read as multipart/form-data; let your HTTP client set Content-Type, so that it names the body's boundary",
};

/** Also without its boundary: the answer then says what is missing. */
export const isForm = (contentType: string | undefined): boolean =>
  /^multipart\/form-data\s*(;|$)/i.test(contentType?.trim() ?? "");

export async function readForm(c: ApiContext): Promise<Result<FormData, ApiError>> {
  const told = c.req.header("content-length");
  if (Number(told ?? 0) > MAX_BODY_BYTES) return err(tooLarge(MAX_BODY_BYTES));
  const known = c.get("bodyBytes") as Uint8Array<ArrayBuffer> | undefined;
  let isTooLarge = false;
  const headers = { "content-type": c.req.header("content-type") ?? "" };
  const formOf = (body: BodyInit | null) => new Response(body, { headers }).formData();
  try {
    if (known !== undefined) return ok(await formOf(known));
    if (told === undefined) {
      const body = await streamUntold(c, MAX_BODY_BYTES, () => {
        isTooLarge = true;
      });
      return ok(await inTime(formOf(body), bodyDeadlineMs(null)));
    }
    await roomForBody(c, Number(told));
    // HTTP ends the body there.
    return ok(await inTime(formOf(c.req.raw.body), bodyDeadlineMs(Number(told))));
  } catch (error) {
    if (error instanceof HTTPException) throw error;
    return err(isTooLarge ? tooLarge(MAX_BODY_BYTES) : NO_FORM);
  }
}

/**
 * A field's text as a value for its schema: the text itself, or the JSON value in it (a number, an object). If neither
 * fits, the schema reports on the nearer one. Undefined for an empty field, which a page sends for an empty input.
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

/** Null without a file. */
export async function fileIn(form: FormData): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = form.get("file");
  if (file === null) return null;
  return new Uint8Array(await new Blob([file]).arrayBuffer());
}

/** Ignores boundaries, the order of fields and the file's name. `bytes`: of the file. */
export async function fingerprintOfForm(form: FormData, bytes: Uint8Array<ArrayBuffer> | null): Promise<string> {
  const file = await sha256(bytes ?? new Uint8Array());
  const fields = [...form].filter(([name]) => name !== "file").sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([fields, file]));
}
