/**
 * callbatch as a contender: the deployed bundle in workerd alone. `npm start` adds a check of known hosts and a router
 * of assets, which production does not have in this form (`--npm-start` measures with them).
 */

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { unstable_readConfig } from "wrangler";
import type { Client } from "../local/client.ts";
import { LocalService } from "../local/service.ts";
import type { BenchCarrier } from "./carrier.ts";
import { ADMIN_TOKEN, AGENT_ID, type Contender, NUMBER_ID } from "./contender.ts";
import { type Programs, ROOT } from "./programs.ts";

const fromWrangler = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
const ENCRYPTION_KEY = "for the benchmark only";
const STAND_IN_DIGITS = "0123456789abcdef".repeat(2);

/** `connections`: requests to the carrier that an object may have in flight. */
export type OursOptions = {
  readonly isNpmStart: boolean;
  readonly connections: string;
  readonly inspectorPort: number | null;
};

/** `directory`: of the bundle and its source map, if it runs in workerd alone. */
export type Ours = Contender & { readonly directory: string };

export async function startOurs(programs: Programs, carrier: BenchCarrier, options: OursOptions): Promise<Ours> {
  const port = await programs.freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const directory = await programs.directory();
  const pids = options.isNpmStart
    ? await startNpmStart(programs, carrier, port, directory, options)
    : await startWorkerd(programs, carrier, port, directory, options);
  return {
    directory,
    name: "callbatch",
    description: options.isNpmStart
      ? "as npm start runs it, SQLite on the local disk"
      : "the deployed bundle in workerd, SQLite on the local disk",
    baseUrl,
    pids,
    furnish: (client) => furnish(client, carrier),
  };
}

async function furnish(client: Client, carrier: BenchCarrier): Promise<void> {
  await client.post("/agents/phone-numbers/providers", {
    id: "app_bench",
    type: "twilio",
    label: "Stand-in carrier",
    account_sid: `AC${STAND_IN_DIGITS}`,
    api_key_sid: `SK${STAND_IN_DIGITS}`,
    api_key_secret: "stand-in-api-key-secret",
    auth_token: carrier.authToken,
    region: "us1",
    calls_per_second: null,
  });
  const connection = { type: "websocket", url: "wss://agent.example.com/audio" };
  await client.post("/agents", { id: AGENT_ID, name: "Agent", connection });
  const number = { id: NUMBER_ID, label: "Number", number: "+12025550100", provider: { id: "app_bench" } };
  await client.post("/agents/phone-numbers", number);
}

async function startWorkerd(
  programs: Programs,
  carrier: BenchCarrier,
  port: number,
  directory: string,
  { connections, inspectorPort }: OursOptions,
): Promise<readonly number[]> {
  await bundle(directory);
  await mkdir(join(directory, "objects"));
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = configOf(directory, port, {
    ADMIN_TOKEN,
    ENCRYPTION_KEY,
    PUBLIC_BASE_URL: baseUrl,
    TWILIO_API_BASE_URL: carrier.url,
    ALLOW_PRIVATE_URLS: "true",
    CARRIER_CONNECTIONS: connections,
  });
  const file = join(directory, "workerd.capnp");
  await writeFile(file, config);
  const inspector = inspectorPort === null ? [] : [`--inspector-addr=127.0.0.1:${inspectorPort}`];
  const { pid } = await programs.start({
    name: "workerd",
    command: fromWrangler("workerd").default,
    args: ["serve", file, ...inspector],
    probe: `${baseUrl}/healthz`,
  });
  return [pid];
}

/** The used part of what wrangler reads from `wrangler.toml`; its own types are not exported completely. */
type WorkerConfig = {
  readonly compatibility_date: string | undefined;
  readonly compatibility_flags: readonly string[];
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
};

/** What `wrangler deploy` would upload. */
async function bundle(directory: string): Promise<void> {
  const wrangler = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", NO_COLOR: "1" };
  const args = [wrangler, "deploy", "--dry-run", "--outdir", directory];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
}

/**
 * The objects of `wrangler.toml`, stored on this machine's disk. Other bindings are missing: no workload needs them.
 */
function configOf(directory: string, port: number, variables: Readonly<Record<string, string>>): string {
  const config: WorkerConfig = unstable_readConfig({ config: join(ROOT, "wrangler.toml") });
  const { compatibility_date, compatibility_flags, durable_objects } = config;
  const text = (value: string) => JSON.stringify(value);
  const list = (items: readonly string[]) => items.map((item) => `\n    ${item},`).join("");
  const objects = durable_objects.bindings;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["private"])),
    (name = "disk", disk = (path = ${text(join(directory, "objects"))}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "index.js")],
  compatibilityDate = ${text(compatibility_date ?? "")},
  compatibilityFlags = [${compatibility_flags.map(text).join(", ")}],
  durableObjectNamespaces = [${list(
    objects.map(
      ({ class_name }) => `(className = ${text(class_name)}, uniqueKey = ${text(class_name)}, enableSql = true)`,
    ),
  )}
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [${list([
    ...objects.map(({ name, class_name }) => `(name = ${text(name)}, durableObjectNamespace = ${text(class_name)})`),
    ...Object.entries(variables).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`),
  ])}
  ],
);
`;
}

async function startNpmStart(
  programs: Programs,
  carrier: BenchCarrier,
  port: number,
  stateDir: string,
  { connections }: OursOptions,
): Promise<readonly number[]> {
  const service = new LocalService({
    port,
    stateDir,
    adminToken: ADMIN_TOKEN,
    encryptionKey: ENCRYPTION_KEY,
    publicBaseUrl: `http://127.0.0.1:${port}`,
    callCheckSeconds: null,
    carrierConnections: connections,
    allowsPrivateUrls: null,
    allowedPorts: null,
    access: {},
    carrier: { kind: "given", baseUrl: carrier.url, authToken: carrier.authToken },
    isVerbose: false,
  });
  programs.atEnd(() => service.stop());
  await service.start();
  return service.groups;
}
