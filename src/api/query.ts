/** Query parameters through a schema, and the pages of lists. */

import type { z } from "zod";
import type { PageRequest, SearchRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { issuesOf } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { type ApiError, validationError } from "./envelope.ts";

/** `lists`: parameters that may be given more than once, or once with commas between their values. */
export function queryOf<Schema extends z.ZodType>(
  c: ApiContext,
  schema: Schema,
  lists: readonly string[] = [],
): Result<z.output<Schema>, ApiError> {
  const joined = lists.flatMap((name) => {
    const values = c.req.queries(name);
    return values === undefined ? [] : [[name, values.join(",")]];
  });
  const parsed = schema.safeParse({ ...c.req.query(), ...Object.fromEntries(joined) });
  return parsed.success ? ok(parsed.data) : err(validationError(issuesOf(parsed.error)));
}

type PageQuery = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined };

export const pageRequestOf = (query: PageQuery): PageRequest => ({
  limit: query.limit,
  startingAfter: query.starting_after ?? null,
  endingBefore: query.ending_before ?? null,
});

export const searchRequestOf = (query: PageQuery & { q?: string | undefined }): SearchRequest => ({
  ...pageRequestOf(query),
  text: query.q?.trim() ?? "",
});
