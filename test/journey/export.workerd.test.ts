/** The export of an organization: all that it has, no secret of it, and nothing of another one. */

import { env } from "cloudflare:workers";
import { unpackTar } from "modern-tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Place, placeOf } from "../../src/api/export/places.ts";
import { exportSteps } from "../../src/api/export/sections.ts";
import type { Step } from "../../src/api/export/tar.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { type Failed, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const ADA = "+14155550123";
const BEN = "+14155550124";
type Manifest = {
  readonly organization_id: string;
  readonly goes_on: string | null;
  readonly files: readonly { readonly name: string; readonly lines: number }[];
};

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 10 });
});
afterEach(() => service.stop());

async function download(path: string, headers: Record<string, string>) {
  const answer = await fetchWorker(new Request(`https://${service.host}${path}`, { headers }));
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/gzip"]);
  expect(answer.headers.get("content-disposition")).toContain(`${service.organization}-`);
  const entries = await unpackTar(present(answer.body, "a file").pipeThrough(new DecompressionStream("gzip")));
  const texts = new Map(entries.map(({ header, data }) => [header.name, new TextDecoder().decode(data)]));
  expect(entries.at(-1)?.header.name).toBe("manifest.json");
  const manifest = JSON.parse(texts.get("manifest.json") ?? "") as Manifest;
  expect(manifest.files.map(({ name }) => name)).toEqual([...texts.keys()].slice(0, -1));
  return { texts, manifest };
}
const asAdmin = (query = "") =>
  download(`/agents/export.tar.gz${query}`, { "x-api-key": service.key, "cartesia-version": "2026-03-01" });
const jsonIn = (text: string | undefined) =>
  (text ?? "").split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));

async function filled(): Promise<{ batch: string; call: string; direct: string; secret: string }> {
  const { secret } = await service.made<{ secret: string }>("/agents/webhooks", { url: "https://example.com/hook" });
  await service.made("/agents/do-not-call", { number: "+14155559999", reason: "asked" });
  const person = { to_number: ADA, external_id: "crm-7", metadata: { first_name: "Ada" } };
  const batch = await service.api<{ id: string }>("POST", "/agents/calls/batches", {
    ...service.batchBody([]),
    recipients: [person, { to_number: BEN }],
  });
  const { recipients } = await service.finished(batch.body.id);
  const call = recipients[0]?.agent_call_id ?? "";
  await service.api("PATCH", `/agents/calls/${call}`, { notes: "Ada likes it" });
  const made = await service.made<{ calls: { agent_call_id: string }[] }>("/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: BEN }],
  });
  const direct = made.calls[0]?.agent_call_id ?? "";
  await until(async () => {
    const { body } = await service.api<{ end_time?: string }>("GET", `/agents/calls/${direct}`);
    return body.end_time === undefined ? null : true;
  });
  await service.api("DELETE", `/agents/people/${encodeURIComponent("+14155558888")}`);
  return { batch: batch.body.id, call, direct, secret };
}

describe("an export", () => {
  it("has settings, lists, reports, batches with their people, and direct calls, without secrets", async () => {
    const other = await TestService.start();
    await other.finished((await other.createBatch(["+14155557777"])).id);
    await other.stop();
    const { batch, call, direct, secret } = await filled();
    const { texts, manifest } = await asAdmin();
    expect(manifest).toMatchObject({ organization_id: service.organization, goes_on: null });
    expect(JSON.parse(texts.get("organization.json") ?? "")).toMatchObject({
      id: service.organization,
      retention_days: 0,
    });
    for (const [name, id] of [
      ["agents.jsonl", "agent_test"],
      ["phone-numbers.jsonl", "ap_test"],
      ["providers.jsonl", "app_test"],
    ] as const)
      expect(jsonIn(texts.get(name)).map((one) => one.id)).toEqual([id]);
    expect(jsonIn(texts.get("webhooks.jsonl"))).toHaveLength(1);
    expect(jsonIn(texts.get("keys.jsonl"))).toHaveLength(1);
    const ofFolder = (folder: string) =>
      [...texts].filter(([name]) => name.startsWith(`${folder}/`)).map(([, text]) => text);
    expect(jsonIn(ofFolder("do-not-call").join(""))).toMatchObject([{ number: "+14155559999", reason: "asked" }]);
    expect(jsonIn(ofFolder("erasures").join(""))).toMatchObject([{ status: "erased", batches: 0 }]);
    expect(jsonIn(ofFolder("audit").join("")).map((one) => one.operation)).toContain("createBatch");
    const [byBatch = ""] = [...texts].flatMap(([name, text]) => (name.endsWith("by-batch.json") ? [text] : []));
    expect(byBatch).toContain(batch);
    expect(JSON.parse(texts.get(`batches/${batch}/batch.json`) ?? "")).toMatchObject({
      id: batch,
      status: "completed",
    });
    expect(jsonIn(texts.get(`batches/${batch}/calls-00001.jsonl`))).toMatchObject([
      { call_id: call, to_number: ADA, external_id: "crm-7", metadata: { first_name: "Ada" }, notes: "Ada likes it" },
      { to_number: BEN, status: "completed" },
    ]);
    expect(jsonIn(ofFolder("direct-calls").join(""))).toMatchObject([{ call_id: direct, to_number: BEN }]);

    const all = [...texts.values()].join("");
    for (const hidden of [service.key, secret, "stand-in-auth-token", "sealed", "+14155557777"]) {
      expect(all).not.toContain(hidden);
    }
    const audit = await service.api<{ data: { operation: string; by: { kind: string } }[] }>(
      "GET",
      "/agents/audit?limit=1",
    );
    expect(audit.body.data).toMatchObject([{ operation: "exportOwnOrganization", by: { kind: "key" } }]);
  });

  it("is the same for operators, also of an organization that is being deleted", async () => {
    const { batch } = await filled();
    const path = `/admin/organizations/${service.organization}/export.tar.gz`;
    const { texts } = await download(path, { authorization: "Bearer admin_test" });
    expect(texts.has(`batches/${batch}/calls-00001.jsonl`)).toBe(true);
    const missing = await fetchWorker(
      new Request(`https://${service.host}/admin/organizations/org_nobody/export.tar.gz`, {
        headers: { authorization: "Bearer admin_test" },
      }),
    );
    expect([missing.status, (await missing.json<Failed>()).error_code]).toEqual([404, "not_found"]);
  });

  it("goes on from every place that a manifest may name, and nothing is left out or repeated", async () => {
    await filled();
    await service.finished((await service.createBatch([BEN])).id);
    await service.made("/agents/do-not-call", { numbers: ["+14155559998", "+14155559997"] });
    const source = {
      organization: service.organizationObject(),
      organizationId: service.organization,
      batch: (id: string) => env.BATCHES.getByName(present(routeOfBatch(id, service.organization), "its own batch")),
    };
    const from = async (place: Place) => {
      const steps: Step[] = [];
      for await (const step of exportSteps(source, place)) steps.push(step);
      return steps;
    };
    const all = await from({ section: "settings", after: "" });
    for (const [index, { goesOn }] of all.entries()) {
      expect(await from(present(placeOf(goesOn), "a place"))).toEqual(all.slice(index + 1));
    }
    const { manifest } = await asAdmin(`?starting_after=${encodeURIComponent(all.at(-1)?.goesOn ?? "")}`);
    expect(manifest.files).toEqual([]);
  });

  it("refuses a place that none has named", async () => {
    for (const wrong of ["x", "batches:acb_nothing", "audit:nothing"]) {
      const { status, body } = await service.api<Failed>("GET", `/agents/export.tar.gz?starting_after=${wrong}`);
      expect([wrong, status, body.issues?.[0]?.path]).toEqual([wrong, 400, "starting_after"]);
    }
  });
});
