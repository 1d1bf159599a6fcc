/** The example that is the heart of callbatch alone, in workerd, with a carrier that loses answers and callbacks. */

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterEach, expect, it } from "vitest";

const LIMIT = 4;
const TALK_MS = 30;
type Person = { to_number: string; status: string };
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
});

/** Every third answer to a placed call is lost, and every fourth callback; numbers that end in 9 are refused. */
class Carrier {
  readonly calls = new Map<string, { to: string; isOver: boolean }>();
  peak = 0;
  readonly url: Promise<string>;

  constructor() {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.url = new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    });
    undo.push(() => new Promise((closed) => server.close(closed).closeAllConnections()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const id = request.url?.split("/")[2] ?? "";
    if (request.method === "GET") {
      const call = this.calls.get(id);
      response.writeHead(call === undefined ? 404 : 200).end(JSON.stringify({ ended: call?.isOver }));
      return;
    }
    const { to, callback } = JSON.parse(body) as { to: string; callback: string };
    if (to.endsWith("9")) return void response.writeHead(400).end();
    if (this.calls.has(id)) throw new Error(`${id} was placed before`);
    const call = { to, isOver: false };
    this.calls.set(id, call);
    this.peak = Math.max(this.peak, [...this.calls.values()].filter(({ isOver }) => !isOver).length);
    const number = this.calls.size;
    setTimeout(() => {
      call.isOver = true;
      if (number % 4 !== 0) fetch(callback, { method: "POST" }).catch(() => null);
    }, TALK_MS);
    if (number % 3 === 0) request.socket.destroy();
    else response.writeHead(201).end();
  }
}

async function start(carrier: Carrier, state: string): Promise<Miniflare> {
  const built = await build({
    entryPoints: ["docs/examples/minimal/worker.ts"],
    bundle: true,
    format: "esm",
    write: false,
    external: ["cloudflare:workers"],
  });
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port,
      cf: false,
      resourcePersistencePath: state,
      workers: [
        {
          name: "minimal",
          modules: [{ type: "ESModule", path: "worker.js", contents: built.outputFiles[0]?.text ?? "" }],
          compatibilityDate: "2026-08-01",
          durableObjects: {
            BATCH: { className: "Batch", useSQLite: true },
            LEDGER: { className: "Ledger", useSQLite: true },
          },
          bindings: {
            LIMIT,
            PATIENCE_MS: 1_000,
            CARRIER_URL: await carrier.url,
            PUBLIC_URL: `http://127.0.0.1:${port}`,
          },
        },
      ],
    }),
  );
  await runtime.ready;
  return runtime;
}

const people = (batch: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `+1415555${batch}${String(index).padStart(3, "0")}`);

async function create(runtime: Miniflare, recipients: readonly string[]): Promise<string> {
  const answer = await runtime.dispatchFetch("http://service/batches", {
    method: "POST",
    body: JSON.stringify({ recipients }),
  });
  return ((await answer.json()) as { id: string }).id;
}

async function over(runtime: Miniflare, id: string): Promise<Person[]> {
  for (;;) {
    const answer = await runtime.dispatchFetch(`http://service/batches/${id}`);
    const { recipients } = (await answer.json()) as { recipients: Person[] };
    if (recipients.every(({ status }) => status === "done" || status === "failed")) return recipients;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

it("calls everybody once, within the limit, though it is ended in the middle and much gets lost", async () => {
  const carrier = new Carrier();
  const state = await mkdtemp(join(tmpdir(), "callbatch-minimal-"));
  undo.push(() => rm(state, { recursive: true, force: true }));
  const first = await start(carrier, state);
  const lists = [people(1, 25), people(2, 25)];
  const ids: string[] = [];
  for (const list of lists) ids.push(await create(first, list));
  while (carrier.calls.size < 8) await new Promise((wake) => setTimeout(wake, 5));
  await first.dispose();

  const second = await start(carrier, state);
  undo.push(() => second.dispose());
  // Nothing but alarms wakes it, and reading.
  const everybody: Person[] = [];
  for (const id of ids) everybody.push(...(await over(second, id)));
  const called = [...carrier.calls.values()].map(({ to }) => to).sort();
  expect(new Set(called).size).toBe(called.length);
  // Who is done was called; who failed was refused, or their request never arrived.
  expect(everybody.filter(({ status }) => status === "done").map(({ to_number }) => to_number)).toEqual(called);
  expect(everybody.map(({ to_number }) => to_number)).toEqual(lists.flat());
  expect(called.length).toBeGreaterThan(40);
  expect(carrier.peak).toBeLessThanOrEqual(LIMIT);
});
