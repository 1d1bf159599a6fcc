/**
 * The operators' lists of organizations: one for each jurisdiction, inside it, so nothing of an organization is stored
 * outside. The deployment's own list has all other organizations. It also knows which jurisdictions are in use, and
 * signs all keys.
 */

import type { Failure } from "../../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../../calling/requests/page.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import type { OrganizationId } from "../../calling/secrets/ids.ts";
import { JURISDICTIONS, type Jurisdiction, jurisdictionOf, nameWithin } from "../../calling/words/jurisdiction.ts";
import type { Bindings } from "../../env.ts";
import { DIRECTORY } from "../../organization/rpc.ts";
import type { ApiContext } from "../context.ts";
import { fulfilled } from "./fulfilled.ts";

/** Null: the deployment's own. */
export const directoryOf = (env: Bindings, jurisdiction: Jurisdiction | null = null) =>
  env.DIRECTORY.getByName(nameWithin(jurisdiction, DIRECTORY));

/** False where the platform is not there: a local runtime keeps everything on its machine. */
export function canConfine(env: Bindings, jurisdiction: Jurisdiction): boolean {
  try {
    directoryOf(env, jurisdiction);
    return true;
  } catch {
    return false;
  }
}

/** Repeating it changes nothing. */
export async function register(env: Bindings, organization: OrganizationId): Promise<void> {
  const jurisdiction = jurisdictionOf(organization);
  await directoryOf(env, jurisdiction).register(organization);
  // Last: nothing asks there before.
  if (jurisdiction !== null) await directoryOf(env).open(jurisdiction);
}

/** Kept for the isolate: a jurisdiction in use stays so. Losing it asks again. */
const open = new WeakMap<Bindings, readonly Jurisdiction[]>();

async function openIn(env: Bindings): Promise<readonly Jurisdiction[]> {
  const opened = await directoryOf(env).opened();
  open.set(env, opened);
  return opened;
}

/** Whether anything can be there. If not, no object is asked: not every account or runtime has every jurisdiction. */
export async function isInUse(env: Bindings, jurisdiction: Jurisdiction | null): Promise<boolean> {
  if (jurisdiction === null || open.get(env)?.includes(jurisdiction)) return true;
  return (await openIn(env)).includes(jurisdiction);
}

/** Of an organization that is being deleted, or was; null: it never was to be. */
export async function removalOf(env: Bindings, organization: string) {
  const jurisdiction = jurisdictionOf(organization);
  return (await isInUse(env, jurisdiction)) ? directoryOf(env, jurisdiction).removalOf(organization) : null;
}

/** Of the client's organization. */
export const directoryOfClient = (c: ApiContext) => directoryOf(c.env, jurisdictionOf(c.get("organizationId")));

/** The organizations that may let a person in: each must be asked. `domain`: with its @. */
export async function signInsOf(env: Bindings, email: string, domain: string): Promise<readonly string[]> {
  const places = [null, ...(await openIn(env))];
  const found = await fulfilled(places.map(async (place) => directoryOf(env, place).signInsOf(email, domain)));
  return [...new Set(found.flat())];
}

type Listed = { readonly id: string };

/** Newest first in each list: first the deployment's own, then those of the jurisdictions in use. */
export async function listOrganizations(env: Bindings, request: PageRequest): Promise<Result<Page<Listed>, Failure>> {
  const opened = await openIn(env);
  const places = [null, ...JURISDICTIONS.filter((one) => opened.includes(one))];
  const cursor = request.endingBefore ?? request.startingAfter;
  const isBackwards = request.endingBefore !== null;
  const begun = cursor === null ? 0 : Math.max(0, places.indexOf(jurisdictionOf(cursor)));
  const order = isBackwards ? places.slice(0, begun + 1).reverse() : places.slice(begun);

  const atMost = request.limit + 1;
  const read: Listed[] = [];
  for (const [index, place] of order.entries()) {
    const directory = directoryOf(env, place);
    const limit = atMost - read.length;
    // The cursor is in the first list. Of a further one, the end that is nearer comes first.
    const isFurther = index > 0;
    const page = await (isFurther && isBackwards
      ? directory.oldest(limit)
      : directory.list({ ...request, ...(isFurther ? { startingAfter: null } : {}), limit }));
    if (!page.ok) return page;
    read.push(...(isBackwards ? page.value.data.toReversed() : page.value.data));
    if (read.length === atMost) break;
  }
  return ok(pageOf(read, request));
}
