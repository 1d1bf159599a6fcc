/**
 * Nothing of an organization with a jurisdiction is stored outside. workerd has no jurisdictions, so they are stood in
 * for: an object in one has another id, as on the platform. Every object that is asked for is noted.
 */

import { listDurableObjectIds, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { callId, randomToken } from "../../src/calling/secrets/ids.ts";
import { signedToken } from "../../src/calling/secrets/signed-token.ts";
import type { Objects } from "../../src/env.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Failed, numbers, TestService, until } from "../support/service.ts";
import { rowsOf, tablesOf } from "../support/stored-rows.ts";
import { connect, ticketFor, Watcher } from "../support/watcher.ts";
import { fetchWorker } from "../support/worker.ts";

const KINDS = ["BATCHES", "ORGANIZATIONS", "DIRECTORY", "WEBHOOKS", "LANES"] as const satisfies (keyof Objects)[];
type Kind = (typeof KINDS)[number];

const inside = (jurisdiction: string, name: string): string => `in ${jurisdiction}: ${name}`;
/** `<kind> <name>` of every object that was asked for, by where. */
const asked = { inside: new Set<string>(), outside: new Set<string>() };
/** Of all tests, inside. */
const everAsked = new Set<string>();
/** Of the deployment's own directory, which no jurisdiction has. */
const askedOfDirectory = new Set<string>();

function standIn(kind: Kind): void {
  const namespace = env[kind] as DurableObjectNamespace;
  const find = namespace.getByName.bind(namespace);
  vi.spyOn(namespace, "getByName").mockImplementation((name, options) => {
    asked.outside.add(`${kind} ${name}`);
    const stub = find(name, options);
    if (kind !== "DIRECTORY") return stub;
    return new Proxy(stub, {
      get(target, method) {
        if (typeof method === "string") askedOfDirectory.add(method);
        // Not bound: of a stub everything is a message to its object, `bind` too.
        return (...args: unknown[]) => (target as unknown as Record<PropertyKey, Method>)[method]?.(...args);
      },
    });
  });
  vi.spyOn(namespace, "jurisdiction").mockImplementation((jurisdiction) => {
    const getByName = (name: string) => {
      asked.inside.add(`${kind} ${name}`);
      everAsked.add(`${kind} ${name}`);
      return find(inside(jurisdiction, name));
    };
    return { getByName } as unknown as DurableObjectNamespace;
  });
}
type Method = (...args: unknown[]) => unknown;

/** Objects with rows, by their ids. */
async function stored(kind: Kind): Promise<string[]> {
  return (await listDurableObjectIds(env[kind] as never)).map(String);
}

connectReceiver();
let service: TestService;
let other: TestService;
beforeAll(async () => {
  other = await TestService.start();
});
afterAll(() => other.stop());

const CREATED = { name: "Secret name", agent_call_concurrency_limit: 3 };
type Made = { readonly id: string; readonly jurisdiction?: string };
const operator = <T = Made>(method: string, path: string, body?: unknown) =>
  other.fetch<T>(method, `/admin/organizations${path}`, {
    body,
    headers: {
      authorization: "Bearer admin_test",
      ...(method === "POST" ? { "idempotency-key": crypto.randomUUID() } : {}),
    },
  });

describe("a runtime without jurisdictions", () => {
  it.each<[string, Record<string, unknown>]>([
    ["chosen", { jurisdiction: "fedramp" }],
    ["in the id", { id: "org_fedramp.acme" }],
  ])("refuses an organization with one that is %s, and says why", async (_, fields) => {
    const { status, body } = await operator<Failed>("POST", "", { ...CREATED, ...fields });
    expect(status).toBe(400);
    expect(body.issues).toEqual([
      {
        path: "jurisdiction",
        message: "cannot be used here: only Cloudflare keeps data in a jurisdiction, and this service runs elsewhere",
      },
    ]);
  });

  it("knows nothing there", async () => {
    const call = callId(`fedramp.${"0".repeat(22)}`, 1);
    const token = signedToken(["an encryption key for tests"], call, randomToken());
    expect((await operator("GET", "/org_fedramp.acme")).status).toBe(404);
    expect((await operator("PATCH", "/org_fedramp.acme", { name: "x" })).status).toBe(404);
    const key = { "x-api-key": "sk_fedramp.acme_0123456789", "cartesia-version": "2026-03-01" };
    expect((await other.fetch("GET", "/agents/key", { headers: key })).status).toBe(401);
    expect((await other.api("GET", `/agents/calls/${call}`)).status).toBe(404);
    expect((await other.fetch("POST", `/callbacks/twilio/${call}/${token}`)).status).toBe(403);
  });
});

it.each<[string, Record<string, unknown>, string, string]>([
  ["of no such name", { jurisdiction: "EU" }, "jurisdiction", "must be one of eu, us, fedramp, fedramp-high"],
  ["that its id does not name", { id: "org_acme", jurisdiction: "eu" }, "id", "must begin with org_eu. for this"],
  ["that its id contradicts", { id: "org_us.acme", jurisdiction: "eu" }, "id", "must begin with org_eu. for this"],
  ["beside a region", { jurisdiction: "eu", region: "EU" }, "region", "cannot be chosen in a jurisdiction"],
  ["in an id, of no such name", { id: "org_mars.acme" }, "id", "must be org_ and 1 to 64 letters, digits, - or _"],
])("refuses a jurisdiction %s", async (_, fields, path, said) => {
  const { status, body } = await operator<Failed>("POST", "", { ...CREATED, ...fields });
  expect(status).toBe(400);
  expect(body.issues).toEqual([{ path, message: expect.stringContaining(said) }]);
});

describe("an organization in eu", () => {
  beforeAll(() => {
    for (const kind of KINDS) standIn(kind);
  });
  beforeEach(() => {
    for (const names of [asked.inside, asked.outside, askedOfDirectory]) names.clear();
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it("has no object outside, whatever its clients, its carrier and its receivers do", async () => {
    const before = await Promise.all(KINDS.map(stored));
    service = await TestService.start({ jurisdiction: "eu", limit: 30 });
    const { organization } = service;
    const queued = vi.spyOn(env.WEBHOOK_QUEUE, "sendBatch");

    // More events at once than the webhook's object sends by itself: the others go through the queue.
    const receiver = new TestReceiver();
    const { id: webhook, secret } = await service.made<{ id: string; secret: string }>("/agents/webhooks", {
      display_name: "CRM",
      url: receiver.url("ok"),
    });

    // A batch with lanes, watched, with somebody on the do-not-call list.
    await service.made("/agents/do-not-call", { number: "+14155569999" });
    await service.carrier.control("PUT", "faults", { place: { mode: "late-answer", delay_ms: 300 } });
    const people = numbers(25);
    const { id } = await service.createBatch(people, { target_concurrency_limit: 25 });
    const watcher = await Watcher.of(service, id);
    const batch = await service.finished(id);
    expect(batch.recipients.map(({ status }) => status)).toEqual(people.map(() => "completed"));
    await until(async () => (watcher.messages.length > 1 ? true : null));
    watcher.socket.close();
    await service.carrier.control("PUT", "faults", {});

    // Each call began and ended, and the batch, too.
    await until(async () => ((await receiver.events(secret)).length >= 2 * people.length + 2 ? true : null));

    // A direct call, a retry, an append, a change, lists, exports, reports, a preview.
    const direct = await service.made<{ calls: { agent_call_id: string }[] }>("/agents/calls", {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: [{ to_number: "+14155567001" }],
    });
    const call = direct.calls[0]?.agent_call_id ?? "";
    const again = await service.createBatch(["+15005550001", "+14155567002"]);
    await service.finished(again.id);
    for (const [method, path, body] of [
      ["POST", `/agents/calls/batches/${again.id}/retry`, undefined],
      ["POST", `/agents/calls/batches/${again.id}/recipients`, { recipients: [{ to_number: "+14155567003" }] }],
      ["PATCH", `/agents/calls/batches/${again.id}`, { name: "Renamed" }],
      ["GET", `/agents/calls/batches/${id}/recipients.csv`, undefined],
      ["GET", "/agents/do-not-call.csv", undefined],
      ["GET", "/agents/calls?agent_id=agent_test", undefined],
      ["GET", `/agents/calls/${call}`, undefined],
      ["POST", "/agents/calls/batches/preview", service.batchBody(["+14155567004"])],
      ["POST", `/agents/webhooks/${webhook}/test`, undefined],
      ["GET", "/agents/calls/batches", undefined],
      ["PATCH", "/agents/settings", { retention_days: 90, archive: true }],
      ["GET", "/agents/key", undefined],
    ] as const) {
      const headers = {
        "x-api-key": service.key,
        "cartesia-version": "2026-03-01",
        "content-type": "application/json",
      };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const url = `https://${service.host}${path}`;
      const answer = await fetchWorker(new Request(url, { method, headers, ...sent }));
      await answer.text();
      expect([method, path, answer.ok]).toEqual([method, path, true]);
    }
    await service.finished(again.id);

    // Erasures and a deletion.
    expect((await service.api("DELETE", `/agents/calls/${batch.recipients[0]?.agent_call_id}`)).status).toBe(200);
    expect((await service.api("DELETE", `/agents/people/${encodeURIComponent(people[1] ?? "")}`)).status).toBe(202);
    await until(async () =>
      (await service.api("DELETE", `/agents/calls/batches/${id}`)).status === 204 ? true : null,
    );

    // Operators, with requests that are remembered.
    const made = await operator("POST", "", { ...CREATED, jurisdiction: "eu" });
    expect(made).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^org_eu\./), jurisdiction: "eu" } });
    const key = await operator("POST", `/${organization}/api-keys`, { label: "second" });
    expect(key).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^sk_eu\./) } });
    await operator("PATCH", `/${organization}`, { name: "Renamed" });
    await operator("GET", `/${organization}/ledger`);

    const name = made.body.id;
    expect((await operator("DELETE", `/${name}?confirm=${name}`)).status).toBe(202);
    type Deletion = { readonly status: string };
    const deletion = () => operator<Deletion>("GET", `/${name}/deletion`);
    await until(async () => ((await deletion()).body.status === "deleted" ? true : null));

    // What the queue carries: ids.
    const messages = queued.mock.calls.flatMap(([some]) => [...some].map(({ body }) => body));
    expect(messages.length).toBeGreaterThan(0);
    for (const body of messages) {
      expect(body).toEqual({
        webhookId: expect.stringMatching(/^webhook_eu\.\w{22}$/),
        deliveryId: expect.stringMatching(/^evt_\w{22}$/),
        attempt: expect.any(Number),
      });
    }

    // Every object that was asked for is inside, but for the directory of the deployment.
    expect([...asked.outside]).toEqual(["DIRECTORY organizations"]);
    const known = new Set(["signingSecret", "opened", "open", "unsignedTokensUntil"]);
    expect([...askedOfDirectory].filter((message) => !known.has(message))).toEqual([]);
    const kinds = new Set([...asked.inside].map((one) => one.split(" ")[0]));
    expect([...kinds].sort()).toEqual([...KINDS].sort());
    expect([...asked.inside]).toContainEqual(expect.stringMatching(/^WEBHOOKS webhook_eu\.\w+\/\d$/));

    // And every object that has rows.
    const after = await Promise.all(KINDS.map(stored));
    for (const [index, kind] of KINDS.entries()) {
      const names = [...asked.inside]
        .filter((one) => one.startsWith(`${kind} `))
        .map((one) => one.slice(kind.length + 1));
      const ids = names.map((name) => String(env[kind].idFromName(inside("eu", name))));
      const outside = kind === "DIRECTORY" ? [String(env.DIRECTORY.idFromName("organizations"))] : [];
      const created = after[index]?.filter((one) => !before[index]?.includes(one)) ?? [];
      expect(created.filter((one) => !ids.includes(one) && !outside.includes(one))).toEqual([]);
    }
    const own = await rowsOf(env.DIRECTORY.get(env.DIRECTORY.idFromName("organizations")));
    expect(own).toContain(other.organization);
    for (const word of [organization, organization.slice(7), made.body.id, "Secret name", "Renamed"]) {
      expect(own).not.toContain(word);
    }
  });

  it("and one outside see nothing of each other", async () => {
    const [theirs, ours] = await Promise.all([other, service].map((one) => one.createBatch(numbers(1))));
    for (const [who, batch] of [
      [other, ours],
      [service, theirs],
    ] as const) {
      const whole = await (who === other ? service : other).finished(batch?.id ?? "");
      const call = whole.recipients[0]?.agent_call_id ?? "";
      for (const path of [`/agents/calls/batches/${whole.id}`, `/agents/calls/${call}`]) {
        expect((await who.api<Failed>("GET", path)).body).toMatchObject({ error_code: "not_found" });
      }
      const { ticket } = await ticketFor(who === other ? service : other, whole.id);
      // A ticket leads only to the object that gave it out.
      const swapped = ticket.startsWith("eu.") ? ticket.slice("eu.".length) : `eu.${ticket}`;
      const url = `https://${service.host}/agents/calls/batches/${whole.id}/live?ticket=`;
      expect((await connect(url + swapped)).status).toBe(401);
      const { status, webSocket } = await connect(url + ticket);
      expect(status).toBe(101);
      webSocket?.accept();
      webSocket?.close();
    }
    await service.stop();
  });

  it("of a jurisdiction without a bucket cannot be archived, and nothing is changed", async () => {
    const refused = await operator<Failed>("POST", "", { ...CREATED, id: "org_us.unarchived", archive: true });
    expect([refused.status, refused.body.error_code]).toEqual([503, "not_configured"]);
    expect(refused.body.message).toContain("an R2 bucket of the jurisdiction us as ARCHIVE_US");
    expect((await operator("GET", "/org_us.unarchived")).status).toBe(404);
    const made = await operator("POST", "", { ...CREATED, jurisdiction: "us" });
    const path = `/${made.body.id}`;
    expect((await operator<Failed>("PATCH", path, { archive: true, retention_days: 3 })).body.error_code).toBe(
      "not_configured",
    );
    expect((await operator("GET", path)).body).toMatchObject({ archive: false, retention_days: 0 });
  });

  it("is archived in the bucket of eu alone, and leaves nothing there or anywhere once it is deleted", async () => {
    const requests = ["get", "head", "put", "list", "delete"] as const;
    const seen = (bucket: R2Bucket) => requests.map((request) => vi.spyOn(bucket, request));
    const [outside, within] = [seen(env.ARCHIVE), seen(env.ARCHIVE_EU)];
    const one = await TestService.start({ jurisdiction: "eu", limit: 5 });
    const { organization } = one;
    const object = env.ORGANIZATIONS.get(env.ORGANIZATIONS.idFromName(inside("eu", organization)));
    const stored = async () => {
      const { objects } = await env.ARCHIVE_EU.list();
      return objects.map(({ key }) => key).filter((key) => key.includes(organization));
    };
    const turns = (isDone: () => Promise<boolean>) =>
      until(async () => {
        vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
        await runDurableObjectAlarm(object);
        return (await isDone()) ? true : null;
      });

    const { id } = await one.createBatch(numbers(2));
    await one.finished(id);
    await one.api("PATCH", "/agents/settings", { retention_days: 1, archive: true });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 24 * 60 * 60 * 1_000 });
    await turns(async () => (await one.api("GET", `/agents/calls/batches/${id}`)).status === 404);
    const names = (await stored()).map((key) => key.slice(key.lastIndexOf("/") + 1));
    expect(names.sort()).toEqual(["calls-00001.csv", "calls-00001.jsonl", "manifest.json", `${organization}.json`]);
    // No row tells of it.
    await env.ARCHIVE_EU.put(`${organization}/left-by-somebody`, "x");

    asked.outside.clear();
    expect((await operator("DELETE", `/${organization}?confirm=${organization}`)).status).toBe(202);
    type Deletion = { readonly status: string };
    const deletion = () => operator<Deletion>("GET", `/${organization}/deletion`);
    await turns(async () => (await deletion()).body.status === "deleted");
    vi.useRealTimers();
    expect(await stored()).toEqual([]);
    for (const request of ["get", "put", "list", "delete"] as const) {
      expect([request, within[requests.indexOf(request)]?.mock.calls.length]).not.toEqual([request, 0]);
    }
    expect(outside.map((request) => request.mock.calls)).toEqual(outside.map(() => []));
    expect([...asked.outside].filter((name) => name !== "DIRECTORY organizations")).toEqual([]);
    expect(await tablesOf(object)).toEqual([]);
    const batches = [...asked.inside].filter((name) => name.startsWith("BATCHES ")).map((name) => name.slice(8));
    expect(batches.length).toBeGreaterThan(0);
    for (const name of batches) {
      const batch = env.BATCHES.get(env.BATCHES.idFromName(inside("eu", name)));
      expect(await tablesOf(batch)).toEqual(["deleted_batch"]);
    }
    await one.stop();
  });

  it("is listed after those outside, on pages in both directions", async () => {
    await operator("POST", "", { ...CREATED, jurisdiction: "us" });
    type Page = { readonly data: Made[]; readonly has_more: boolean };
    const page = async (query: string) => (await operator<Page>("GET", `?${query}`)).body;
    const all = (await page("limit=100")).data;
    expect(all.map(({ jurisdiction }) => jurisdiction ?? "none")).toEqual(
      ["none", "eu", "us"].flatMap((place) =>
        all.flatMap((one) => ((one.jurisdiction ?? "none") === place ? [place] : [])),
      ),
    );
    expect(new Set(all.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set([undefined, "eu", "us"]));
    for (const limit of [1, 2, 3]) {
      const forwards: Made[] = [];
      for (let more = true, cursor = ""; more; cursor = `&starting_after=${forwards.at(-1)?.id}`) {
        const { data, has_more } = await page(`limit=${limit}${cursor}`);
        forwards.push(...data);
        more = has_more;
      }
      expect(forwards).toEqual(all);
      const backwards: Made[] = [];
      for (let more = true; more; ) {
        const cursor = backwards[0]?.id ?? all.at(-1)?.id;
        const { data, has_more } = await page(`limit=${limit}&ending_before=${cursor}`);
        backwards.unshift(...data);
        more = has_more;
      }
      expect(backwards).toEqual(all.slice(0, -1));
    }
  });

  it("leaves no row once it is deleted, inside or outside, but that its id was given", async () => {
    const { organization } = service;
    expect((await operator("DELETE", `/${organization}?confirm=${organization}`)).status).toBe(202);
    type Deletion = { readonly status: string; readonly batches_left: number };
    const done = await until(async () => {
      const { body } = await operator<Deletion>("GET", `/${organization}/deletion`);
      return body.status === "deleted" ? body : null;
    });
    expect(done.batches_left).toBe(0);
    expect([...asked.outside].filter((one) => one !== "DIRECTORY organizations")).toEqual([]);
    const ofEurope = [...everAsked].filter((one) => / (?:[a-z]+_)?eu\./.test(one));
    for (const kind of KINDS) {
      const names = ofEurope.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1));
      expect([kind, names.length]).not.toEqual([kind, 0]);
      for (const name of names) {
        const namespace = env[kind] as DurableObjectNamespace;
        const object = namespace.get(namespace.idFromName(inside("eu", name)));
        if (kind === "DIRECTORY") expect(await rowsOf(object)).not.toMatch(/Secret name|Renamed|\+1415/);
        else expect([name, (await tablesOf(object)).filter((table) => table !== "deleted_batch")]).toEqual([name, []]);
      }
    }
  });
});
