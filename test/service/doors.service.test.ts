/** On a machine that others share, nobody enters beside the service's own door. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import {
  Cleanup,
  Command,
  descendantsOf,
  finishedBatch,
  isolated,
  newBatch,
  ordinaryNumbers,
  type Running,
  startProvisioned,
  until,
} from "./support.ts";

type Answered = { readonly status: number; readonly body: string };

/** With headers that `fetch` does not let one set. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asking.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, body: "" });
    });
    asking.on("error", reject);
    asking.end();
  });
}

describe("npm start", () => {
  const cleanup = new Cleanup();
  let running: Running;
  let port: number;
  let stateDir: string;
  beforeAll(async () => {
    const env = await isolated(cleanup);
    // As a directory that was made with the usual rights.
    chmodSync(env.STATE_DIR ?? "", 0o755);
    running = await startProvisioned({ ...env, PUBLIC_BASE_URL: `http://127.0.0.1:${env.PORT}` }, cleanup);
    port = running.service.settings.port;
    stateDir = running.service.settings.stateDir;
    const { id } = await running.client.post<BatchSummary>(BATCHES, newBatch(ordinaryNumbers(2)));
    await finishedBatch(running.client, id);
  });
  afterAll(() => cleanup.run());

  it.each([
    "/cdn-cgi/explorer",
    "/cdn-cgi/local/explorer",
    "/cdn-cgi/explorer/api/workers/durable_objects/namespaces/callbatch-OrganizationObject/objects",
    "/cdn-cgi/local/explorer/api/workers/durable_objects/namespaces/callbatch-OrganizationObject/objects",
    "/cdn-cgi/local/explorer/api/local/observability/query",
    "/cdn-cgi/handler/scheduled",
    "/cdn-cgi/local/scheduled",
    "/cdn-cgi/mf/scheduled",
    "/cdn-cgi/local/email",
    "/cdn-cgi/local/r2/s3",
    "/cdn-cgi/mf/reload",
    "/__scheduled",
    "/json",
    "/json/version",
  ])("serves nothing at %s", async (path) => {
    for (const method of ["GET", "POST"]) expect((await ask(port, path, {}, method)).status).toBe(404);
  });

  it("takes no connection for live reload", async () => {
    const upgrade = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
      "Sec-WebSocket-Protocol": "WRANGLER_PROXYWORKER_LIVE_RELOAD_PROTOCOL",
    };
    expect((await ask(port, "/cdn-cgi/live-reload", upgrade)).status).toBe(404);
  });

  it("lets nobody call what the runtime's own programs call", async () => {
    for (const headers of [{}, { "MF-Op": "GET", "MF-Op-Target": "0", "MF-Op-Key": "env" }]) {
      const { status } = await ask(port, "/cdn-cgi/local/platform-proxy", headers);
      expect([400, 401, 403]).toContain(status);
    }
  });

  it.each(["127.0.0.1", "localhost", "LOCALHOST"])("serves the host %s", async (host) => {
    expect((await ask(port, "/healthz", { Host: `${host}:${port}` })).status).toBe(200);
    expect((await ask(port, "/", { Host: `${host}:${port}` })).status).toBe(200);
  });

  it.each([
    { Host: "evil.example" },
    { Host: "evil.example:80" },
    { Host: "localhost.evil.example" },
    { Host: "127.0.0.1.nip.io" },
    { Host: "evil.example", "MF-Original-URL": "http://localhost/healthz" },
    { Host: "localhost", "MF-Original-URL": "http://evil.example/healthz" },
    { Host: "evil.example", "X-Forwarded-Host": "localhost" },
  ])("serves neither API nor page to %j", async (headers) => {
    for (const path of ["/healthz", "/", "/agents", "/docs/"]) {
      expect([path, (await ask(port, path, headers)).status]).toEqual([path, 421]);
    }
  });

  it.each(["callbatch", "door", "callbatch-BatchObject"])(
    "lets no request choose the worker %s, past the door",
    async (worker) => {
      const { status } = await ask(port, "/healthz", { Host: "evil.example", "MF-Route-Override": worker });
      expect([404, 421]).toContain(status);
    },
  );

  it("stores everything for its owner alone", () => {
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    const files = readdirSync(stateDir, { recursive: true, withFileTypes: true });
    expect(files.some(({ name }) => name.endsWith(".sqlite"))).toBe(true);
    const open = files.filter((file) => (statSync(join(file.parentPath, file.name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it("has no secret on disk, and none in the list of processes", () => {
    const listed = running.service.groups.flatMap(descendantsOf).map(({ command }) => command);
    expect(listed.join("\n")).not.toContain("admin_service_test");
    const files = readdirSync(stateDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const holding = files.filter((file) =>
      readFileSync(join(file.parentPath, file.name)).includes("admin_service_test"),
    );
    expect(holding).toEqual([]);
  });

  it.runIf(process.platform === "linux")("listens on loopback alone, with no inspector and no debug port", () => {
    const pids = new Set(
      running.service.groups.flatMap((group) => [group, ...descendantsOf(group).map(({ pid }) => pid)]),
    );
    const commands = running.service.groups.flatMap(descendantsOf).map(({ command }) => command);
    expect(commands.some((command) => command.includes("workerd"))).toBe(true);
    expect(commands.filter((command) => /inspector-addr|debug-port|--inspect/.test(command))).toEqual([]);
    const listening = listeners(pids);
    expect(listening.filter(({ address }) => address !== "127.0.0.1")).toEqual([]);
    // The service, the stand-in carrier, and the runtime's way back to its own program, which asks for a secret.
    expect(listening.map((one) => one.port)).toContain(port);
    expect(listening.length).toBeLessThanOrEqual(3);
  });
});

/** What these processes listen on, from /proc: small images have no `ss`. */
function listeners(pids: ReadonlySet<number>): { readonly address: string; readonly port: number }[] {
  const sockets = new Set(
    [...pids].flatMap((pid) => {
      try {
        return execFileSync("ls", ["-l", `/proc/${pid}/fd`], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
          .split("\n")
          .flatMap((line) => /socket:\[(\d+)\]/.exec(line)?.[1] ?? []);
      } catch {
        return [];
      }
    }),
  );
  return ["tcp", "tcp6"].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, "utf8")
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
        if (state !== "0A" || !sockets.has(inode)) return [];
        const [address = "", port = ""] = local.split(":");
        const shown = address === "0100007F" ? "127.0.0.1" : address;
        return [{ address: shown, port: Number.parseInt(port, 16) }];
      }),
  );
}

const isRoot = process.getuid?.() === 0;
function mounted(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "callbatch-test", directory], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.runIf(process.platform === "linux" && isRoot)("npm start on a full disk", () => {
  const cleanup = new Cleanup();
  afterAll(() => cleanup.run());

  it("says so, in its start and while it runs, and goes on by itself", async (context) => {
    const env = await isolated(cleanup);
    const disk = `${env.STATE_DIR}/disk`;
    if (!mounted(disk)) return context.skip();
    cleanup.add(async () => execFileSync("umount", ["-l", disk]));
    const fillAll = () => {
      for (let number = 0; ; number += 1) {
        try {
          writeFileSync(join(disk, `fill${number}`), Buffer.alloc(256 * 1_024, 1));
        } catch {
          return;
        }
      }
    };
    const empty = () => execFileSync("sh", ["-c", `rm -f ${disk}/fill*`]);
    fillAll();
    const command = new Command("start", [], { ...env, STATE_DIR: join(disk, "state") }, cleanup);
    await command.prints("is full");
    empty();
    await command.prints("Ctrl-C ends everything.");

    const client = Client.ofOrganization(`http://127.0.0.1:${env.PORT}`, "sk_demo_localhost");
    const { id } = await client.post<BatchSummary>(
      BATCHES,
      newBatch(ordinaryNumbers(30), { target_concurrency_limit: 2 }),
    );
    const before = command.output.length;
    fillAll();
    await until("it says so", 60_000, () => (command.output.slice(before).includes("is full") ? true : null));
    empty();
    await until("it is served again", 90_000, async () =>
      command.output.slice(before).includes("room on the disk again") &&
      (await client.send("GET", BATCHES).catch(() => null))?.status === 200
        ? true
        : null,
    );
    const batch = await finishedBatch(client, id, 90_000);
    expect(batch.total_calls_finished).toBe(30);
  });
});
