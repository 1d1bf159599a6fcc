/** `/agents/phone-numbers/providers`: create, list, get, change, delete. Contract: "Telephony resources". */

import { bodyOf, given } from "../body.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentPage, presentProvider } from "../present.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listQuery } from "../schemas/batch.ts";
import { changeProviderBody, createProviderBody } from "../schemas/telephony.ts";

export async function createProvider(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createProviderBody);
  if (!body.ok) return respondWith(c, body.failure);
  const provider = await organizationOf(c).createProvider({ ...body.value, region: body.value.region ?? "us1" });
  return provider.ok ? c.json(presentProvider(provider.value), 201) : fail(c, provider.failure);
}

export async function listProviders(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await organizationOf(c).listProviders(pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentProvider)) : fail(c, page.failure);
}

export async function getProvider(c: ApiContext): Promise<Response> {
  const provider = await organizationOf(c).getProvider(pathPart(c, "provider_id"));
  return provider.ok ? c.json(presentProvider(provider.value)) : fail(c, provider.failure);
}

export async function changeProvider(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, changeProviderBody);
  if (!body.ok) return respondWith(c, body.failure);
  const provider = await organizationOf(c).changeProvider(pathPart(c, "provider_id"), given(body.value));
  return provider.ok ? c.json(presentProvider(provider.value)) : fail(c, provider.failure);
}

export async function deleteProvider(c: ApiContext): Promise<Response> {
  const deleted = await organizationOf(c).deleteProvider(pathPart(c, "provider_id"));
  return deleted.ok ? c.body(null, 204) : fail(c, deleted.failure);
}
