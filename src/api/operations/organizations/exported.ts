/** Shared by the operations that export an organization: its admin's and an operator's. */

import { z } from "zod";
import { present } from "../../../calling/requests/assert.ts";
import { type Failure, invalid } from "../../../calling/requests/failure.ts";
import { err, type Result } from "../../../calling/requests/result.ts";
import { routeOfBatch } from "../../../calling/secrets/ids.ts";
import type { OrganizationObject } from "../../../organization/object.ts";
import { type ApiContext, actOf } from "../../context.ts";
import { placeOf } from "../../export/places.ts";
import { exportSteps } from "../../export/sections.ts";
import { Refused } from "../../export/source.ts";
import { type FileInManifest, type Step, tarOf } from "../../export/tar.ts";
import { answered, content } from "../../operation.ts";

/** Of parts in memory until the client reads them (`export/tar.ts`). */
const EXPORT_BYTES = 10 * 1_024 * 1_024;
const SCHEMA_VERSION = 1;

export const EXPORT = {
  description:
    "A tar archive with gzip, written while it is sent: settings without secrets, reports, the do-not-call list, receipts of erasures, the audit, and every batch and direct call, as JSON and JSON lines. `manifest.json` is its last file, with the lines, bytes and SHA-256 of each. Without it the download broke off. A very large organization takes several: while the manifest has `goes_on`, repeat with it as `starting_after`.",
  query: z.object({
    starting_after: z.string().describe("`goes_on` of the manifest of the export before this one.").optional(),
  }),
  answer: answered(200, "The file.", content("OrganizationExport", z.string(), "", "application/gzip")),
  answerBytes: () => EXPORT_BYTES,
} as const;

export async function exported(
  c: ApiContext,
  organizationId: string,
  organization: DurableObjectStub<OrganizationObject>,
  startingAfter: string | null,
): Promise<Response | Result<never, Failure>> {
  const from = startingAfter === null ? ({ section: "settings", after: "" } as const) : placeOf(startingAfter);
  if (from === null) return err(invalid("starting_after", "must be goes_on of an export's manifest"));
  const batch = (id: string) =>
    c.env.BATCHES.getByName(present(routeOfBatch(id, organizationId), "the index holds batches' ids"));
  const steps = exportSteps({ organization, organizationId, batch }, from);
  let first: IteratorResult<Step>;
  try {
    first = await steps.next();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const isUnknownPlace = error.failure.kind === "invalid";
    return err(
      isUnknownPlace ? invalid("starting_after", "names something that is not there any longer") : error.failure,
    );
  }
  // It reads everything, so the audit tells who had it.
  await organization.recordAct(actOf(c), "organization", null);
  const exportedAt = new Date().toISOString();
  const manifest = (files: readonly FileInManifest[], goesOn: string | null) => ({
    schema_version: SCHEMA_VERSION,
    organization_id: organizationId,
    exported_at: exportedAt,
    starting_after: startingAfter,
    goes_on: goesOn,
    files,
  });
  return c.body(tarOf(first, steps, manifest), 200, {
    "content-type": "application/gzip",
    "content-disposition": `attachment; filename="${organizationId}-${exportedAt.slice(0, 10)}.tar.gz"`,
  });
}
