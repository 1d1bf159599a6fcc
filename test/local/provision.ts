/** The demo organization. What already exists is left unchanged, so a second start finds the same. */

import { Client } from "./client.ts";
import { DEMO_SECRETS } from "./secrets.ts";
import type { LocalService } from "./service.ts";
import { StartFailure } from "./start-failure.ts";

export const DEMO = {
  organizationId: "org_demo",
  /** While all is on loopback (`secrets.ts`). */
  apiKey: DEMO_SECRETS.apiKey,
  agentId: "agent_Fo7pKNBUwLZxrTd6jvhpaE",
  numberId: "ap_Q8PRh7lXyZsawXJmN2KcT5",
  providerId: "app_demo",
  concurrencyLimit: 20,
} as const;

/** Ids in the form of Twilio's; no account has these. */
const STAND_IN_DIGITS = "0123456789abcdef".repeat(2);
const PROVIDERS = "/agents/phone-numbers/providers";
/** From the range reserved for fiction. */
const CALLERS_NUMBER = "+12025550100";

/** Of a service, what its clients need. */
export type Served = Pick<LocalService, "baseUrl" | "settings" | "secrets">;

/** `id`, `apiKey`: for another organization with the same setup. */
export async function provision(
  { baseUrl, settings, secrets }: Served,
  { id, apiKey } = { id: DEMO.organizationId as string, apiKey: secrets.apiKey },
): Promise<void> {
  const operator = Client.ofOperator(baseUrl, secrets.adminToken);
  await create(operator, "/admin/organizations", {
    id,
    name: "Demo",
    agent_call_concurrency_limit: DEMO.concurrencyLimit,
  });
  await create(operator, `/admin/organizations/${id}/api-keys`, {
    label: "demo",
    key: apiKey,
  });

  const organization = Client.ofOrganization(baseUrl, apiKey);
  const provider = {
    id: DEMO.providerId,
    type: "twilio",
    label: "Stand-in carrier",
    account_sid: `AC${STAND_IN_DIGITS}`,
    api_key_sid: `SK${STAND_IN_DIGITS}`,
    api_key_secret: "stand-in-api-key-secret",
    auth_token: settings.carrier.authToken,
    region: "us1",
    // The stand-in takes any number of calls.
    calls_per_second: null,
  };
  // Another carrier refuses the stand-in's credentials, as it should: provider and number must wait for real ones.
  const isDialable = await create(organization, PROVIDERS, provider, settings.carrier.kind === "given");
  await create(organization, "/agents", {
    id: DEMO.agentId,
    name: "Demo agent",
    connection: { type: "websocket", url: "wss://agent.example.com/audio" },
  });
  if (!isDialable) return;
  await create(organization, "/agents/phone-numbers", {
    id: DEMO.numberId,
    label: "Demo number",
    number: CALLERS_NUMBER,
    provider: { id: DEMO.providerId },
    agent_id: DEMO.agentId,
  });
}

const CREATED = 201;
const EXISTS = 409;
/** The service's statuses if the carrier refuses, and if it cannot be asked. */
const REFUSED_BY_CARRIER: readonly number[] = [400, 503];

/** Whether it exists; false only if the carrier `mayRefuse` and does. */
async function create(client: Client, path: string, body: unknown, mayRefuse = false): Promise<boolean> {
  const answer = await client.send("POST", path, body);
  if (answer.status === CREATED || answer.status === EXISTS) return true;
  if (mayRefuse && REFUSED_BY_CARRIER.includes(answer.status)) return false;
  throw new StartFailure(
    `The demo organization could not be set up: POST ${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`,
  );
}
