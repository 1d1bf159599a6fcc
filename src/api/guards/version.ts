/** `Cartesia-Version` (contract: "Conventions", version). */

import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { ApiEnv } from "../context.ts";
import { type ApiError, respondWith } from "../envelope.ts";
import { SERVED_VERSIONS, type ServedVersion } from "./served-versions.ts";

const DATE = z.iso.date();
const SERVED = SERVED_VERSIONS.join(" and ");

/** The newest served version that is not newer than the requested one. */
export function servedVersion(header: string | undefined): Result<ServedVersion, ApiError> {
  if (header === undefined || header === "") {
    return err({ code: "missing_version", message: `send Cartesia-Version: YYYY-MM-DD; ${SERVED} are served` });
  }
  if (!DATE.safeParse(header).success) {
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
  if (!version.ok) return respondWith(c, version.failure);
  return next();
});
