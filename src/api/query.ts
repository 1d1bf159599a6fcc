/** Query parameters through a schema, and the pages of lists. */

import type { z } from "zod";
import type { PageRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { issuesOf } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { type ApiError, validationError } from "./envelope.ts";

export function queryOf<Schema extends z.ZodType>(c: ApiContext, schema: Schema): Result<z.output<Schema>, ApiError> {
  const parsed = schema.safeParse(c.req.query());
  return parsed.success ? ok(parsed.data) : err(validationError(issuesOf(parsed.error)));
}

type PageQuery = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined };

export const pageRequestOf = (query: PageQuery): PageRequest => ({
  limit: query.limit,
  startingAfter: query.starting_after ?? null,
  endingBefore: query.ending_before ?? null,
});
