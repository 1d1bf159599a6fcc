/** Which bucket an organization's archives are in. It has the organization's jurisdiction, as all of its data. */

import type { Failure } from "../calling/requests/failure.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { type Jurisdiction, jurisdictionOf } from "../calling/words/jurisdiction.ts";
import type { Bindings, Buckets } from "../env.ts";
import { defaultJurisdiction } from "../jurisdiction.ts";

/** What archives use of a bucket. */
export type ArchiveBucket = Pick<R2Bucket, "get" | "head" | "put" | "list" | "delete">;

/** R2 has no buckets in `fedramp-high` (R2, "Data location"). */
const BINDINGS = {
  eu: "ARCHIVE_EU",
  us: "ARCHIVE_US",
  fedramp: "ARCHIVE_FEDRAMP",
  "fedramp-high": null,
} as const satisfies Record<Jurisdiction, keyof Buckets | null>;

/** Refuses if the operator has bound no bucket in the organization's jurisdiction. */
export function archiveBucket(env: Bindings, organizationId: string): Result<ArchiveBucket, Failure> {
  const jurisdiction = jurisdictionOf(organizationId) ?? defaultJurisdiction(env);
  const binding = jurisdiction === null ? "ARCHIVE" : BINDINGS[jurisdiction];
  if (binding === null) return err(missing(`R2 has no buckets in ${jurisdiction}, so archive must be false there`));
  const bucket = env[binding];
  if (bucket !== undefined) return ok(bucket);
  const where = jurisdiction === null ? "" : ` of the jurisdiction ${jurisdiction}`;
  return err(missing(`the operator must bind an R2 bucket${where} as ${binding} before archive can be true`));
}

const missing = (message: string): Failure => ({ kind: "not_configured", message });
