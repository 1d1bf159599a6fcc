/** Shared by the operations on an organization's deletion. */

import type { RemovalView } from "../../../organization/messages/organization.ts";
import { presentRemoval, removalAnswer } from "../../answers/organization/organization.ts";
import type { ApiContext } from "../../context.ts";
import { removalOf } from "../../guards/directories.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";

export const REMOVAL = view("OrganizationDeletion", removalAnswer, samples.removal, presentRemoval);

/** The receipt of one that is deleted; null where none is. */
export async function receiptOf(c: ApiContext, id: string): Promise<RemovalView | null> {
  const known = await removalOf(c.env, id);
  return known === null || known.completedAt === null ? null : { ...known, batchesLeft: 0 };
}
