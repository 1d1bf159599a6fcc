/**
 * What is deleted is in no file of the state directory once the service has ended, in no answer and in no log. The service runs
 * as a user starts it. People are in batches, an append, direct calls, the do-not-call list, contact rules and deliveries.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { DEMO } from "../local/provision.ts";
import { BATCHES, type Batch } from "../local/wire.ts";
import { Cleanup, Command, finishedBatch, isolated, newBatch, until } from "./support.ts";

const TOKEN = "admin_service_test";
const ADA = { to_number: "+14155550177", external_id: "crm-ada-7", metadata: { first_name: "Adelheid" } };
const BEN = { to_number: "+14155550134", external_id: "crm-ben-8", metadata: { first_name: "Benedikt" } };
const CYN = { to_number: "+14155550145", external_id: "crm-cyn-9", metadata: { first_name: "Cynthia-Q" } };
type Person = typeof ADA;

/** In every spelling: each has the digits without the country code. */
const tracesOf = ({ to_number, external_id, metadata }: Person): string[] => [
  to_number.slice(2),
  external_id,
  metadata.first_name,
];

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Byte by byte, with the logs and free pages of databases. */
const foundIn = (stateDir: string, person: Person): string[] =>
  filesIn(stateDir).flatMap((file) => {
    const bytes = readFileSync(file);
    return tracesOf(person).flatMap((trace) => (bytes.includes(trace) ? [`${trace} in ${file}`] : []));
  });

let cleanup: Cleanup;
beforeEach(() => {
  cleanup = new Cleanup();
});
afterEach(() => cleanup.run());

async function receiver(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup.add(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("people who are erased, batches and organizations that are deleted leave no byte", async () => {
  const env: Record<string, string> = { ...(await isolated(cleanup)), VERBOSE: "1" };
  const stateDir = env.STATE_DIR ?? "";
  const url = `http://127.0.0.1:${env.PORT}`;
  const client = Client.ofOrganization(url, DEMO.apiKey);
  const operator = Client.ofOperator(url, TOKEN);
  const outputs: string[] = [];
  const running = async (): Promise<Command> => {
    const command = new Command("start", [], env, cleanup);
    await command.prints("Ctrl-C ends everything.", 120_000);
    return command;
  };
  const end = async (command: Command): Promise<void> => {
    command.signal("SIGTERM");
    expect(await command.exitCode).toBe(0);
    outputs.push(command.output);
  };

  const first = await running();
  const webhook = await client.post<{ id: string }>("/agents/webhooks", { url: await receiver() });
  const batchOf = (people: readonly Person[], fields = {}) =>
    client.post<Batch>(BATCHES, { ...newBatch([], fields), recipients: people });
  const direct = (person: Person) =>
    client.post("/agents/calls", {
      agent_id: DEMO.agentId,
      from_number_id: DEMO.numberId,
      outbound_calls: [person],
    });
  // Before there is a contact rule: rules remember the numbers of a deleted batch for a month, so that they hold.
  const bens = await batchOf([BEN]);
  await finishedBatch(client, bens.id);
  await operator.send("PATCH", `/admin/organizations/${DEMO.organizationId}`, { min_gap_minutes: 1 });
  const together = await batchOf([ADA, CYN]);
  const later = await batchOf([CYN], { scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
  await client.post(`${BATCHES}/${later.id}/recipients`, { recipients: [ADA] });
  await direct(ADA);
  await client.post("/agents/do-not-call", { numbers: [ADA.to_number], reason: "asked" });
  await finishedBatch(client, together.id);

  expect((await client.send("DELETE", `${BATCHES}/${bens.id}`)).status).toBe(204);
  const receipt = (await client.send("DELETE", `/agents/people/${encodeURIComponent(ADA.to_number)}`)).body as {
    id: string;
  };
  await until("Ada is erased", 90_000, async () => {
    const { status } = await client.get<{ status: string }>(`/agents/people/erasures/${receipt.id}`);
    return status === "erased" ? true : null;
  });
  const answers = await Promise.all(
    [
      BATCHES,
      `${BATCHES}/${together.id}?expand=attempts`,
      `${BATCHES}/${later.id}`,
      `/agents/calls?agent_id=${DEMO.agentId}&limit=100`,
      "/agents/do-not-call",
      "/agents/people/erasures",
      "/agents/reports?by=batch",
      `/agents/webhooks/${webhook.id}/deliveries?limit=100`,
      "/agents/audit",
    ].map((path) => client.send("GET", path)),
  );
  const answered = JSON.stringify(answers.map(({ body }) => body));
  for (const trace of [...tracesOf(ADA), ...tracesOf(BEN)]) expect(answered).not.toContain(trace);
  expect(answered).toContain(tracesOf(CYN)[0]);
  await end(first);
  expect([...foundIn(stateDir, ADA), ...foundIn(stateDir, BEN)]).toEqual([]);
  // The search would find somebody who stays.
  expect(foundIn(stateDir, CYN)).not.toEqual([]);

  const second = await running();
  const path = `/admin/organizations/${DEMO.organizationId}`;
  expect((await operator.send("DELETE", `${path}?confirm=${DEMO.organizationId}`)).status).toBe(202);
  await until("the organization is deleted", 120_000, async () => {
    const { status } = await operator.get<{ status: string }>(`${path}/deletion`);
    return status === "deleted" ? true : null;
  });
  expect((await client.send("GET", BATCHES)).status).toBe(401);
  await end(second);
  expect(foundIn(stateDir, CYN)).toEqual([]);
  for (const trace of [ADA, BEN, CYN].flatMap(tracesOf)) expect(outputs.join("")).not.toContain(trace);
});
