/** `/agents/phone-numbers/providers`: create, list, get, change, delete. Contract: "Telephony resources". */

import { accountUrlProblem } from "../../dialer/account-urls.ts";
import type { Carrier } from "../../dialer/carrier.ts";
import { type CarrierAccount, carrierNamed } from "../../dialer/carriers.ts";
import type { ProviderView } from "../../organization/rpc.ts";
import { bodyOf, given } from "../body.ts";
import { type ApiContext, organizationOf, pathPart, settingsFor } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentProvider } from "../present-organization.ts";
import { queryOf } from "../query.ts";
import { accountOf, changeProviderBodyOf, createProviderBody } from "../schemas/providers.ts";
import { listProvidersQuery } from "../schemas/queries.ts";
import { changeOf } from "../unchanged.ts";

/** What the carrier allows every account, as it documents it. */
const usualPace = ({ carrier }: CarrierAccount): number | null => carrierNamed(carrier).capabilities.callsPerSecond;

export async function createProvider(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createProviderBody);
  if (!body.ok) return respondWith(c, body.failure);
  const account = accountOf(body.value);
  const problem = accountUrlProblem(account, settingsFor(c).reach);
  if (problem !== null) return fail(c, problem);
  const { id, label, calls_per_second } = body.value;
  const pace = calls_per_second === undefined ? usualPace(account) : calls_per_second;
  const provider = await organizationOf(c).createProvider({ id, label, account, calls_per_second: pace });
  return provider.ok ? c.json(presentProvider(provider.value), 201) : fail(c, provider.failure);
}

export async function listProviders(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listProvidersQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { q = "", type = null, account_sid: accountSid = null } = query.value;
  const providers = await organizationOf(c).listProviders({ text: q.trim(), type, accountSid });
  return c.json(providers.map(presentProvider));
}

export async function getProvider(c: ApiContext): Promise<Response> {
  const provider = await organizationOf(c).getProvider(pathPart(c, "provider_id"));
  return provider.ok ? c.json(presentProvider(provider.value)) : fail(c, provider.failure);
}

/** Which fields there are to change, the provider's carrier says: so it is asked for first. */
export async function changeProvider(c: ApiContext): Promise<Response> {
  const id = pathPart(c, "provider_id");
  const before = await organizationOf(c).getProvider(id);
  if (!before.ok) return fail(c, before.failure);
  const carrier = carrierNamed(before.value.account.carrier);
  const fixed = fixedFieldsOf(carrier, before.value);
  const body = await changeOf(c, fixed, "create another provider", changeProviderBodyOf(carrier));
  if (!body.ok) return respondWith(c, body.failure);
  const { label, calls_per_second, ...account } = given(body.value);
  const provider = await organizationOf(c).changeProvider(id, {
    ...(label === undefined ? {} : { label }),
    ...(calls_per_second === undefined ? {} : { calls_per_second }),
    account,
  });
  return provider.ok ? c.json(presentProvider(provider.value)) : fail(c, provider.failure);
}

/** What is said of a provider once, as it is read. */
function fixedFieldsOf({ words, fields, changes }: Carrier, provider: ProviderView): Record<string, unknown> {
  const names = Object.keys({ ...words, ...fields.shape }).filter((name) => !Object.hasOwn(changes.shape, name));
  const shown: Record<string, unknown> = { ...presentProvider(provider) };
  return Object.fromEntries(names.map((name) => [name, shown[name]]));
}

export async function deleteProvider(c: ApiContext): Promise<Response> {
  const deleted = await organizationOf(c).deleteProvider(pathPart(c, "provider_id"));
  return deleted.ok ? c.body(null, 204) : fail(c, deleted.failure);
}
