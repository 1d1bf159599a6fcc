/**
 * Every answer that the published API describes, held against its published schema, in both versions: the journey of a
 * team that moves here. The differences that remain are in docs/reference/compatibility.md.
 */

import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVED_VERSIONS } from "../../src/api/served-versions.ts";
import { Client } from "../local/client.ts";
import { DEMO } from "../local/provision.ts";
import type { Batch, BatchSummary } from "../local/wire.ts";
import {
  Cleanup,
  finishedBatch,
  isolated,
  newBatch,
  type Running,
  startProvisioned,
  until,
} from "../service/support.ts";
import * as published from "./published.ts";

const BUSY = "+15005550002";
const REFUSED = "+15005550001";
const TALKS = "+15005550011";
const ANSWERS = "+12125550100";
const BATCHES = "/agents/calls/batches";
const NUMBERS = "/agents/phone-numbers";
const PROVIDERS = `${NUMBERS}/providers`;

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);

const cleanup = new Cleanup();
let running: Running;
beforeAll(async () => {
  running = await startProvisioned(await isolated(cleanup), cleanup);
});
afterAll(() => cleanup.run());

describe.each(SERVED_VERSIONS)("in the version %s", (version) => {
  const client = () =>
    new Client(running.service.baseUrl, { "X-API-Key": running.service.secrets.apiKey, "Cartesia-Version": version });

  /** Sends, expects the status, and holds the answer against its published schema. */
  async function asked<T>(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    expected: { readonly status: number; readonly schema: object },
    body?: unknown,
  ): Promise<T> {
    const answer = await client().send(method, path, body);
    expect({ path, status: answer.status, body: answer.body }).toMatchObject({ status: expected.status });
    const isValid = ajv.compile(expected.schema);
    const faults = isValid(answer.body) ? [] : isValid.errors;
    expect({ path, faults, body: answer.body }).toMatchObject({ faults: [] });
    return answer.body as T;
  }

  it("batches: create, get, list, cancel, retry", async () => {
    const order = newBatch([ANSWERS, BUSY, REFUSED]);
    const { id } = await asked<BatchSummary>("POST", BATCHES, { status: 201, schema: published.batch }, order);
    await finishedBatch(running.client, id);
    const batch = await asked<Batch>("GET", `${BATCHES}/${id}`, { status: 200, schema: published.batch });
    expect(batch.recipients).toHaveLength(3);
    await asked("GET", `${BATCHES}?agent_id=${DEMO.agentId}&limit=2`, { status: 200, schema: published.batchPage });
    await asked("GET", `${BATCHES}?limit=&starting_after=`, { status: 200, schema: published.batchPage });
    await asked("POST", `${BATCHES}/${id}/retry`, { status: 200, schema: published.batch });
    await finishedBatch(running.client, id);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const later = { ...order, scheduled_at, target_concurrency_limit: 1, metadata: null };
    const made = await asked<BatchSummary>("POST", BATCHES, { status: 201, schema: published.batch }, later);
    await asked("POST", `${BATCHES}/${made.id}/cancel`, { status: 200, schema: published.batch });
  });

  it("calls: list by batch and by agent, get, cancel, and direct ones", async () => {
    const order = newBatch([ANSWERS, BUSY, REFUSED]);
    const { id } = await asked<BatchSummary>("POST", BATCHES, { status: 201, schema: published.batch }, order);
    await finishedBatch(running.client, id);
    const ofBatch = await asked<{ data: { id: string }[] }>("GET", `/agents/calls?batch_id=${id}`, {
      status: 200,
      schema: published.callPage,
    });
    // People who were refused before a call was made have no record there.
    expect(ofBatch.data).toHaveLength(2);
    for (const one of ofBatch.data) {
      await asked("GET", `/agents/calls/${one.id}`, { status: 200, schema: published.call });
    }
    const bounds = `start_time_gte=2020-01-01T00:00:00Z&start_time_lte=${encodeURIComponent(new Date().toISOString())}`;
    const ofAgent = `/agents/calls?agent_id=${DEMO.agentId}&${bounds}&expand=transcript&limit=100`;
    await asked("GET", ofAgent, { status: 200, schema: published.callPage });
    const direct = { agent_id: DEMO.agentId, from_number_id: DEMO.numberId, outbound_calls: [{ to_number: TALKS }] };
    const { calls } = await asked<{ calls: { agent_call_id: string }[] }>(
      "POST",
      "/agents/calls",
      { status: 200, schema: published.directCalls },
      direct,
    );
    const callId = calls[0]?.agent_call_id ?? "";
    const status = async () => (await client().get<{ status: string }>(`/agents/calls/${callId}`)).status;
    await until("the call is answered", 30_000, async () => ((await status()) === "started" ? true : null));
    const cancelled = { status: 200, schema: published.callCancelled };
    await asked("POST", `/agents/calls/${callId}/cancel`, cancelled);
  });

  it("numbers and providers: list, filter, import, get, change, delete", async () => {
    const region = version === SERVED_VERSIONS[0] ? "ie1" : "au1";
    const account = {
      type: "twilio",
      account_sid: `AC${"7".repeat(32)}`,
      api_key_sid: `SK${"7".repeat(32)}`,
      api_key_secret: "a secret",
      label: `In ${region}`,
      region,
    };
    const { id } = await asked<{ id: string }>("POST", PROVIDERS, { status: 201, schema: published.provider }, account);
    await asked("POST", PROVIDERS, { status: 409, schema: published.refusal }, account);
    await asked("GET", PROVIDERS, { status: 200, schema: published.providers });
    const filtered = `${PROVIDERS}?type=twilio&account_sid=${account.account_sid}`;
    await asked("GET", filtered, { status: 200, schema: published.providers });
    await asked("GET", `${PROVIDERS}/${id}`, { status: 200, schema: published.provider });
    const number = {
      label: "Line",
      number: region === "ie1" ? "+12025550142" : "+12025550143",
      provider: { type: "twilio", account_sid: account.account_sid, region },
      agent_id: DEMO.agentId,
    };
    const line = await asked<{ id: string }>("POST", NUMBERS, { status: 201, schema: published.phoneNumber }, number);
    const query = `agent_id=${DEMO.agentId}&provider_id=${id}&type=twilio&q=line`;
    const page = await asked<{ data: { id: string }[] }>("GET", `${NUMBERS}?${query}`, {
      status: 200,
      schema: published.phoneNumberPage,
    });
    expect(page.data.map((one) => one.id)).toEqual([line.id]);
    const changed = { status: 200, schema: published.phoneNumber };
    await asked("PATCH", `${NUMBERS}/${line.id}`, changed, { label: "Other", agent_id: null });
    await asked("PATCH", `${NUMBERS}/${line.id}`, changed, { provider: { id: DEMO.providerId } });
    await asked("GET", `${NUMBERS}/${line.id}`, changed);
    await asked("DELETE", `${NUMBERS}/${line.id}`, { status: 204, schema: {} });
    await asked("DELETE", `${PROVIDERS}/${id}`, { status: 204, schema: {} });
  });

  it("webhooks: create with a secret and without a name, list, delete", async () => {
    const order = { url: "https://hooks.example.com/calls", secret: "a b" };
    const path = "/agents/webhooks";
    const made = await asked<{ id: string }>("POST", path, { status: 200, schema: published.webhook }, order);
    await asked("POST", path, { status: 200, schema: published.webhookWithSecret }, { url: order.url });
    await asked("GET", path, { status: 200, schema: published.webhookPage });
    const gone = await asked("DELETE", `${path}/${made.id}`, { status: 200, schema: published.deleted });
    expect(gone).toEqual({ id: made.id });
  });

  it("refusals", async () => {
    const refused = (status: number) => ({ status, schema: published.refusal });
    await asked("GET", `${BATCHES}/acb_1111111111111111111111`, refused(404));
    await asked("GET", `/agents/calls?batch_id=x&page=2`, refused(400));
    await asked("POST", BATCHES, refused(400), {});
    await asked("GET", "/agents/calls", refused(400));
  });
});
