/** `Cartesia-Version` (contract: "Conventions", version). */

import { createMiddleware } from "hono/factory";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { ApiEnv } from "../context.ts";
import { type ErrorCode, respondWith } from "../envelope.ts";
import { SERVED_VERSIONS, type ServedVersion } from "./served-versions.ts";

type Problem = { readonly code: ErrorCode; readonly message: string };

const SERVED = SERVED_VERSIONS.join(" and ");

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // `Date` turns an impossible day (2026-02-30) into one of the next month.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The newest served version that is not newer than the requested one. */
export function servedVersion(header: string | undefined): Result<ServedVersion, Problem> {
  if (header === undefined || header === "") {
    return err({ code: "missing_version", message: `send Cartesia-Version: YYYY-MM-DD; ${SERVED} are served` });
  }
  if (!isDate(header)) {
    return err({
      code: "unsupported_version",
      message: `Cartesia-Version must be a date YYYY-MM-DD; ${SERVED} are served`,
    });
  }
  const served = SERVED_VERSIONS.findLast((version) => version <= header);
  return served === undefined
    ? err({ code: "unsupported_version", message: `Cartesia-Version ${header} is too old; ${SERVED} are served` })
    : ok(served);
}

export const requireVersion = createMiddleware<ApiEnv>(async (c, next) => {
  const version = servedVersion(c.req.header("cartesia-version"));
  if (!version.ok) return respondWith(c, { status: 400, title: "Invalid version", ...version.failure });
  return next();
});
