/** The peers: their packages (`npm ci` in `peers/`), their servers if installed, and the peers themselves. */

import { execFile } from "node:child_process";
import { chmod, chown, mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchCarrier } from "./carrier.ts";
import { ADMIN_TOKEN, type Contender } from "./contender.ts";
import { type Programs, ROOT } from "./programs.ts";
import { findProgram, isListening } from "./server-programs.ts";

const run = promisify(execFile);
const PEERS = join(ROOT, "test/bench/peers");
/** Where Debian and others put what is not on everybody's path. */
const POSTGRES_DIRECTORIES = ["/usr/lib/postgresql/*/bin", "/usr/local/bin", "/opt/homebrew/bin"];

export async function startPeers(programs: Programs, carrier: BenchCarrier): Promise<Contender[]> {
  const redis = await findProgram("redis-server");
  const [postgres, initdb] = [
    await findProgram("postgres", POSTGRES_DIRECTORIES),
    await findProgram("initdb", POSTGRES_DIRECTORIES),
  ];
  if (redis === null) console.log("skipped: BullMQ, because there is no redis-server here (Debian: redis-server)");
  const hasPostgres = postgres !== null && initdb !== null;
  if (!hasPostgres) console.log("skipped: pg-boss, because there is no postgres here (Debian: postgresql)");
  if (redis === null && !hasPostgres) return [];
  await install();
  const contenders: Contender[] = [];
  if (redis !== null) {
    for (const promise of PROMISES) contenders.push(await startBullMq(programs, carrier, redis, promise));
  }
  if (hasPostgres) contenders.push(await startPgBoss(programs, carrier, { postgres, initdb }));
  return contenders;
}

/** A lock file of their own keeps the project's installation small. */
async function install(): Promise<void> {
  const wanted = await run("npm", ["ls", "--all", "--silent"], { cwd: PEERS }).then(
    () => false,
    () => true,
  );
  if (wanted) await run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: PEERS });
}

/** When Redis has its file durable: before it answers, as callbatch does, or, as it usually does, each second. */
const PROMISES = [
  { name: "BullMQ", fsync: "always", what: "durable before each answer" },
  { name: "BullMQ 1 s", fsync: "everysec", what: "a crash may lose the last second" },
] as const;

async function startBullMq(
  programs: Programs,
  carrier: BenchCarrier,
  redis: string,
  { name, fsync, what }: (typeof PROMISES)[number],
): Promise<Contender> {
  const port = await programs.freePort();
  const directory = await programs.directory();
  const server = await programs.start({
    name: "redis-server",
    command: redis,
    args: [
      ...["--port", String(port), "--bind", "127.0.0.1", "--dir", directory, "--save", ""],
      ...["--appendonly", "yes", "--appendfsync", fsync],
    ],
    probe: () => isListening(port),
  });
  const description = `Fastify, BullMQ, Redis (appendonly yes, appendfsync ${fsync}: ${what})`;
  const env = { REDIS_PORT: String(port) };
  return startPeer(programs, carrier, { name, program: "bullmq.ts", description, server, env });
}

async function startPgBoss(
  programs: Programs,
  carrier: BenchCarrier,
  { postgres, initdb }: { postgres: string; initdb: string },
): Promise<Contender> {
  const port = await programs.freePort();
  const directory = await programs.directory();
  const cluster = join(directory, "cluster");
  await mkdir(cluster);
  // PostgreSQL refuses to run as root; Debian's package has a user for it.
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? "postgres" : userInfo().username;
  const asUser = isRoot ? ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--"] : [];
  if (isRoot) {
    const { stdout } = await run("id", ["-u", user]);
    await chmod(directory, 0o755);
    await chown(cluster, Number(stdout), -1);
  }
  const [command = "", ...args] = [...asUser, initdb, "-D", cluster, "-U", "postgres", "--auth=trust", "-N"];
  await run(command, args, { cwd: "/" });
  const [serverCommand = "", ...serverArgs] = [
    ...[...asUser, postgres, "-D", cluster, "-p", String(port), "-h", "127.0.0.1", "-k", cluster],
    ...["-c", "shared_buffers=256MB", "-c", "max_wal_size=2GB"],
  ];
  const server = await programs.start({
    name: "postgres",
    command: serverCommand,
    args: serverArgs,
    cwd: "/",
    probe: () => isListening(port),
  });
  const description = "Fastify, pg-boss, PostgreSQL (synchronous_commit on: durable at each commit)";
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return startPeer(programs, carrier, {
    name: "pg-boss",
    program: "pg-boss.ts",
    description,
    server,
    env: { DATABASE_URL: url },
  });
}

type Peer = {
  readonly name: string;
  readonly program: string;
  readonly description: string;
  readonly server: { readonly pid: number };
  readonly env: Readonly<Record<string, string>>;
};

async function startPeer(
  programs: Programs,
  carrier: BenchCarrier,
  { name, program, description, server, env }: Peer,
): Promise<Contender> {
  const port = await programs.freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const { pid } = await programs.start({
    name,
    command: process.execPath,
    args: [join(PEERS, program)],
    env: {
      ...env,
      NODE_ENV: "production",
      PORT: String(port),
      PUBLIC_BASE_URL: baseUrl,
      CARRIER_URL: carrier.url,
      CARRIER_AUTH_TOKEN: carrier.authToken,
      ADMIN_TOKEN,
    },
    probe: `${baseUrl}/healthz`,
  });
  // A batch names its agent and number itself, so nothing must be created.
  return { name, description, baseUrl, pids: [pid, server.pid], furnish: async () => {} };
}
