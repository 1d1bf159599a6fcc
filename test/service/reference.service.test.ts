/** `/docs/api` and `/openapi.json` as a browser gets them, beside the API under the same address. */

import { beforeAll, expect, it } from "vitest";
import { sharedService } from "./shared.ts";

let baseUrl: string;
beforeAll(async () => {
  ({ baseUrl } = await sharedService());
});

const get = (path: string) => fetch(new URL(path, baseUrl), { redirect: "manual" });

it("the reference is served with all that it loads, from nowhere else", async () => {
  const page = await get("/docs/api");
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  const html = await page.text();
  const loaded = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
  const files = loaded.filter((path) => !path.startsWith("data:"));
  expect(files).toEqual([
    "/dashboard/icon.svg",
    "/docs/theme.js",
    "/docs/api/swagger-ui.css",
    "/docs/api/swagger-ui-bundle.js",
    "/docs/api/main.js",
  ]);
  for (const path of files) {
    const file = await get(path);
    expect([path, file.status]).toEqual([path, 200]);
    expect((await file.text()).length).toBeGreaterThan(100);
  }
  expect(await (await get("/docs/api/main.js")).text()).toContain("/openapi.json");
});

it("what the viewer is licensed under is served with it", async () => {
  expect(await (await get("/docs/api/LICENSE")).text()).toContain("Apache License");
});

it("the document is the Worker's", async () => {
  const response = await get("/openapi.json");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  const document = (await response.json()) as { openapi: string; paths: Record<string, unknown> };
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toContain("/agents/calls/batches/{batch_id}/retry");
});

it.each(["/nowhere", "/docs/nowhere.js", "/agents/calls/batches/x/y/z"])("%s is the API's 404", async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error_code: "not_found", message: "there is no such route" });
});

it("the API is where it was", async () => {
  expect((await get("/agents")).status).toBe(401);
  expect(await (await get("/healthz")).json()).toMatchObject({ status: "ok" });
});
