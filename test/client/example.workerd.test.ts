/** The example is what docs/guides/clients.md points to, so it runs. */

import { createClient } from "callbatch/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";
import { problemsOf, remind } from "./example.ts";

const FROM = { agent_id: "agent_test", from_number_id: "ap_test" };

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});
const client = () => createClient({ baseUrl: `https://${service.host}`, apiKey: service.key, fetch: fetchWorker });

it("calls everybody, and whoever was busy twice", async () => {
  const ends = await remind(client(), FROM, [
    { to_number: "+14155560000", metadata: { first_name: "Ada" } },
    { to_number: "+15005550002", metadata: { first_name: "Grace" } },
  ]);
  expect([...ends]).toEqual([
    ["+14155560000", "client_hangup"],
    ["+15005550002", "dial_busy"],
  ]);
  const { data } = await client().listBatches();
  expect(data.map(({ retry_count }) => retry_count)).toEqual([1]);
  const calls = await client().listCalls({ batch_id: data[0]?.id ?? "" });
  expect(calls.data).toHaveLength(3);
});

it("tells what to change", async () => {
  const problems = await problemsOf(client(), { ...FROM, name: "A", recipients: [{ to_number: "911" }] });
  expect(problems).toHaveLength(1);
  expect(problems?.[0]).toMatch(/^recipients\[0\]\.to_number must be a phone number in E\.164/);
});
