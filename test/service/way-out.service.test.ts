/**
 * A service that others can reach connects to nothing in its own network, except the carrier that its operator names.
 * The URLs here are stored while private ones are allowed, so the rule for names does not apply. The rule for the
 * connected address must hold.
 */

import { lookup } from "node:dns/promises";
import { createServer, type Server } from "node:http";
import { hostname } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import type { Client } from "../local/client.ts";
import { DEMO } from "../local/provision.ts";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import {
  Cleanup,
  finishedBatch,
  isolated,
  newBatch,
  ordinaryNumbers,
  startProvisioned,
  startService,
  until,
} from "./support.ts";

const WEBHOOKS = "/agents/webhooks";
const PROVIDERS = "/agents/phone-numbers/providers";
/** Enough of a dialer for its provider to be stored. */
const PROTOCOL = { protocol: "callbatch-dialer", version: 1 };
type Delivery = { readonly id: string; readonly attempts: number; readonly error_message: string | null };

/** It counts connections: one without a request is one too many. */
async function listening(host: string, cleanup: Cleanup) {
  let connections = 0;
  const server: Server = createServer((_, response) => response.writeHead(200).end(JSON.stringify(PROTOCOL)));
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((listen, refuse) => {
    server.once("error", refuse);
    server.listen(0, host, listen);
  });
  cleanup.add(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, connections: () => connections };
}

/** This machine's name mostly resolves to an address of its own that is private, or on loopback. */
const resolves = (name: string): Promise<boolean> =>
  lookup(name).then(
    ({ address }) => /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address),
    () => false,
  );

describe("npm start, as soon as URLs may not be private", () => {
  const cleanup = new Cleanup();
  afterAll(() => cleanup.run());

  it("connects to no private address, whatever name leads there, and still to its carrier", async () => {
    const env = await isolated(cleanup);
    const { port, connections } = await listening("0.0.0.0", cleanup);
    const hosts = ["localhost", "127.0.0.1", "127.1.2.3", "0.0.0.0", "[::ffff:127.0.0.1]"];
    if (await resolves(hostname())) hosts.push(hostname());
    const test = async (client: Client, id: string): Promise<Delivery> => {
      const made = await client.post<Delivery>(`${WEBHOOKS}/${id}/test`, {});
      return until(`the delivery to ${id} was tried`, 60_000, async () => {
        const page = await client.get<{ data: Delivery[] }>(`${WEBHOOKS}/${id}/deliveries`);
        return page.data.find((one) => one.id === made.id && one.attempts > 0) ?? null;
      });
    };

    const open = await startProvisioned(env, cleanup);
    const webhooks = new Map<string, string>();
    for (const host of hosts) {
      const body = { display_name: host, url: `http://${host}:${port}/` };
      webhooks.set(host, (await open.client.post<{ id: string }>(WEBHOOKS, body)).id);
    }
    await test(open.client, webhooks.get("localhost") ?? "");
    expect(connections()).toBeGreaterThan(0);
    await open.client.post(PROVIDERS, {
      id: "app_private",
      type: "http",
      label: "A private dialer",
      url: `http://localhost:${port}/dialer`,
      token: "a-token-of-a-private-dialer",
      webhook_secret: `whsec_${Buffer.alloc(32, 1).toString("base64")}`,
    });
    await open.service.stop();
    const before = connections();

    const { client, service } = await startService({ ...env, ALLOW_PRIVATE_URLS: "false" }, cleanup);
    for (const [host, id] of webhooks) {
      const { error_message } = await test(client, id);
      expect([host, error_message]).toEqual([host, expect.stringMatching(/^no answer/)]);
    }
    const number = { label: "x", number: "+12025550111", provider: { id: "app_private" }, agent_id: DEMO.agentId };
    expect((await client.send("POST", "/agents/phone-numbers", number)).status).toBe(503);
    expect(connections()).toBe(before);
    const refused = await client.send("POST", WEBHOOKS, { display_name: "x", url: "https://localhost/" });
    expect(refused.status).toBe(400);

    const { id } = await client.post<BatchSummary>(BATCHES, newBatch(ordinaryNumbers(2)));
    expect((await finishedBatch(client, id)).total_calls_finished).toBe(2);
    await service.stop();
  });
});
