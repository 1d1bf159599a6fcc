/** People who Cloudflare Access has signed in: what each role may do, and every way to be refused. */

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { importJWK } from "jose";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { roleOf } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { mayActAs, ROLES, type Role } from "../../src/calling/words/role.ts";
import type { Bindings } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { AUDIENCE, accessToken, type Claims } from "../support/access-token.ts";
import { type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Member = { readonly id: string; readonly role: Role; readonly last_used_at?: string };
type SignIn = { readonly method: string; readonly email?: string; readonly organizations?: { readonly id: string }[] };

const { url, kid, privateKey } = inject("accessTeam");
const withAccess: Bindings = { ...(env as Bindings), ACCESS_TEAM_DOMAIN: url, ACCESS_AUD: AUDIENCE };
let key: CryptoKey;
let service: TestService;
let other: TestService;
/** By what the path names. */
const members = new Map<string, Member>();

const tokenOf = (claims: Claims) => accessToken(url, { kid, key }, claims);
const personal = (role: Role) => `${role}@example.com`;

beforeAll(async () => {
  key = (await importJWK(privateKey, "RS256")) as CryptoKey;
  [service, other] = await Promise.all([TestService.start(), TestService.start()]);
  for (const role of ROLES) {
    members.set(role, (await asKey<Member>("POST", "/agents/members", { email: personal(role), role })).body);
  }
});
afterAll(async () => {
  await Promise.all([service.stop(), other.stop()]);
});

type Asked<T> = { readonly status: number; readonly body: T };
const read = async <T>(response: Response): Promise<Asked<T>> => {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, body: (isJson ? JSON.parse(text) : null) as T };
};

/** As a browser sends it for a page of the service. */
async function ask<T = Failed>(
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string | null> = {},
): Promise<Asked<T>> {
  const all = {
    "content-type": "application/json",
    "cartesia-version": "2026-03-01",
    "sec-fetch-site": "same-origin",
    "x-organization-id": service.organization,
    "cf-access-jwt-assertion": token,
    ...headers,
  };
  const sent = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const request = new Request(`https://${service.host}${path}`, {
    method,
    headers: Object.fromEntries(sent),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return read<T>(await worker.fetch(request, withAccess, createExecutionContext()));
}
const asPerson = async <T = Failed>(email: string, method: string, path: string, body?: unknown) =>
  ask<T>(await tokenOf({ email }), method, path, body);
const asKey = <T = Failed>(method: string, path: string, body?: unknown) => service.api<T>(method, path, body);

describe("a member of each role", () => {
  const CLIENTS = OPERATIONS.filter(({ audience }) => audience === "client");
  it("may do what a key of this role may", async () => {
    const tokens = await Promise.all(ROLES.map((role) => tokenOf({ email: personal(role) })));
    for (const operation of CLIENTS) {
      const needed = roleOf(operation) ?? "admin";
      const path = operation.path.replace(/:\w+/g, "nothing");
      for (const [index, role] of ROLES.entries()) {
        const { status, body } = await ask<Failed | null>(tokens[index] ?? "", operation.method, path);
        const isRole = status === 403 && (body?.message.includes(`has the role ${role} here`) ?? false);
        expect([operation.id, role, isRole]).toEqual([operation.id, role, !mayActAs(role, needed)]);
      }
    }
  });

  it("is named by the audit, and is found in it", async () => {
    const body = { name: "Mine", connection: { type: "websocket", url: "wss://agent.example.com/audio" } };
    const made = await asPerson<{ id: string }>(personal("admin"), "POST", "/agents", body);
    expect(made.status).toBe(201);
    type Records = { readonly data: readonly { readonly by: unknown; readonly resource: { readonly id: string } }[] };
    const { body: acts } = await asKey<Records>("GET", `/agents/audit?by=${personal("admin")}`);
    const by = { kind: "person", id: personal("admin"), label: personal("admin") };
    expect(acts.data[0]).toMatchObject({ by, operation: "createAgent", resource: { id: made.body.id } });
  });

  it("is named where a key would be: in the do-not-call list", async () => {
    await asPerson(personal("operator"), "POST", "/agents/do-not-call", { number: "+14155551234", reason: "asked" });
    const entry = await asKey("GET", "/agents/do-not-call/%2B14155551234");
    expect(JSON.stringify(entry.body)).toContain(personal("operator"));
  });

  it("sees its own role", async () => {
    const own = await asPerson(personal("viewer"), "GET", "/agents/key");
    const expected = { label: personal("viewer"), role: "viewer", organization_id: service.organization };
    expect(own).toMatchObject({ status: 200, body: { ...expected, expires_at: expect.stringMatching(/Z$/) } });
  });
});

describe("the way in", () => {
  it("is told to a browser: by a key, or who Access says it is and where", async () => {
    expect(await ask<SignIn>(null, "GET", "/sign-in")).toEqual({ status: 200, body: { method: "key" } });
    const email = "two@example.com";
    for (const one of [service, other]) await one.made("/agents/members", { email, role: "viewer" });
    const { body } = await ask<SignIn>(await tokenOf({ email: "Two@Example.com" }), "GET", "/sign-in");
    expect(body).toMatchObject({ method: "access", email });
    expect(body.organizations?.map(({ id }) => id).sort()).toEqual([service.organization, other.organization].sort());
    const stranger = await ask<SignIn>(await tokenOf({ email: "eve@example.org" }), "GET", "/sign-in");
    expect(stranger.body).toMatchObject({ method: "access", organizations: [] });
  });

  it("is by the domain for a person without an entry of their own, and not for a subdomain", async () => {
    await asKey("POST", "/agents/members", { domain: "Domain.example", role: "operator" });
    await asKey("POST", "/agents/members", { email: "low@domain.example", role: "viewer" });
    const roleIn = async (email: string) => (await asPerson<Member>(email, "GET", "/agents/key")).body.role;
    expect(await roleIn("any@domain.example")).toBe("operator");
    expect(await roleIn("LOW@DOMAIN.example")).toBe("viewer");
    for (const email of ["x@sub.domain.example", "x@domain.example.com", "x@y@other.example"])
      expect((await asPerson(email, "GET", "/agents/key")).status).toBe(403);
  });

  it("does not lead into another organization, or one that never was", async () => {
    const token = await tokenOf({ email: personal("admin") });
    const into = (organization: string) =>
      ask(token, "GET", "/agents", undefined, { "x-organization-id": organization });
    const [foreign, unknown, wrong] = [
      await into(other.organization),
      await into("org_never-was"),
      await into("nonsense"),
    ];
    expect(foreign).toMatchObject({ status: 403, body: { error_code: "forbidden" } });
    for (const one of [unknown, wrong]) expect(one.body.message).toBe(foreign.body.message);
  });

  it("needs the organization's id", async () => {
    const answer = await ask(await tokenOf({ email: personal("admin") }), "GET", "/agents", undefined, {
      "x-organization-id": null,
    });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: "X-Organization-Id" }] } });
  });

  it("is closed to a wrong token, which changes nothing about a key", async () => {
    const wrong = await tokenOf({ email: personal("admin"), aud: "another" });
    expect(await ask(wrong, "GET", "/agents")).toMatchObject({ status: 401, body: { error_code: "unauthorized" } });
    expect(await ask(wrong, "GET", "/sign-in")).toMatchObject({ status: 401 });
    expect(await ask("x.y.z", "GET", "/agents")).toMatchObject({ status: 401 });
    expect((await ask(wrong, "GET", "/agents", undefined, { "x-api-key": service.key })).status).toBe(200);
  });

  it("is the key's where there is one, even if it is wrong", async () => {
    const token = await tokenOf({ email: personal("admin") });
    const own = await ask(token, "GET", "/agents/key", undefined, { "x-api-key": service.key });
    expect(own.body).toMatchObject({ label: "test" });
    for (const headers of [
      { "x-api-key": `${service.key}1` },
      { authorization: "Bearer nonsense" },
      { "x-api-key": "" },
    ])
      expect((await ask(token, "GET", "/agents", undefined, headers)).status).toBe(401);
  });

  it("is not there without the variables, whatever header is sent", async () => {
    const headers = {
      "cf-access-jwt-assertion": await tokenOf({ email: personal("admin") }),
      "x-organization-id": service.organization,
      "cartesia-version": "2026-03-01",
    };
    const answer = await read<Failed>(await fetchWorker(new Request(`https://${service.host}/agents`, { headers })));
    expect(answer).toMatchObject({ status: 401, body: { message: expect.stringContaining("API key") } });
    const signIn = await read<SignIn>(await fetchWorker(new Request(`https://${service.host}/sign-in`, { headers })));
    expect(signIn.body).toEqual({ method: "key" });
  });

  it("is not the cookie's", async () => {
    const cookie = `CF_Authorization=${await tokenOf({ email: personal("admin") })}`;
    expect((await ask(null, "GET", "/agents", undefined, { cookie })).status).toBe(401);
  });

  it("leads neither to operators' routes nor to assistants' tools", async () => {
    const token = await tokenOf({ email: personal("admin") });
    expect((await ask(token, "GET", "/admin/organizations")).status).toBe(401);
    expect((await ask(token, "POST", "/mcp", {})).status).toBe(401);
  });
});

describe("another site's page", () => {
  const change = { reason: "cross-site", number: "+14155559999" };
  it.each<[string, Record<string, string | null>]>([
    ["by another site", { "sec-fetch-site": "cross-site" }],
    ["by another host of the domain", { "sec-fetch-site": "same-site" }],
    ["by a typed address", { "sec-fetch-site": "none" }],
    ["by an old browser for another origin", { "sec-fetch-site": null, origin: "https://evil.example" }],
    ["by a page without an origin", { "sec-fetch-site": null, origin: "null" }],
    ["by no browser", { "sec-fetch-site": null }],
  ])("changes nothing: %s", async (_, headers) => {
    const token = await tokenOf({ email: personal("admin") });
    const answer = await ask(token, "POST", "/agents/do-not-call", change, headers);
    expect(answer).toMatchObject({ status: 403, body: { message: expect.stringContaining("page of this service") } });
    expect((await asKey("GET", "/agents/do-not-call/%2B14155559999")).status).toBe(404);
  });

  it("reads nothing, and an old browser reads with the page's own origin", async () => {
    const token = await tokenOf({ email: personal("admin") });
    const reading = async (headers: Record<string, string | null>) =>
      (await ask(token, "GET", "/agents", undefined, headers)).status;
    expect(await reading({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await reading({ "sec-fetch-site": null })).toBe(200);
    const own = { "sec-fetch-site": null, origin: `https://${service.host}` };
    expect((await ask(token, "POST", "/agents/do-not-call", change, own)).status).toBe(201);
  });
});

describe("members", () => {
  it("are listed, changed and deleted by admins, and the change holds from the next request", async () => {
    const email = "temp@example.com";
    const made = await asPerson<Member>(personal("admin"), "POST", "/agents/members", { email, role: "viewer" });
    expect(made).toMatchObject({ status: 201, body: { email, role: "viewer" } });
    const path = `/agents/members/${made.body.id}`;
    expect((await asPerson(email, "PATCH", path, { role: "admin" })).status).toBe(403);
    expect((await asKey("PATCH", path, { role: "admin" })).status).toBe(200);
    const list = await asPerson<{ data: Member[] }>(email, "GET", "/agents/members");
    expect(list.body.data.find(({ id }) => id === made.body.id)).toMatchObject({ email, role: "admin" });
    expect(list.body.data.find(({ id }) => id === made.body.id)?.last_used_at).toMatch(/Z$/);
    expect((await asKey("DELETE", path)).status).toBe(204);
    expect((await asPerson(email, "GET", "/agents")).status).toBe(403);
    expect((await ask<SignIn>(await tokenOf({ email }), "GET", "/sign-in")).body.organizations).toEqual([]);
    expect((await asKey("DELETE", path)).status).toBe(404);
    type Records = { readonly data: readonly { readonly operation: string }[] };
    const acts = await asKey<Records>("GET", `/agents/audit?resource_id=${made.body.id}`);
    expect(acts.body.data.map(({ operation }) => operation)).toEqual(["deleteMember", "changeMember", "createMember"]);
  });

  it("are refused twice, and with an address that is none", async () => {
    const twice = { email: personal("viewer").toUpperCase(), role: "admin" };
    expect(await asKey("POST", "/agents/members", twice)).toMatchObject({
      status: 409,
      body: { error_code: "already_exists" },
    });
    for (const body of [
      { role: "admin" },
      { email: "ada@example.com", domain: "example.com", role: "admin" },
      { email: "ada", role: "admin" },
      { email: "ada@localhost", role: "admin" },
      { email: "a b@example.com", role: "admin" },
      { domain: "@example.com", role: "admin" },
      { domain: "com", role: "admin" },
      { email: "new@example.com", role: "owner" },
      { email: "new@example.com" },
    ])
      expect(await asKey("POST", "/agents/members", body)).toMatchObject({ status: 400 });
  });

  it("watch a batch until they are deleted, as a key until it is revoked", async () => {
    const batch = await service.createBatch(["+14155560000"], {
      scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const email = "watcher@example.com";
    const member = (await asKey<Member>("POST", "/agents/members", { email, role: "viewer" })).body;
    const draw = async (claims: Claims) =>
      ask<{ ticket: string; expires_at: string }>(
        await tokenOf(claims),
        "POST",
        `/agents/calls/batches/${batch.id}/live-ticket`,
      );
    const watch = async (ticket: string) => {
      const live = `https://${service.host}/agents/calls/batches/${batch.id}/live?ticket=${ticket}`;
      const answer = await fetchWorker(new Request(live, { headers: { upgrade: "websocket" } }));
      answer.webSocket?.accept();
      return answer;
    };
    const exp = Math.floor(Date.now() / 1_000) + 30;
    const short = await draw({ email, exp });
    expect(short.status).toBe(201);
    expect(Date.parse(short.body.expires_at)).toBe(exp * 1_000);
    const answer = await watch((await draw({ email })).body.ticket);
    expect(answer.status).toBe(101);
    const closed = new Promise<number>((ended) =>
      answer.webSocket?.addEventListener("close", ({ code }) => ended(code)),
    );
    expect((await asKey("DELETE", `/agents/members/${member.id}`)).status).toBe(204);
    expect(await closed).toBeGreaterThan(0);
    expect((await watch(short.body.ticket)).status).toBe(401);
  });

  it("sign in elsewhere while an organization does not answer, whoever lists their domain", async () => {
    const email = "far@crowd.example";
    for (const one of [service, other]) await one.made("/agents/members", { email, role: "viewer" });
    const down = {
      getByName: (id: string) =>
        id === other.organization
          ? { authenticatePerson: () => Promise.reject(new Error("down")) }
          : withAccess.ORGANIZATIONS.getByName(id),
    } as unknown as Bindings["ORGANIZATIONS"];
    const token = await tokenOf({ email });
    const headers = { "cf-access-jwt-assertion": token };
    const request = new Request(`https://${service.host}/sign-in`, { headers });
    const answer = await worker.fetch(request, { ...withAccess, ORGANIZATIONS: down }, createExecutionContext());
    const { status, body } = await read<SignIn>(answer);
    expect([status, body.organizations?.map(({ id }) => id)]).toEqual([200, [service.organization]]);

    const directory = env.DIRECTORY.getByName("organizations");
    for (let index = 0; index < 50; index += 1) {
      await directory.register(`org_crowd-${index}`);
      await directory.letIn("@crowd.example", `org_crowd-${index}`);
    }
    const listed = await directory.signInsOf(email, "@crowd.example");
    expect(listed).toEqual(expect.arrayContaining([service.organization, other.organization]));
    expect(listed).toHaveLength(52);
  });

  it("end with their organization, in the directory too", async () => {
    const gone = await TestService.start();
    const email = "last@example.com";
    await gone.made("/agents/members", { email, role: "admin" });
    const where = async () => (await ask<SignIn>(await tokenOf({ email }), "GET", "/sign-in")).body.organizations;
    expect(await where()).toHaveLength(1);
    await gone.admin("DELETE", `/${gone.organization}?confirm=${gone.organization}`);
    expect(await where()).toEqual([]);
    const directory = env.DIRECTORY.getByName("organizations");
    await expect
      .poll(() => directory.signInsOf(email, "@example.com"), { timeout: 20_000 })
      .not.toContain(gone.organization);
    await directory.letIn(email, gone.organization);
    expect(await directory.signInsOf(email, "@none.example")).toEqual([]);
    await gone.stop();
  });
});
