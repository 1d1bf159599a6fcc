/** What `docs/operations` has an operator paste and look for is what there is. */

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { UNANSWERED } from "../src/organization/executor.ts";

/** What is used here of wrangler's own type. */
type Config = {
  readonly name?: string | undefined;
  readonly main?: string | undefined;
  readonly durable_objects: { readonly bindings: readonly unknown[] };
  readonly migrations: readonly unknown[];
  readonly ratelimits: readonly { readonly name: string; readonly namespace_id: string }[];
  readonly observability?: unknown;
  readonly queues: {
    readonly producers?: readonly { readonly binding: string; readonly queue?: string | undefined }[] | undefined;
    readonly consumers?: readonly { readonly queue: string }[] | undefined;
  };
};

const operations = (name: string): Promise<string> => readFile(`docs/operations/${name}.md`, "utf8");

it("an environment of its own has everything that the Worker is bound to, and a queue of its own", async () => {
  const directory = await mkdtemp(join(tmpdir(), "callbatch-deploy-"));
  const config = join(directory, "wrangler.toml");
  const [, environment = ""] = /```toml\n([\s\S]*?)```/.exec(await operations("regions")) ?? [];
  await writeFile(config, `${await readFile("wrangler.toml", "utf8")}\n${environment}`);
  const base: Config = unstable_readConfig({ config });
  const eu: Config = unstable_readConfig({ config, env: "eu" });
  await rm(directory, { recursive: true });
  expect(eu.name).toBe("callbatch-eu");
  expect(eu.durable_objects).toEqual(base.durable_objects);
  expect(eu.migrations).toEqual(base.migrations);
  const limits = (config: Config) => config.ratelimits.map(({ namespace_id, ...rest }) => rest);
  expect(limits(eu)).toEqual(limits(base));
  expect(eu.ratelimits.map((one) => one.namespace_id)).not.toEqual(base.ratelimits.map((one) => one.namespace_id));
  expect(eu.observability).toEqual(base.observability);
  const another = (queues: Config["queues"]) => JSON.parse(JSON.stringify(queues).replaceAll("-eu", "")) as unknown;
  expect(another(eu.queues)).toEqual(another(base.queues));
  expect(eu.queues.consumers).not.toEqual(base.queues.consumers);
});

it("every line that the service logs is explained, and no other", async () => {
  const files = (await readdir("src", { recursive: true })).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("page"),
  );
  const logged = new Set<string>();
  for (const file of files) {
    const text = await readFile(join("src", file), "utf8");
    for (const [, name = ""] of text.matchAll(/(?:\bevent: |(?:[cC]ouldNot|warn)\((?:batch, )?)"([a-z_]+)"/g))
      logged.add(name);
  }
  for (const name of Object.values(UNANSWERED)) logged.add(name);
  const [, table = ""] = /\| `event` \|[^\n]*\n\| ---[^\n]*\n([\s\S]*?)\n\n/.exec(await operations("logs")) ?? [];
  const explained = table
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z_]+)`/g)].map(([, name]) => name));
  expect(explained.sort()).toEqual([...logged].sort());
});

it("the deploy button asks for every secret that is needed, and for nothing that others could know", async () => {
  const asked = (await readFile(".dev.vars.example", "utf8")).split("\n").filter((line) => /^[A-Z_]+=/.test(line));
  expect(asked).toEqual(["ADMIN_TOKEN=", "ENCRYPTION_KEY="]);
  const pasted = [...(await operations("deploy")).matchAll(/secret put ([A-Z_]+)/g)].map(([, name]) => name);
  expect(asked.map((line) => line.slice(0, -1))).toEqual(pasted);
});

it("the deploy button describes its secrets, and the queue by its binding", async () => {
  const { cloudflare }: { cloudflare: { bindings: Record<string, { description: string }> } } = JSON.parse(
    await readFile("package.json", "utf8"),
  );
  const { queues }: Config = unstable_readConfig({ config: "wrangler.toml" });
  const names = ["ADMIN_TOKEN", "ENCRYPTION_KEY", ...(queues.producers ?? []).map(({ binding }) => binding)];
  expect(Object.keys(cloudflare.bindings)).toEqual(names);
  // Producer and consumer are created under one name.
  expect(queues.consumers?.map(({ queue }) => queue)).toEqual(queues.producers?.map(({ queue }) => queue));
});
