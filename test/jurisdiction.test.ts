/** Where objects are kept that must not be kept anywhere. The platform itself is not there to be asked: it is stood in for. */

import { expect, it, vi } from "vitest";
import type { Bindings } from "../src/env.ts";
import { withinJurisdiction } from "../src/jurisdiction.ts";

const OBJECTS = ["BATCHES", "ORGANIZATIONS", "DIRECTORY", "WEBHOOKS", "LANES"] as const;

/** Namespaces as the platform's: a stub is told by its name and by where its namespace was confined to. */
function platform(jurisdiction?: string) {
  const getByName = vi.fn((name: string) => `${name} anywhere`);
  const inside = vi.fn((name: string) => `${name} inside`);
  const confine = vi.fn((_: string) => ({ getByName: inside }));
  const namespaces = Object.fromEntries(OBJECTS.map((name) => [name, { getByName, jurisdiction: confine }]));
  const env = { ...namespaces, WEBHOOK_QUEUE: {}, ADMIN_TOKEN: "token", JURISDICTION: jurisdiction };
  return { env: env as unknown as Bindings, getByName, inside, confine };
}

it.each([undefined, ""])("without a jurisdiction (%j) everything is as the platform gives it", (none) => {
  const { env } = platform(none);
  expect(withinJurisdiction(env)).toBe(env);
});

it.each(["eu", "us", "fedramp", "fedramp-high"])(
  "confines every kind of object to %s, and hints at no other place",
  (named) => {
    const { env, getByName, inside, confine } = platform(named);
    const confined = withinJurisdiction(env);
    for (const name of OBJECTS) expect(confined[name].getByName("one", { locationHint: "apac" })).toBe("one inside");
    expect(confine.mock.calls).toEqual(OBJECTS.map(() => [named]));
    expect(inside.mock.calls).toEqual(OBJECTS.map(() => ["one"]));
    expect(getByName).not.toHaveBeenCalled();
    expect(confined).toMatchObject({ ADMIN_TOKEN: "token", WEBHOOK_QUEUE: env.WEBHOOK_QUEUE });
  },
);

it("refuses one that does not exist, before anything is stored anywhere", () => {
  expect(() => withinJurisdiction(platform("EU").env)).toThrow(
    "JURISDICTION must be one of eu, us, fedramp, fedramp-high",
  );
});

it("has every kind of object that the Worker is bound to", async () => {
  const { readFile } = await import("node:fs/promises");
  const bound = [...(await readFile("wrangler.toml", "utf8")).matchAll(/name = "(\w+)", class_name/g)].map(
    ([, name]) => name,
  );
  expect(bound.sort()).toEqual([...OBJECTS].sort());
});
