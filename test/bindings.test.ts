/** `src/env.ts` and `wrangler.toml` name the same bindings: what the code asks for is what the platform gives it. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import type { Buckets, Limiters, Objects, Queues } from "../src/env.ts";

/** As the types have them: a name too many or too few does not compile. */
const OBJECTS: Readonly<Record<keyof Objects, string>> = {
  BATCHES: "BatchObject",
  ORGANIZATIONS: "OrganizationObject",
  DIRECTORY: "DirectoryObject",
  WEBHOOKS: "WebhookObject",
  LANES: "LaneObject",
};
const QUEUES: Readonly<Record<keyof Queues, true>> = { WEBHOOK_QUEUE: true };
const LIMITERS: Readonly<Record<keyof Limiters, true>> = {
  KEY_LIMITER: true,
  ADDRESS_LIMITER: true,
  FAILURE_LIMITER: true,
};

/** Optional: `wrangler.toml` and the page for operators show how to bind them. */
const BUCKETS: Readonly<Record<keyof Buckets, string | null>> = {
  ARCHIVE: null,
  ARCHIVE_EU: "eu",
  ARCHIVE_US: "us",
  ARCHIVE_FEDRAMP: "fedramp",
};

type Config = {
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly migrations: readonly { readonly new_sqlite_classes?: readonly string[] }[];
  readonly queues: { readonly producers?: readonly { readonly binding: string }[] };
  readonly ratelimits: readonly { readonly name: string }[];
  readonly vars: object;
} & Readonly<Record<(typeof OTHERS)[number], readonly unknown[] | undefined>>;
const OTHERS = ["kv_namespaces", "r2_buckets", "d1_databases", "services", "vectorize", "hyperdrive"] as const;

const config: Config = unstable_readConfig({ config: fileURLToPath(new URL("../wrangler.toml", import.meta.url)) });

describe("the bindings of wrangler.toml", () => {
  it("are the objects of env.ts, and each class has its tables", () => {
    const bound = config.durable_objects.bindings.map(({ name, class_name }) => [name, class_name]);
    expect(Object.fromEntries(bound)).toEqual(OBJECTS);
    const migrated = config.migrations.flatMap(({ new_sqlite_classes = [] }) => new_sqlite_classes);
    expect(migrated.sort()).toEqual(Object.values(OBJECTS).sort());
  });

  it("are its queues and rate limiters", () => {
    expect(config.queues.producers?.map(({ binding }) => binding)).toEqual(Object.keys(QUEUES));
    expect(config.ratelimits.map(({ name }) => name)).toEqual(Object.keys(LIMITERS));
  });

  it("may be buckets, each of its jurisdiction, and both places that show them name no others", async () => {
    const shown = await Promise.all(
      ["wrangler.toml", "docs/operations/archive.md"].map((file) => readFile(file, "utf8")),
    );
    const found = shown.map((text) =>
      [
        ...text.matchAll(
          /(?:# )?binding = "(ARCHIVE\w*)"\n(?:# )?bucket_name = "[^"]+"(?:\n(?:# )?jurisdiction = "([^"]+)")?/g,
        ),
      ].map(([, name = "", jurisdiction = null]) => [name, jurisdiction]),
    );
    expect(Object.fromEntries(found[1] ?? [])).toEqual(BUCKETS);
    expect(BUCKETS).toMatchObject(Object.fromEntries(found[0] ?? []));
    expect(found[0]).not.toEqual([]);
  });

  it("are all that there are", () => {
    for (const kind of OTHERS) expect(config[kind] ?? []).toEqual([]);
    expect(config.vars).toEqual({});
  });
});
