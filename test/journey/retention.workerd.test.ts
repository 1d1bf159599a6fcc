/** `retention_days`: what is over goes by itself, with all that webhooks were told of it, and the counts stay. */

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Call, Page, Report } from "../../src/client/client.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, TestService, until } from "../support/service.ts";
import { rowsOf, tablesOf } from "../support/stored-rows.ts";

connectReceiver();

const ADA = "+14155550123";
const BEN = "+14155550124";
const PERSONAL = /415555012[34]|\bAda\b|crm-7/;
const DAY = 24 * 60 * 60 * 1_000;
const FIRST_DAY = new Date(Date.now() - DAY).toISOString().slice(0, 10);
const SETTINGS = "/agents/settings";
const BATCHES = "/agents/calls/batches";

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: 10 });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

type Settings = { readonly retention_days: number };
const keepFor = async (days: number) => {
  const changed = await service.api<Settings>("PATCH", SETTINGS, { retention_days: days });
  expect([changed.status, changed.body.retention_days]).toEqual([200, days]);
};
const listed = async () => (await service.api<Page<Batch>>("GET", BATCHES)).body.data.map(({ id }) => id);

it("deletes batches, direct calls and deliveries that are older, and nothing else", async () => {
  expect((await service.api<Settings>("GET", SETTINGS)).body).toEqual({ retention_days: 0, archive: false });
  const receiver = new TestReceiver();
  const webhook = await service.made<{ id: string }>("/agents/webhooks", { url: receiver.url("ok") });
  clock.watchWebhook(webhook.id);
  const person = { to_number: ADA, external_id: "crm-7", metadata: { first_name: "Ada" } };
  const { id } = (
    await service.api<Batch>(
      "POST",
      BATCHES,
      { ...service.batchBody([]), recipients: [person] },
      { "Idempotency-Key": "k" },
    )
  ).body;
  await service.finished(id);
  await service.made("/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: BEN, metadata: { first_name: "Ada" } }],
  });
  const directCalls = () =>
    service.api<Page<Call>>("GET", `/agents/calls?to_number=${encodeURIComponent(BEN)}`).then(({ body }) => body.data);
  const direct = await until(async () => {
    const [call] = await directCalls();
    return call !== undefined && call.end_time !== undefined ? call : null;
  });
  const webhookObject = env.WEBHOOKS.getByName(webhook.id);
  await until(async () => ((await rowsOf(webhookObject)).match(PERSONAL) ? true : null));
  const reported = async () =>
    (await service.api<Report>("GET", `/agents/reports?by=batch&from=${FIRST_DAY}`)).body.total;
  const before = await reported();
  expect(before.dialed).toBeGreaterThan(0);

  await clock.advance(20 * DAY);
  const { id: young } = await service.createBatch([BEN]);
  await service.finished(young);
  // One that waits, and one that was begun long ago and is not over, are never touched.
  const { id: waits } = await service.createBatch([BEN], {
    scheduled_at: new Date(Date.now() + 29 * DAY).toISOString(),
  });
  await keepFor(30);
  await clock.ring();
  expect((await listed()).sort()).toEqual([id, young, waits].sort());

  await clock.advance(12 * DAY);
  await until(async () => {
    await clock.advance(1_000);
    await clock.ring();
    return (await listed()).includes(id) || (await directCalls()).some((call) => call.id === direct.id) ? null : true;
  });
  expect((await listed()).sort()).toEqual([young, waits].sort());
  expect((await service.api("GET", `${BATCHES}/${id}`)).status).toBe(404);
  expect((await service.api("GET", `/agents/calls/${direct.id}`)).status).toBe(404);
  expect(await tablesOf(service.batchObject(id))).toEqual(["deleted_batch"]);
  const deliveries = await rowsOf(webhookObject);
  expect(deliveries).not.toContain(id);
  expect(deliveries).not.toContain("crm-7");
  expect(await rowsOf(service.organizationObject())).not.toMatch(/4155550123|\bAda\b|crm-7/);
  expect((await reported()).dialed).toBe(before.dialed + 1);
});

type Manifest = {
  readonly kind: string;
  readonly name: string | null;
  readonly calls: number;
  readonly recipients: number;
  readonly files: readonly { name: string; lines: number; bytes: number; sha256: string }[];
};
/** The organization's objects in the bucket, by their names without the organization. */
async function archived(bucket: R2Bucket): Promise<Map<string, string>> {
  const prefix = `${service.organization}/`;
  const { objects } = await bucket.list({ prefix });
  const texts = await Promise.all(objects.map(async ({ key }) => (await bucket.get(key))?.text() ?? ""));
  return new Map(objects.map(({ key }, index) => [key.slice(prefix.length), texts[index] ?? ""]));
}

it("archives batches and direct calls first, erases people from the archive, and deletes it with the organization", async () => {
  const person = {
    to_number: ADA,
    external_id: "crm-7",
    metadata: { first_name: "Ada" },
    timezone: "America/New_York",
  };
  const { id } = (
    await service.api<Batch>("POST", BATCHES, { ...service.batchBody([]), recipients: [person, { to_number: BEN }] })
  ).body;
  const { recipients } = await service.finished(id);
  const call = recipients[0]?.agent_call_id ?? "";
  const said = await service.api("PATCH", `/agents/calls/${call}`, {
    outcome: "won",
    notes: "Ada likes it",
    tags: ["vip"],
  });
  expect(said.status).toBe(200);
  await service.made("/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: ADA }],
  });
  const direct = await until(async () => {
    const { body } = await service.api<Page<Call>>("GET", `/agents/calls?to_number=${encodeURIComponent(ADA)}`);
    const one = body.data.find((found) => found.id !== call);
    return one?.end_time === undefined ? null : one;
  });
  const changed = await service.api<Settings>("PATCH", SETTINGS, { retention_days: 30, archive: true });
  expect(changed.body).toEqual({ retention_days: 30, archive: true });
  const day = new Date().toISOString().slice(0, 10);
  await clock.advance(32 * DAY);
  await until(async () => {
    await clock.advance(1_000);
    await clock.ring();
    const statuses = await Promise.all([call, direct.id].map((one) => service.api("GET", `/agents/calls/${one}`)));
    return statuses.every(({ status }) => status === 404) ? true : null;
  });

  const files = await archived(env.ARCHIVE);
  const manifests = [...files].flatMap(([name, text]) =>
    name.endsWith("manifest.json") ? [[name, JSON.parse(text) as Manifest] as const] : [],
  );
  expect(manifests.map(([, { kind, calls, recipients: people }]) => [kind, calls, people]).sort()).toEqual([
    ["batch", 2, 2],
    ["direct_calls", 1, 1],
  ]);
  const folder = `${day}/${id}/`;
  expect(files.has(`${folder}manifest.json`)).toBe(true);
  const json = (files.get(`${folder}calls-00001.jsonl`) ?? "").trim().split("\n");
  expect(json.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      call_id: call,
      ...person,
      attempt: 1,
      status: "completed",
      outcome: "won",
      notes: "Ada likes it",
      tags: ["vip"],
      carrier_call_id: expect.stringMatching(/^CA/),
      duration_seconds: expect.any(Number),
    },
    { to_number: BEN, metadata: null },
  ]);
  expect(files.get(`${folder}calls-00001.csv`)?.split("\r\n")).toHaveLength(4);
  expect(await tablesOf(service.batchObject(id))).toEqual(["deleted_batch"]);

  type Receipt = { readonly id: string; readonly status: string };
  const erased = await service.api<Receipt>("DELETE", `/agents/people/${encodeURIComponent(ADA)}`);
  expect(erased.body).toMatchObject({ status: "erased", batches: 2, recipients: 2, calls: 2 });
  const left = await archived(env.ARCHIVE);
  expect([...left.keys()]).toEqual([...files.keys()]);
  expect([...left.values()].join("")).not.toMatch(/4155550123|\bAda\b|crm-7/);
  expect(left.get(`${folder}calls-00001.csv`)).toContain(BEN);

  await service.admin("DELETE", `/${service.organization}?confirm=${service.organization}`);
  const deletion = () => service.admin<{ status: string }>("GET", `/${service.organization}/deletion`);
  await until(async () => {
    await clock.advance(1_000);
    await clock.ring();
    return (await deletion()).status === "deleted" ? true : null;
  });
  expect(await archived(env.ARCHIVE)).toEqual(new Map());
});

it("is set by an admin's key or by operators, within its bounds", async () => {
  for (const wrong of [-1, 1.5, "30", 3_651, null]) {
    const refused = await service.api<Failed>("PATCH", SETTINGS, { retention_days: wrong });
    expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([400, "retention_days"]);
  }
  expect((await service.api<Settings>("GET", SETTINGS)).body.retention_days).toBe(0);
  const changed = await service.admin<Settings>("PATCH", `/${service.organization}`, { retention_days: 7 });
  expect(changed.retention_days).toBe(7);
  expect((await service.api<Settings>("GET", SETTINGS)).body.retention_days).toBe(7);
});
