/** Every operation, asked with a key of each role: what a key may not do is refused before anything else is looked at. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { roleOf } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { mayActAs, ROLES, type Role } from "../../src/calling/words/role.ts";
import { type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Key = { readonly id: string; readonly key: string; readonly role: string; readonly last_used_at?: string };

let service: TestService;
const keys = new Map<Role, string>();
beforeAll(async () => {
  service = await TestService.start();
  for (const role of ROLES) {
    const made = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: role, role });
    expect(made.role).toBe(role);
    keys.set(role, made.key);
  }
});
afterAll(() => service.stop());

const ask = (role: Role, method: string, path: string, body?: unknown) =>
  service.api<Failed>(method, path, body, { "x-api-key": keys.get(role) ?? "" });

/** Some answer with a file. */
async function isRefusedByRole(role: Role, method: string, path: string): Promise<boolean> {
  const headers = { "x-api-key": keys.get(role) ?? "", "cartesia-version": "2026-03-01" };
  const answer = await fetchWorker(new Request(`https://${service.host}${path}`, { method, headers }));
  // Read in any case: an answer that is not read holds its room, and the next one waits 15 s for it.
  const text = await answer.text();
  return answer.status === 403 && text.includes("this key has the role");
}

const CLIENTS = OPERATIONS.filter((one) => roleOf(one) !== null);
/** Nothing has these ids, so nothing is done. */
const filled = (path: string) => path.replace(/:\w+/g, "nothing");

describe("a key of each role", () => {
  it.each(CLIENTS.map((one) => [one.id, one] as const))("is heard or refused: %s", async (_, operation) => {
    const needed = roleOf(operation) ?? "admin";
    for (const role of ROLES) {
      const isRole = await isRefusedByRole(role, operation.method, filled(operation.path));
      expect([role, isRole]).toEqual([role, !mayActAs(role, needed)]);
    }
  });

  it("says of each operation that changes something which role it needs", () => {
    const unsaid = CLIENTS.filter(({ method, role }) => method !== "GET" && role === undefined);
    expect(unsaid.map(({ id }) => id)).toEqual([]);
    const forViewers = CLIENTS.filter((one) => one.method !== "GET" && roleOf(one) === "viewer");
    expect(forViewers.map(({ id }) => id).sort()).toEqual([
      "createLiveTicket",
      "previewBatch",
      "previewChange",
      "searchPeople",
      "serveMcp",
    ]);
  });

  it("may be a viewer that changes nothing, and an operator that sets up nothing", async () => {
    const agent = { name: "Mine", connection: { type: "websocket", url: "wss://agent.example.com" } };
    expect((await ask("operator", "POST", "/agents", agent)).status).toBe(403);
    expect((await ask("admin", "POST", "/agents", agent)).status).toBe(201);
    const batch = service.batchBody(["+14155560000"], { scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
    const refused = await ask("viewer", "POST", "/agents/calls/batches", batch);
    expect(refused).toMatchObject({
      status: 403,
      body: { message: "this key has the role viewer; use one with the role operator or admin" },
    });
    expect((await ask("operator", "POST", "/agents/calls/batches", batch)).status).toBe(201);
    expect(await ask("viewer", "GET", "/agents/key")).toMatchObject({
      status: 200,
      body: { label: "viewer", role: "viewer", organization_id: service.organization },
    });
  });
});

describe("an admin of the organization", () => {
  type Made = Failed & Key & { readonly expires_at?: string };
  const asAdmin = <T = Made>(method: string, path: string, body?: unknown, key = keys.get("admin") ?? "") =>
    service.api<T>(method, path, body, { "x-api-key": key });

  it("makes keys of its organization, lists them masked, and revokes them; others do not", async () => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const { status, body: made } = await asAdmin("POST", "/agents/keys", {
      label: "crm",
      role: "operator",
      expires_at,
    });
    expect([status, made.role, made.expires_at]).toEqual([201, "operator", expires_at]);
    expect(await service.api("GET", "/agents/key", undefined, { "x-api-key": made.key })).toMatchObject({
      body: { role: "operator", organization_id: service.organization },
    });
    const { body } = await asAdmin<{ data: Key[] }>("GET", "/agents/keys?limit=100");
    expect(body.data.find(({ id }) => id === made.id)).toMatchObject({ label: "crm", role: "operator" });
    expect(JSON.stringify(body)).not.toContain(made.key);
    for (const role of ["viewer", "operator"] as const) {
      for (const [method, path] of [
        ["GET", "/agents/keys"],
        ["POST", "/agents/keys"],
        ["DELETE", `/agents/keys/${made.id}`],
      ] as const)
        expect((await ask(role, method, path, method === "POST" ? { label: "mine", role } : undefined)).status).toBe(
          403,
        );
    }
    expect((await asAdmin("DELETE", `/agents/keys/${made.id}`)).status).toBe(204);
    expect((await service.api("GET", "/agents/key", undefined, { "x-api-key": made.key })).status).toBe(401);
    expect((await asAdmin("DELETE", `/agents/keys/${made.id}`)).status).toBe(404);
  });

  it("says the role, which is one that there is, and an expiry that is to come", async () => {
    expect(await asAdmin("POST", "/agents/keys", { label: "x" })).toMatchObject({ status: 400 });
    expect(await asAdmin("POST", "/agents/keys", { label: "x", role: "owner" })).toMatchObject({ status: 400 });
    const late = { label: "x", role: "viewer", expires_at: "2020-01-01T00:00:00Z" };
    expect(await asAdmin("POST", "/agents/keys", late)).toMatchObject({ status: 400 });
  });

  it("revokes its own key only where that is confirmed, and the last admin's not at all", async () => {
    const other = await TestService.start();
    const own = async (key: string) =>
      (await other.api<Key>("GET", "/agents/key", undefined, { "x-api-key": key })).body.id;
    const revoke = (id: string, key: string, confirm = "") =>
      other.api<Failed>("DELETE", `/agents/keys/${id}${confirm}`, undefined, { "x-api-key": key });
    const first = await own(other.key);
    const last = { status: 409, body: { error_code: "last_admin_key" } };
    expect(await revoke(first, other.key)).toMatchObject(last);
    expect(await revoke(first, other.key, "?confirm=own")).toMatchObject(last);
    await other.made("/agents/keys", { label: "viewer", role: "viewer" });
    expect(await revoke(first, other.key, "?confirm=own")).toMatchObject(last);
    const second = await other.made<Key>("/agents/keys", { label: "second", role: "admin" });
    expect(await revoke(first, other.key)).toMatchObject({ status: 409, body: { error_code: "key_in_use" } });
    expect((await revoke(first, other.key, "?confirm=own")).status).toBe(204);
    expect(await revoke(second.id, second.key, "?confirm=own")).toMatchObject(last);
    // An operator may, and makes another.
    await other.admin("DELETE", `/${other.organization}/api-keys/${second.id}`);
    await other.stop();
  });
});

describe("a key", () => {
  it("from before roles is an admin's, and one without a role too", async () => {
    const { body } = await service.api<Key>("GET", "/agents/key");
    expect(body.role).toBe("admin");
  });

  it("is not accepted once it has expired, and its last use is noted", async () => {
    const list = async () => (await service.admin<{ data: Key[] }>("GET", `/${service.organization}/api-keys`)).data;
    const soon = new Date(Date.now() + 1_500).toISOString();
    const made = await service.admin<Key>("POST", `/${service.organization}/api-keys`, {
      label: "short",
      expires_at: soon,
    });
    expect((await list()).find(({ id }) => id === made.id)).toMatchObject({ role: "admin", expires_at: soon });
    expect((await list()).find(({ id }) => id === made.id)?.last_used_at).toBeUndefined();
    const statusNow = async () =>
      (await service.api("GET", "/agents/key", undefined, { "x-api-key": made.key })).status;
    await expect.poll(statusNow, { timeout: 20_000 }).toBe(401);
    await ask("viewer", "GET", "/agents/key");
    expect((await list()).find(({ role }) => role === "viewer")?.last_used_at).toMatch(/Z$/);
  });

  it("has a role that there is, and no expiry in the past", async () => {
    const make = (body: Record<string, unknown>) =>
      service.admin("POST", `/${service.organization}/api-keys`, { label: "wrong", ...body });
    await expect(make({ role: "owner" })).rejects.toThrow("must be one of viewer, operator, admin");
    await expect(make({ expires_at: "2020-01-01T00:00:00Z" })).rejects.toThrow("must be in the future");
  });
});
