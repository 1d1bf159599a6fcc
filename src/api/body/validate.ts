/** Validates a request's query and JSON body with the schemas of its operation, by `@hono/zod-validator`. */

import { zValidator } from "@hono/zod-validator";
import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { MAX_SMALL_BODY_BYTES } from "../../calling/requests/limits.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { ApiContext, ApiEnv } from "../context.ts";
import { type ApiError, respondWith, validationError } from "../envelope.ts";
import type { Operation } from "../operation.ts";
import { bytesOf, issuesOf, objectOf, readBody, tooLarge } from "./body.ts";

const validator = (target: "query" | "json", schema: z.ZodType) =>
  zValidator(
    target,
    schema,
    // Replaces the validator's own answer.
    (result, c) => (result.success ? undefined : respondWith(c as never, validationError(issuesOf(result.error)))),
    // Synchronous: a promise for each part of a body would cost time.
    { validationFunction: (_, value) => schema.safeParse(value) },
  ) as unknown as MiddlewareHandler<ApiEnv>;

/**
 * Refuses unknown and repeated parameters. A parameter without a value counts as absent: Cartesia's official clients
 * send `limit=` for null.
 */
function asSent(schema: z.ZodObject, lists: readonly string[]) {
  const known = Object.keys(schema.shape);
  return z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .transform((sent, context): Record<string, string> => {
      const given: Record<string, string> = {};
      for (const [name, value] of Object.entries(sent)) {
        const values = [value].flat().filter((one) => one !== "");
        const message = !known.includes(name)
          ? `is not a parameter of this request; it takes ${known.join(", ")}`
          : values.length > 1 && !lists.includes(name)
            ? "is given more than once"
            : null;
        if (message !== null) context.addIssue({ code: "custom", path: [name], message });
        else if (values.length > 0) given[name] = values.join(",");
      }
      return given;
    })
    .pipe(schema as z.ZodType<unknown, Record<string, string>>);
}

async function readJson(c: ApiContext, needsNoBody: boolean): Promise<Result<object, ApiError>> {
  if (needsNoBody) {
    // A client without a body may still send a length and any type.
    const bytes = await bytesOf(c, MAX_SMALL_BODY_BYTES);
    if (bytes === null) return err(tooLarge(MAX_SMALL_BODY_BYTES));
    if (bytes.byteLength === 0) return ok({});
  }
  const bytes = await readBody(c);
  return bytes.ok ? objectOf(bytes.value) : bytes;
}

/** Checks size, type and syntax of a body before Hono's validator reads its JSON. */
const jsonRead =
  (needsNoBody: boolean): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const value = await readJson(c, needsNoBody);
    if (!value.ok) return respondWith(c, value.failure);
    Object.assign(c.req, { json: async () => value.value });
    return next();
  };

export const validators = ({ query, lists, body, needsNoBody, readsBody }: Operation): MiddlewareHandler<ApiEnv>[] => [
  ...(query === undefined ? [] : [validator("query", asSent(query, lists ?? []))]),
  ...(body === undefined || readsBody ? [] : [jsonRead(needsNoBody === true), validator("json", body.schema)]),
];
