/** `/agents/phone-numbers`: import, list, get, change, delete. Contract: "Telephony resources". */

import { bodyOf, given } from "../body.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentPage } from "../present.ts";
import { presentPhoneNumber } from "../present-organization.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listPhoneNumbersQuery } from "../schemas/queries.ts";
import { changePhoneNumberBody, importPhoneNumberBody } from "../schemas/telephony.ts";
import { changeOf } from "../unchanged.ts";

export async function importPhoneNumber(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, importPhoneNumberBody);
  if (!body.ok) return respondWith(c, body.failure);
  const imported = await organizationOf(c).importPhoneNumber(body.value);
  return imported.ok ? c.json(presentPhoneNumber(imported.value), 201) : fail(c, imported.failure);
}

export async function listPhoneNumbers(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listPhoneNumbersQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { q = "", agent_id: agentId = null, provider_id: providerId = null, type = null } = query.value;
  const filter = { text: q.trim(), agentId, providerId, type };
  const page = await organizationOf(c).listPhoneNumbers(filter, pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentPhoneNumber)) : fail(c, page.failure);
}

export async function getPhoneNumber(c: ApiContext): Promise<Response> {
  const number = await organizationOf(c).getPhoneNumber(pathPart(c, "phone_number_id"));
  return number.ok ? c.json(presentPhoneNumber(number.value)) : fail(c, number.failure);
}

export async function changePhoneNumber(c: ApiContext): Promise<Response> {
  const before = await organizationOf(c).getPhoneNumber(pathPart(c, "phone_number_id"));
  if (!before.ok) return fail(c, before.failure);
  const { number: known, carrier_number_id } = before.value;
  const body = await changeOf(c, { number: known, carrier_number_id }, "import another number", changePhoneNumberBody);
  if (!body.ok) return respondWith(c, body.failure);
  const number = await organizationOf(c).changePhoneNumber(pathPart(c, "phone_number_id"), given(body.value));
  return number.ok ? c.json(presentPhoneNumber(number.value)) : fail(c, number.failure);
}

export async function deletePhoneNumber(c: ApiContext): Promise<Response> {
  const deleted = await organizationOf(c).deletePhoneNumber(pathPart(c, "phone_number_id"));
  return deleted.ok ? c.body(null, 204) : fail(c, deleted.failure);
}
