/** Who may ask, and in which version. Contract: "Conventions", authentication and version. */

import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { app } from "../../src/api/app.ts";
import worker from "../../src/index.ts";
import { type Failed, TestService } from "../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const VERSION = { "cartesia-version": "2026-03-01" };
const get = (headers: Record<string, string>, path = "/agents") => service.fetch<Failed>("GET", path, { headers });
const operator = { authorization: "Bearer admin_test" };
type Key = { id: string; label: string; key: string; created_at: string };

describe("a client's key", () => {
  it.each<[string, () => Record<string, string>]>([
    ["as X-API-Key", () => ({ "x-api-key": service.key })],
    ["as a bearer", () => ({ authorization: `Bearer ${service.key}` })],
    ["as a bearer in lower case", () => ({ authorization: `bearer ${service.key}` })],
    ["in both headers", () => ({ "x-api-key": service.key, authorization: `Bearer ${service.key}` })],
    [
      "as X-API-Key beside a scheme of no meaning here",
      () => ({ "x-api-key": service.key, authorization: "Basic eA==" }),
    ],
  ])("is taken %s", async (_, headers) => {
    expect((await get({ ...VERSION, ...headers() })).status).toBe(200);
  });

  it.each<[string, () => Record<string, string>]>([
    ["under another scheme", () => ({ authorization: `Basic ${service.key}` })],
    ["without a scheme", () => ({ authorization: service.key })],
    ["empty", () => ({ "x-api-key": "" })],
    ["of the organization with another secret", () => ({ "x-api-key": `${service.key}1` })],
    ["cut short", () => ({ "x-api-key": service.key.slice(0, -1) })],
    ["in capitals", () => ({ "x-api-key": service.key.toUpperCase() })],
    ["that differs between the headers", () => ({ "x-api-key": service.key, authorization: `Bearer ${service.key}1` })],
    ["that is the operators' token", () => operator],
  ])("is refused %s", async (_, headers) => {
    const refused = await get({ ...VERSION, ...headers() });
    expect(refused).toMatchObject({ status: 401, body: { error_code: "unauthorized" } });
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("is refused from the moment that it is revoked, and the others go on", async () => {
    const made = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "short-lived" });
    const headers = { ...VERSION, "x-api-key": made.key };
    expect((await get(headers)).status).toBe(200);
    await service.admin("DELETE", `/${service.organization}/api-keys/${made.id}`);
    expect((await get(headers)).status).toBe(401);
    expect((await get({ ...VERSION, "x-api-key": service.key })).status).toBe(200);
  });

  it("is asked for before anything else is looked at", async () => {
    const answer = await service.fetch<Failed>("POST", "/agents/calls/batches", {
      body: {},
      headers: { "content-type": "text/plain" },
    });
    expect(answer).toMatchObject({ status: 401, body: { error_code: "unauthorized" } });
  });
});

describe("the version", () => {
  it.each(["2026-03-01", "2026-08-14", "2026-08-13", "2031-01-01"])("%s is served", async (version) => {
    const answer = await get({ "x-api-key": service.key, "cartesia-version": version });
    expect(answer.status).toBe(200);
  });

  it("is asked for on every client's route, once the key is known", async () => {
    // A WebSocket has a ticket in place of key and version.
    const routes = app.routes.filter(
      ({ method, path }) => method !== "ALL" && path.startsWith("/agents") && !path.endsWith("/live"),
    );
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, path } of routes) {
      const answer = await service.fetch<Failed>(method, path, {
        headers: { "x-api-key": service.key },
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect([method, path, answer.status, answer.body.error_code]).toEqual([method, path, 400, "missing_version"]);
    }
  });

  it("is not asked for elsewhere", async () => {
    expect((await service.fetch("GET", "/healthz")).body).toEqual({
      status: "ok",
      tz_database: expect.stringMatching(/^20\d\d[a-z]$/),
      number_zones: {
        made: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        libphonenumber: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      },
    });
    expect((await get(operator, "/admin/organizations")).status).toBe(200);
  });
});

describe("operators' routes", () => {
  const ADMIN = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/admin"));
  const bare = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Request(`https://${service.host}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(method === "GET" ? {} : { body: "{}" }),
    });

  it.each(["", undefined])("do not exist where the token is %j", async (token) => {
    const unconfigured = { ...env, ADMIN_TOKEN: token };
    const ask = async (method: string, path: string, bearer: string) => {
      const request = bare(method, path, { authorization: `Bearer ${bearer}` });
      const response = await worker.fetch(request, unconfigured, createExecutionContext());
      const { request_id, ...body } = (await response.json()) as Failed;
      expect(response.headers.get("x-request-id")).toBe(request_id);
      return { status: response.status, allow: response.headers.get("allow"), body };
    };
    const unknownRoute = await ask("GET", "/nowhere", "x");
    expect(unknownRoute.status).toBe(404);
    for (const { method, path } of [...ADMIN, { method: "PUT", path: "/admin/organizations" }]) {
      for (const bearer of ["admin_test", "undefined", "null"]) {
        expect([method, path, await ask(method, path, bearer)]).toEqual([method, path, unknownRoute]);
      }
    }
  });

  it("want the token, and nothing else opens them", async () => {
    expect(ADMIN.length).toBeGreaterThan(8);
    const wrong = [
      {},
      { authorization: "Bearer admin_tes" },
      { authorization: "Bearer admin_test1" },
      { authorization: "Basic admin_test" },
      { "x-api-key": "admin_test" },
      { authorization: `Bearer ${service.key}` },
      { "x-api-key": service.key, ...VERSION },
    ];
    for (const { method, path } of ADMIN) {
      for (const headers of wrong) {
        const { status, body } = await service.fetch<Failed>(method, path, {
          headers,
          ...(method === "GET" ? {} : { body: {} }),
        });
        expect([method, path, headers, status, body.error_code]).toEqual([method, path, headers, 401, "unauthorized"]);
      }
    }
  });
});
