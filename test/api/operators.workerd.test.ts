/** Organizations and their keys, as operators keep them. Contract: "Ours: agents and operators". */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Failed, numbers, TestService } from "../support/service.ts";
import { Lists } from "./lists.ts";

const ORGANIZATIONS = "/admin/organizations";
type Organization = { id: string; name: string; agents_usage_limit?: number; agents_usage: number };
type Key = { id: string; label: string; key: string; created_at: string };

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const call = <T>(method: string, path: string, body?: unknown) =>
  service.fetch<T>(method, `${ORGANIZATIONS}${path}`, { body, headers: { authorization: "Bearer admin_test" } });
const create = (fields: Record<string, unknown> = {}) =>
  service.admin<Organization>("POST", "", { name: "Acme", agent_call_concurrency_limit: 5, ...fields });
const createKey = (organization: string, fields: Record<string, unknown> = {}) =>
  service.admin<Key>("POST", `/${organization}/api-keys`, { label: "main", ...fields });
const asks = async (key: string): Promise<number> =>
  (await service.fetch("GET", "/agents", { headers: { "x-api-key": key, "cartesia-version": "2026-03-01" } })).status;

describe("an organization", () => {
  it("is created with an id of its own or a chosen one, and Get answers the same", async () => {
    const acme = await create();
    expect(acme).toEqual({
      id: expect.stringMatching(/^org_[1-9A-HJ-NP-Za-km-z]{22}$/),
      name: "Acme",
      reserved_concurrency: 0,
      agent_call_concurrency_limit: 5,
      agents_usage: 0,
      calls_per_second: null,
      retention_days: 0,
      archive: false,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await service.admin("GET", `/${acme.id}`)).toEqual(acme);
    expect(await create({ id: "org_chosen", agents_usage_limit: 7 })).toMatchObject({
      id: "org_chosen",
      agents_usage_limit: 7,
    });
  });

  it("is made near a region, which is no part of what it is", async () => {
    const acme = await create({ region: "APAC" });
    expect(acme).not.toHaveProperty("region");
    expect(await service.admin("GET", `/${acme.id}`)).toEqual(acme);
    const refused = await call<Failed>("POST", "", { name: "Acme", agent_call_concurrency_limit: 5, region: "apac" });
    expect(refused).toMatchObject({ status: 400, body: { message: "region: must be one of US, EU, APAC" } });
  });

  it("is refused with an id that is taken, and the first stays what it was", async () => {
    const first = await create({ id: "org_twice" });
    const again = { id: "org_twice", name: "Other", agent_call_concurrency_limit: 9 };
    expect(await call("POST", "", again)).toMatchObject({ status: 409, body: { error_code: "already_exists" } });
    expect(await service.admin("GET", "/org_twice")).toEqual(first);
    const listed = (await new Lists(service).walk(ORGANIZATIONS, 100, "starting_after")).flat();
    expect(listed.filter((id) => id === "org_twice")).toEqual(["org_twice"]);
  });

  it("is listed, newest first, in pages", async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await create()).id);
    const pages = await new Lists(service).walk(ORGANIZATIONS, 2, "starting_after");
    expect(pages.flat().slice(0, 5)).toEqual(made);
    const newer = await new Lists(service).walk(ORGANIZATIONS, 2, "ending_before", made.at(-1));
    expect(newer.reverse().flat()).toEqual(made.slice(0, -1));
  });

  it.each([
    ["its name", { name: "New" }, { name: "New" }],
    ["its concurrency limit", { agent_call_concurrency_limit: 9 }, { agent_call_concurrency_limit: 9 }],
    ["its usage limit", { agents_usage_limit: 0 }, { agents_usage_limit: 0 }],
    ["no usage limit", { agents_usage_limit: null }, { agents_usage_limit: undefined }],
    ["nothing", {}, {}],
  ])("changed in %s is changed in that alone", async (_, fields, expected) => {
    const before = await create({ agents_usage_limit: 50 });
    const { status, body } = await call<Organization>("PATCH", `/${before.id}`, fields);
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, ...expected });
    expect(await service.admin("GET", `/${before.id}`)).toEqual(body);
  });

  it("is charged for each recipient that is accepted, and for none that is refused", async () => {
    const one = await TestService.start({ limit: 4 });
    const usage = async () => (await one.admin<Organization>("GET", `/${one.organization}`)).agents_usage;
    const post = (count: number) =>
      one.api<Failed>("POST", "/agents/calls/batches", one.batchBody(numbers(count), { target_concurrency_limit: 4 }));
    await one.admin("PATCH", `/${one.organization}`, { agents_usage_limit: 5 });
    expect((await post(3)).status).toBe(201);
    expect(await post(3)).toMatchObject({ status: 402, body: { error_code: "usage_limit_reached" } });
    expect(await usage()).toBe(3);
    expect((await post(2)).status).toBe(201);
    expect(await usage()).toBe(5);
    await one.admin("PATCH", `/${one.organization}`, { agents_usage_limit: null });
    expect((await post(1)).status).toBe(201);
    await one.stop();
  });
});

describe("an API key", () => {
  it("is shown once and works; a list shows its ends", async () => {
    const { id } = await create({ id: "org_keys" });
    const made = await createKey(id);
    expect(made).toEqual({
      id: expect.stringMatching(/^key_/),
      label: "main",
      key: expect.stringMatching(/^sk_keys_[1-9A-HJ-NP-Za-km-z]{44}-[0-9a-f]{16}$/),
      role: "admin",
      created_at: expect.stringMatching(/Z$/),
    });
    expect(await asks(made.key)).toBe(200);
    const listed = await service.admin<{ data: Key[] }>("GET", `/${id}/api-keys`);
    const last_used_at: unknown = expect.stringMatching(/Z$/);
    expect(listed.data).toEqual([{ ...made, key: `sk_keys_…${made.key.slice(-4)}`, last_used_at }]);
  });

  it("may be chosen, for its own organization, once", async () => {
    const { id } = await create({ id: "org_with_words" });
    const key = "sk_with_words_chosen-8f14e45fceea167a5a36dedd4bea2543";
    expect((await createKey(id, { key })).key).toBe(key);
    expect(await asks(key)).toBe(200);
    expect(await call("POST", `/${id}/api-keys`, { label: "again", key })).toMatchObject({
      status: 409,
      body: { error_code: "already_exists" },
    });
    for (const wrong of ["sk_with_words_short", "sk_words_0123456789", "sk_with_words_0123 456789", "0123456789", ""]) {
      const refused = await call<Failed>("POST", `/${id}/api-keys`, { label: "wrong", key: wrong });
      expect([wrong, refused.status, refused.body.issues?.[0]?.path]).toEqual([wrong, 400, "key"]);
    }
    expect((await service.admin<{ data: Key[] }>("GET", `/${id}/api-keys`)).data).toHaveLength(1);
  });

  it("that is revoked is gone, and no other with it", async () => {
    const { id } = await create();
    const [first, second] = [await createKey(id, { label: "first" }), await createKey(id, { label: "second" })];
    expect(await call("DELETE", `/${id}/api-keys/${first.id}`)).toMatchObject({ status: 204, body: null });
    expect([await asks(first.key), await asks(second.key)]).toEqual([401, 200]);
    const listed = await service.admin<{ data: Key[] }>("GET", `/${id}/api-keys`);
    expect(listed.data.map(({ label }) => label)).toEqual(["second"]);
    const again = { status: 404, body: { message: "there is no such API key" } };
    expect(await call("DELETE", `/${id}/api-keys/${first.id}`)).toMatchObject(again);
    expect(await call("DELETE", `/${service.organization}/api-keys/${second.id}`)).toMatchObject(again);
    expect(await asks(second.key)).toBe(200);
  });
});

describe("an organization that there is not", () => {
  it.each(["org_no", "acme", "org_", "org_%20x"])("%s: 404 by every route", async (id) => {
    const answers = await Promise.all([
      call<Failed>("GET", `/${id}`),
      call<Failed>("PATCH", `/${id}`, { name: "x" }),
      call<Failed>("GET", `/${id}/ledger`),
      call<Failed>("GET", `/${id}/api-keys`),
      call<Failed>("DELETE", `/${id}/api-keys/key_x`),
      call<Failed>("POST", `/${id}/api-keys`, { label: "x" }),
    ]);
    for (const { status, body } of answers) {
      expect({ status, message: body.message }).toEqual({ status: 404, message: "there is no such organization" });
    }
  });
});
