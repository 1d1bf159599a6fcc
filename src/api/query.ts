/** Query parameters through a schema, and the pages of lists. */

import type { z } from "zod";
import type { Issue } from "../calling/requests/failure.ts";
import type { PageRequest } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { issuesOf } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { type ApiError, validationError } from "./envelope.ts";

/**
 * Answers 400 for a parameter that the operation does not have, and for one that is given twice. A parameter without a value
 * is as if absent: Cartesia's official clients send `limit=` for null.
 * `lists`: parameters that may be given more than once, or once with commas between their values.
 */
export function queryOf<Schema extends z.ZodObject>(
  c: ApiContext,
  schema: Schema,
  lists: readonly string[] = [],
): Result<z.output<Schema>, ApiError> {
  const known = Object.keys(schema.shape);
  const issues: Issue[] = [];
  const given: Record<string, string> = {};
  for (const [name, all] of Object.entries(c.req.queries())) {
    const values = all.filter((value) => value !== "");
    if (!known.includes(name)) {
      issues.push({ path: name, message: `is not a parameter of this request; it takes ${known.join(", ")}` });
    } else if (values.length > 1 && !lists.includes(name)) {
      issues.push({ path: name, message: "is given more than once" });
    } else if (values.length > 0) {
      given[name] = values.join(",");
    }
  }
  if (issues.length > 0) return err(validationError(issues));
  const parsed = schema.safeParse(given);
  return parsed.success ? ok(parsed.data) : err(validationError(issuesOf(parsed.error)));
}

type PageQuery = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined };

export const pageRequestOf = (query: PageQuery): PageRequest => ({
  limit: query.limit,
  startingAfter: query.starting_after ?? null,
  endingBefore: query.ending_before ?? null,
});
