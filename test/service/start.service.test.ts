/** `npm start` as a command: what it prints, what it refuses, and that nothing is left of it. */

import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { freePort } from "../local/ports.ts";
import { DEMO } from "../local/provision.ts";
import { BATCHES, type Batch } from "../local/wire.ts";
import { Cleanup, Command, descendantsOf, finishedBatch, isolated, stillRunning, until } from "./support.ts";

const READY = "Ctrl-C ends everything.";
const cleanup = new Cleanup();
afterEach(() => cleanup.run());

const clientOf = (env: Record<string, string>): Client =>
  Client.ofOrganization(`http://127.0.0.1:${env.PORT}`, DEMO.apiKey);

async function ready(env: Record<string, string>): Promise<Command> {
  const command = new Command("start", [], env, cleanup);
  await command.prints(READY);
  return command;
}

function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("npm start", () => {
  it.skipIf(!hasCurl())("prints curls that work when they are pasted into a shell", async () => {
    const env = await isolated(cleanup);
    const { output } = await ready(env);
    const [, create, read] = /batch of two recipients:\n\n(.*)\n\nRead it:\n\n(.*)\n\nCtrl-C/s.exec(output) ?? [];
    expect(read).toBeDefined();
    const answer = execFileSync("sh", ["-c", `${create}\n${read}`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const batch = JSON.parse(answer) as Batch;
    expect(batch.recipients.map(({ to_number }) => to_number)).toEqual(["+14155550123", "+15005550002"]);
    const finished = await finishedBatch(clientOf(env), batch.id);
    expect(finished.recipients.map(({ status }) => status)).toEqual(["completed", "failed"]);
  });

  it("leaves no process behind after Ctrl-C, and finds its state again in the next start", async () => {
    const env = await isolated(cleanup);
    const first = await ready(env);
    const { id } = await clientOf(env).post<Batch>(BATCHES, {
      name: "kept",
      agent_id: DEMO.agentId,
      from_number_id: DEMO.numberId,
      recipients: [{ to_number: "+12125550100" }],
    });
    const before = await finishedBatch(clientOf(env), id);
    const started = descendantsOf(first.pid);
    expect(started.some(({ command }) => command.includes("workerd"))).toBe(true);
    expect(started.some(({ command }) => command.includes("test/carrier/main.ts"))).toBe(true);
    first.signal("SIGINT");
    expect(await first.exitCode).toBe(0);
    expect(stillRunning(started)).toEqual([]);

    await ready(env);
    expect(await clientOf(env).get(`${BATCHES}/${id}`)).toEqual(before);
  });

  it.each(["SIGTERM", "SIGHUP"] as const)("ends everything after %s in the middle of its start", async (signal) => {
    const command = new Command("start", [], await isolated(cleanup), cleanup);
    const started = await until("the runtime is being started", 30_000, () => {
      const found = descendantsOf(command.pid);
      return found.some(({ command }) => command.includes("test/local/runtime.ts")) ? found : null;
    });
    command.signal(signal);
    expect(await command.exitCode).toBe(0);
    expect(stillRunning(started)).toEqual([]);
  });

  it("ends everything when the command itself is killed", async () => {
    const command = await ready(await isolated(cleanup));
    const started = descendantsOf(command.pid);
    command.signal("SIGKILL");
    await until("nothing of it runs", 20_000, () => (stillRunning(started).length === 0 ? true : null));
  });

  it("says which of its programs died, and ends the other", async () => {
    const command = await ready(await isolated(cleanup));
    const started = descendantsOf(command.pid);
    const carrier = started.filter((one) => one.command.includes("test/carrier/main.ts")).at(-1);
    process.kill(carrier?.pid ?? 0, "SIGKILL");
    expect(await command.exitCode).toBe(1);
    expect(command.output).toContain("the stand-in carrier ended unexpectedly");
    expect(stillRunning(started)).toEqual([]);
  });

  it("says that a port is in use", async () => {
    const env = await isolated(cleanup);
    const server = createServer().listen(Number(env.PORT), "127.0.0.1");
    cleanup.add(() => new Promise((done) => server.close(done)));
    const command = new Command("start", [], env, cleanup);
    expect(await command.exitCode).toBe(1);
    expect(command.output).toContain(`Port ${env.PORT} for the service is in use`);
  });

  it("refuses a second service on the same state, which would dial everybody twice", async () => {
    const env = await isolated(cleanup);
    await ready(env);
    const ports = { PORT: String(await freePort()), CARRIER_PORT: String(await freePort()) };
    const second = new Command("start", [], { ...env, ...ports }, cleanup);
    expect(await second.exitCode).toBe(1);
    expect(second.output).toContain("Another service is running on the state");
  });
});
