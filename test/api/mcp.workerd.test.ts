/** `/mcp` as an assistant uses it: with the official client, over HTTP. */

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Failed, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
let client: Client;
beforeEach(async () => {
  service = await TestService.start();
  client = await connected(service.key);
});
afterEach(async () => {
  await client.close();
  await service.stop();
});

async function connected(key: string): Promise<Client> {
  const made = new Client({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL(`https://${service.host}/mcp`), {
    fetch: (url, init) => fetchWorker(new Request(url, init)),
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  // The SDK's own types differ in an optional field under exactOptionalPropertyTypes.
  await made.connect(transport as Parameters<Client["connect"]>[0]);
  return made;
}

type Answer = { readonly text: string; readonly isError: boolean };
async function use(name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args });
  const [content] = result.content as { type: string; text: string }[];
  return { text: content?.text ?? "", isError: result.isError === true };
}
const idIn = (text: string): string => /acb_\w+/.exec(text)?.[0] ?? "";

const order = (to: readonly string[], people: number) => ({
  name: "By an assistant",
  agent_id: "agent_test",
  from_number_id: "ap_test",
  recipients: to.map((to_number) => ({ to_number, metadata: { by: "assistant" } })),
  people,
});

describe("the tools", () => {
  it("are listed, and say which of them make phones ring", async () => {
    const { tools } = await client.listTools();
    expect(Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]))).toEqual({
      list_agents: true,
      list_phone_numbers: true,
      list_batches: true,
      get_batch: true,
      get_report: true,
      preview_batch: true,
      create_batch: false,
      retry_batch: false,
      cancel_batch: false,
    });
  });

  it("take what their operations take, and the number of people where somebody is called", async () => {
    const { tools } = await client.listTools();
    const taken = (name: string) => tools.find((one) => one.name === name)?.inputSchema;
    expect(taken("retry_batch")).toMatchObject({ required: ["batch_id", "people"] });
    expect(taken("list_batches")?.properties).toHaveProperty("limit", expect.objectContaining({ type: "integer" }));
    const { properties, required } = taken("create_batch") ?? {};
    expect(required).toEqual(["name", "agent_id", "from_number_id", "recipients", "people"]);
    expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(["calling_window", "idempotency_key"]));
    const words = await use("get_batch");
    expect(words).toEqual({ isError: true, text: "batch_id: is required" });
    expect(await use("get_batch", { batch_id: 5 })).toEqual({ isError: true, text: "batch_id: must be a string" });
  });

  it("tell what can be used", async () => {
    expect((await use("list_agents")).text).toContain("agent_test");
    expect((await use("list_phone_numbers")).text).toContain("+14155550100");
  });
});

describe("calling people", () => {
  it("says how many, and calls them under the caller's key", async () => {
    const made = await use("create_batch", order([...numbers(2), "+15005550002"], 3));
    expect(made).toMatchObject({ isError: false, text: expect.stringContaining("3 people will be called") });
    const id = idIn(made.text);
    await service.finished(id);
    const seen = JSON.parse((await use("get_batch", { batch_id: id })).text) as Record<string, unknown>;
    expect(seen).toMatchObject({
      recipients_by_status: { completed: 2, failed: 1 },
      end_reasons: { client_hangup: 2, dial_busy: 1 },
      failed: [{ to_number: "+15005550002", end_reason: "dial_busy" }],
    });
    expect((await use("list_batches", { limit: 1 })).text).toContain(id);
  });

  it.each([0, 1, 3])("calls nobody where it is said that %i people are called, and it is two", async (people) => {
    const refused = await use("create_batch", order(numbers(2), people));
    expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(/No one was called.*2 people/) });
    expect((await service.carrier.summary()).placed).toBe(0);
  });

  it.each([
    [undefined, "people is missing:"],
    ["2", "people is not a number:"],
    [3, "people says 3:"],
  ])("says what is wrong with people, %j", async (people, claim) => {
    const { text } = await use("create_batch", { ...order(numbers(2), 2), people });
    expect(text).toContain(claim);
  });

  it("again, only those who failed, and only if their number is right", async () => {
    const { id } = await service.createBatch(["+15005550002", "+15005550003", ...numbers(1)]);
    await service.finished(id);
    expect(await use("retry_batch", { batch_id: id, people: 3 })).toMatchObject({ isError: true });
    expect((await service.carrier.summary()).placed).toBe(3);
    const retried = await use("retry_batch", { batch_id: id, people: 2 });
    expect(retried.text).toContain("2 people will be called again");
    await service.finished(id);
    expect((await service.carrier.summary()).placed).toBe(5);
  });

  it("twice with one idempotency key makes one batch", async () => {
    const once = { ...order(numbers(1), 1), idempotency_key: "k" };
    expect(idIn((await use("create_batch", once)).text)).toBe(idIn((await use("create_batch", once)).text));
  });

  it("is stopped by a cancel, which says for how many", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(4), { scheduled_at: later });
    expect((await use("cancel_batch", { batch_id: id })).text).toContain(
      "4 people were waiting and will not be called",
    );
    expect((await service.batch(id)).status).toBe("cancelled");
  });

  it("with a wrong number tells the assistant what to change", async () => {
    const refused = await use("create_batch", order(["+1415"], 1));
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining("recipients[0].to_number") });
  });
});

describe("who may", () => {
  it("nobody without a key, or with a wrong one", async () => {
    const init = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    for (const headers of [init.headers, { ...init.headers, authorization: `Bearer ${service.key}x` }]) {
      const response = await fetchWorker(new Request(`https://${service.host}/mcp`, { ...init, headers }));
      expect(response.status).toBe(401);
      expect(((await response.json()) as Failed).error_code).toBe("unauthorized");
    }
  });

  it("another organization sees nothing of it", async () => {
    const { id } = await service.createBatch(numbers(1));
    const other = await TestService.start();
    const stranger = await connected(other.key);
    const result = await stranger.callTool({ name: "get_batch", arguments: { batch_id: id } });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain("not_found");
    await stranger.close();
    await other.stop();
  });
});
