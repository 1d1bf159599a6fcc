/** Where objects are kept that must not be kept anywhere. The platform itself is not there to be asked: it is stood in for. */

import { expect, it, vi } from "vitest";
import { callId, newBatchId, newOrganizationId, newWebhookId, routeOfBatch } from "../src/calling/secrets/ids.ts";
import { JURISDICTIONS } from "../src/calling/words/jurisdiction.ts";
import type { Bindings } from "../src/env.ts";
import { defaultJurisdiction, withinJurisdiction } from "../src/jurisdiction.ts";

const OBJECTS = ["BATCHES", "ORGANIZATIONS", "DIRECTORY", "WEBHOOKS", "LANES"] as const;

/** Namespaces as the platform's: a stub is told by its name and by where its namespace was confined to. */
function platform(jurisdiction?: string) {
  const getByName = vi.fn((name: string) => `${name} anywhere`);
  const confine = vi.fn((where: string) => ({
    getByName: (name: string, ...more: unknown[]) => [name, where, ...more],
  }));
  const namespaces = Object.fromEntries(OBJECTS.map((name) => [name, { getByName, jurisdiction: confine }]));
  const env = { ...namespaces, WEBHOOK_QUEUE: {}, ADMIN_TOKEN: "token", JURISDICTION: jurisdiction };
  return { env: env as unknown as Bindings, getByName, confine };
}

it.each([undefined, ""])("without a jurisdiction (%j) every object is as the platform gives it", (none) => {
  const { env, getByName, confine } = platform(none);
  const within = withinJurisdiction(env);
  for (const name of OBJECTS) expect(within[name].getByName("one", { locationHint: "apac" })).toBe("one anywhere");
  expect(getByName.mock.calls).toEqual(OBJECTS.map(() => ["one", { locationHint: "apac" }]));
  expect(confine).not.toHaveBeenCalled();
});

it.each(JURISDICTIONS)("confines every kind of object of a deployment to %s, and hints at no other place", (named) => {
  const { env, getByName } = platform(named);
  const confined = withinJurisdiction(env);
  for (const name of OBJECTS) {
    expect(confined[name].getByName("one", { locationHint: "apac" })).toEqual(["one", named]);
  }
  expect(getByName).not.toHaveBeenCalled();
  expect(confined).toMatchObject({ ADMIN_TOKEN: "token", WEBHOOK_QUEUE: env.WEBHOOK_QUEUE });
});

it.each(JURISDICTIONS)("keeps what is named for %s there, whatever the deployment's own is", (named) => {
  const organization = newOrganizationId(named);
  const route = routeOfBatch(newBatchId(), organization) ?? "";
  const webhook = newWebhookId(organization);
  const names = [organization, `org_${named}.acme`, route, `${route}/3`, webhook, `${webhook}/3`];
  for (const deployment of [undefined, "us", "eu"]) {
    const { env, getByName } = platform(deployment);
    for (const binding of OBJECTS) {
      for (const name of [...names, `${named}.organizations`]) {
        expect(withinJurisdiction(env)[binding].getByName(name, { locationHint: "apac" })).toEqual([name, named]);
      }
    }
    expect(getByName).not.toHaveBeenCalled();
  }
});

it("takes no other name for one of a jurisdiction", () => {
  const { env, confine } = platform();
  const organization = newOrganizationId(null);
  const names = [
    organization,
    "org_eu",
    "org_eu-acme",
    "eu",
    newWebhookId(organization),
    "organizations",
    "org_mars.x",
  ];
  for (const name of [...names, routeOfBatch(newBatchId(), organization) ?? ""]) {
    expect(withinJurisdiction(env).BATCHES.getByName(name)).toBe(`${name} anywhere`);
  }
  expect(confine).not.toHaveBeenCalled();
  // Calls of earlier releases have eight zero bits.
  expect(callId("0".repeat(22), 1)).toBe("ac_1111111111111111111112");
});

it("refuses one that does not exist, before anything is stored anywhere", () => {
  for (const [name] of [["EU"], ["mars"]]) {
    const said = "JURISDICTION must be one of eu, us, fedramp, fedramp-high";
    expect(() => withinJurisdiction(platform(name).env)).toThrow(said);
    expect(() => defaultJurisdiction(platform(name).env)).toThrow(said);
  }
});

it("has every kind of object that the Worker is bound to", async () => {
  const { readFile } = await import("node:fs/promises");
  const bound = [...(await readFile("wrangler.toml", "utf8")).matchAll(/name = "(\w+)", class_name/g)].map(
    ([, name]) => name,
  );
  expect(bound.sort()).toEqual([...OBJECTS].sort());
});
