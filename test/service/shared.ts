/** The service that files of tests share: a start takes seconds of the processor, and an organization none. */

import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { Client } from "../local/client.ts";
import { provision, type Served } from "../local/provision.ts";

export type Shared = { readonly service: Served; readonly client: Client; readonly apiKey: string };

export async function sharedService(): Promise<Served> {
  const answer = await fetch(inject("sharedService"));
  if (!answer.ok) throw new Error(`the shared service did not start: ${await answer.text()}`);
  return (await answer.json()) as Served;
}

/** An organization of its own, set up as the demo's. */
export async function sharedOrganization(): Promise<Shared> {
  const service = await sharedService();
  const name = `t${randomUUID().slice(0, 8)}`;
  const apiKey = `sk_${name}_${randomUUID()}`;
  await provision(service, { id: `org_${name}`, apiKey });
  return { service, client: Client.ofOrganization(service.baseUrl, apiKey), apiKey };
}
