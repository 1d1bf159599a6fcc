/** `/admin/organizations` and their API keys, for operators. Contract: "Ours: agents and operators". */

import { notFound } from "../../calling/requests/failure.ts";
import { isChosenId, newOrganizationId } from "../../calling/secrets/ids.ts";
import { bodyOf, given } from "../body.ts";
import { type ApiContext, pathPart, settingsFor } from "../context.ts";
import { fail, respondWith, validationError } from "../envelope.ts";
import { chosenKeyProblem, directoryOf, newSignedKey } from "../key-check.ts";
import { LOCATIONS } from "../locations.ts";
import { presentPage } from "../present.ts";
import { presentApiKey, presentLedger, presentOrganization } from "../present-organization.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listQuery } from "../schemas/queries.ts";
import { changeOrganizationBody, createApiKeyBody, createOrganizationBody } from "../schemas/telephony.ts";

export /** Null where the path's id cannot be an organization's, so that no object is made for it. */
function namedOrganization(c: ApiContext) {
  const id = pathPart(c, "organization_id");
  return isChosenId("org_", id) ? c.env.ORGANIZATIONS.getByName(id) : null;
}
const unknown = (c: ApiContext): Response => fail(c, notFound("organization"));

export async function createOrganization(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createOrganizationBody);
  if (!body.ok) return respondWith(c, body.failure);
  const { region, ...organization } = body.value;
  const id = organization.id ?? newOrganizationId();
  // Listed first: a name in the list without an organization is skipped, an organization without a name would be lost.
  await directoryOf(c.env).register(id);
  const near = region === null ? {} : { locationHint: LOCATIONS[region] };
  const created = await c.env.ORGANIZATIONS.getByName(id, near).create({ ...organization, id });
  return created.ok ? c.json(presentOrganization(created.value), 201) : fail(c, created.failure);
}

export async function listOrganizations(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await directoryOf(c.env).list(pageRequestOf(query.value));
  if (!page.ok) return fail(c, page.failure);
  const described = await Promise.all(page.value.data.map(({ id }) => c.env.ORGANIZATIONS.getByName(id).describe()));
  const data = described.flatMap((organization) => (organization.ok ? [presentOrganization(organization.value)] : []));
  return c.json({ ...presentPage(page.value, ({ id }) => id), data });
}

export async function getOrganization(c: ApiContext): Promise<Response> {
  const organization = await namedOrganization(c)?.describe();
  if (organization === undefined) return unknown(c);
  return organization.ok ? c.json(presentOrganization(organization.value)) : fail(c, organization.failure);
}

export async function changeOrganization(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, changeOrganizationBody);
  if (!body.ok) return respondWith(c, body.failure);
  const organization = await namedOrganization(c)?.change(given(body.value));
  if (organization === undefined) return unknown(c);
  return organization.ok ? c.json(presentOrganization(organization.value)) : fail(c, organization.failure);
}

export async function getLedger(c: ApiContext): Promise<Response> {
  const ledger = await namedOrganization(c)?.ledger();
  if (ledger === undefined) return unknown(c);
  return ledger.ok ? c.json(presentLedger(ledger.value)) : fail(c, ledger.failure);
}

export async function createApiKey(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createApiKeyBody(pathPart(c, "organization_id")));
  if (!body.ok) return respondWith(c, body.failure);
  const { label, key: chosen } = body.value;
  const problem = chosen === null ? null : await chosenKeyProblem(c.env, settingsFor(c), c.req.url, chosen);
  if (problem !== null) return respondWith(c, validationError([{ path: "key", message: problem }]));
  const made = chosen ?? (await newSignedKey(c.env, pathPart(c, "organization_id")));
  const key = await namedOrganization(c)?.createApiKey(label, made);
  if (key === undefined) return unknown(c);
  return key.ok ? c.json(presentApiKey(key.value), 201) : fail(c, key.failure);
}

export async function listApiKeys(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await namedOrganization(c)?.listApiKeys(pageRequestOf(query.value));
  if (page === undefined) return unknown(c);
  return page.ok ? c.json(presentPage(page.value, presentApiKey)) : fail(c, page.failure);
}

export async function revokeApiKey(c: ApiContext): Promise<Response> {
  const revoked = await namedOrganization(c)?.revokeApiKey(pathPart(c, "key_id"));
  if (revoked === undefined) return unknown(c);
  return revoked.ok ? c.body(null, 204) : fail(c, revoked.failure);
}
