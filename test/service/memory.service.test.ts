/**
 * The platform gives an isolate 128 MB, shared by its objects and requests. The memory for the largest requests is read
 * from the runtime's own process. That also holds buffers of sockets and of SQLite, and garbage that is not collected
 * yet. So 100 MB above the idle process is less than that in an isolate.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { DEMO, provision } from "../local/provision.ts";
import { API_VERSION, BATCHES, type BatchSummary } from "../local/wire.ts";
import {
  Cleanup,
  descendantsOf,
  finishedBatch,
  isolated,
  newBatch,
  type Running,
  startProvisioned,
  startService,
} from "./support.ts";

const RECIPIENTS = 5_000;
/** With these the body is just below its 6 MiB. */
const METADATA_CHARACTERS = 1_150;
const MIB = 1_024;
/** 100 MB. */
const LIMIT_MIB = 95;
const AT_ONCE = 4;
/** With the largest metadata a page of 100 is 1.6 MiB; so many fill a body. */
const HEAVY_RECIPIENTS = 360;
const HEAVY_CHARACTERS = 16_000;
const PAGES = 24;
const ABORTED = 20;
const OTHER = { id: "org_other", apiKey: "sk_other_0123456789abcdef" };

/**
 * As on the platform the runtime has to collect its garbage; left alone it takes what the machine has. One that needs more
 * MB of it than these ends, and its requests fail.
 */
const heapAtMost = (mb: number): void => {
  process.env.MINIFLARE_WORKERD_V8_FLAGS = `--max-heap-size=${mb} --max-semi-space-size=2`;
};

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

/** KiB. */
function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
  return { now: field("VmRSS"), peak: field("VmHWM") };
}

const largest = (name: string): string =>
  JSON.stringify({
    ...newBatch([], { name }),
    scheduled_at: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    recipients: Array.from({ length: RECIPIENTS }, (_, index) => ({
      to_number: `+1415556${String(index).padStart(4, "0")}`,
      metadata: { note: "x".repeat(METADATA_CHARACTERS) },
    })),
  });

const heavy = (name: string): string =>
  JSON.stringify({
    ...newBatch([], { name }),
    recipients: Array.from({ length: HEAVY_RECIPIENTS }, (_, index) => ({
      to_number: `+1415556${String(index).padStart(4, "0")}`,
      metadata: { note: "x".repeat(HEAVY_CHARACTERS) },
    })),
  });

/** A file in place of JSON, as large. */
function largestForm(name: string): FormData {
  const { recipients: _, ...fields } = newBatch([], { name });
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, String(value));
  form.set("scheduled_at", new Date(Date.now() + 24 * 3_600_000).toISOString());
  const rows = Array.from({ length: RECIPIENTS }, (_, index) => {
    const note = "x".repeat(METADATA_CHARACTERS / 4);
    return `+1415556${String(index).padStart(4, "0")},${note},${note},${note},${note}`;
  });
  form.set("file", new Blob([`to_number,a,b,c,d\n${rows.join("\n")}\n`]), "people.csv");
  return form;
}

const HEADERS = {
  "X-API-Key": DEMO.apiKey,
  "Cartesia-Version": API_VERSION,
  "Content-Type": "application/json",
};

/** A service that has just started, and how much it takes above that. */
class Measured {
  readonly #running: Running;
  readonly #pids: readonly number[];
  readonly #idle: readonly number[];

  private constructor(running: Running, pids: readonly number[]) {
    this.#running = running;
    this.#pids = pids;
    this.#idle = pids.map((pid) => memoryOf(pid).now);
  }

  static async of(running: Running): Promise<Measured> {
    const runtimes = running.service.groups
      .flatMap(descendantsOf)
      .filter(({ command }) => /workerd.* serve/.test(command));
    expect(runtimes.length).toBeGreaterThan(0);
    // A small one first: what the code itself needs is not the batch's.
    const small = await running.client.post<BatchSummary>(BATCHES, newBatch(["+14155560000"]));
    await finishedBatch(running.client, small.id);
    return new Measured(
      running,
      runtimes.map(({ pid }) => pid),
    );
  }

  /** MiB above idle at the peak of it. */
  async peakOf(what: () => Promise<unknown>): Promise<number> {
    for (const pid of this.#pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
    await what();
    const above = this.#pids.map((pid, index) => memoryOf(pid).peak - (this.#idle[index] ?? 0));
    return Math.round(above.reduce((sum, one) => sum + one, 0) / MIB);
  }

  async create(name: string, apiKey: string = DEMO.apiKey): Promise<string> {
    return this.#created({ ...HEADERS, "X-API-Key": apiKey }, largest(name));
  }

  async createHeavy(): Promise<string> {
    return this.#created(HEADERS, heavy("heavy"));
  }

  async createByFile(name: string): Promise<string> {
    const { "Content-Type": _, ...headers } = HEADERS;
    return this.#created(headers, largestForm(name));
  }

  async #created(headers: Readonly<Record<string, string>>, body: string | FormData): Promise<string> {
    const answer = await fetch(this.#url(""), { method: "POST", headers, body });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as BatchSummary).id;
  }

  /** Its bytes, counted as they come: nothing of it is kept here. */
  async read(id: string, query = ""): Promise<number> {
    return this.readPath(`${BATCHES}/${id}${query}`);
  }

  /** The same of any path. A client that is told that there is no room comes again. */
  async readPath(path: string): Promise<number> {
    const answer = await fetch(`${this.#running.service.baseUrl}${path}`, { headers: HEADERS });
    if (answer.status === 503) {
      await answer.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return this.readPath(path);
    }
    expect(answer.status, path).toBe(200);
    let bytes = 0;
    for await (const chunk of answer.body ?? []) bytes += chunk.byteLength;
    return bytes;
  }

  /** Takes the first of it and goes away. */
  abort(id: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(this.#url(`/${id}`), { headers: HEADERS }, (answer) =>
        answer.once("data", () => {
          answer.destroy();
          resolve();
        }),
      );
      sent.once("error", reject).end();
    });
  }

  #url(rest: string): string {
    return `${this.#running.service.baseUrl}${BATCHES}${rest}`;
  }
}

const each = (count: number, what: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => what(index)));

describe.runIf(existsSync("/proc/self/clear_refs"))("the memory of the runtime", () => {
  it("stays below 100 MB above idle with the largest creates and files, and with Gets of them, four at once and 20 aborted", async () => {
    const env = await isolated(cleanup);
    heapAtMost(44);
    const first = await startProvisioned(env, cleanup);
    await provision(first.service, OTHER);
    const creating = await Measured.of(first);
    let id = "";
    const peaks: Record<string, number> = {};
    peaks["a create"] = await creating.peakOf(async () => {
      id = await creating.create("largest");
    });
    peaks["four creates at once"] = await creating.peakOf(() => each(AT_ONCE, (index) => creating.create(`${index}`)));
    peaks["four of two organizations"] = await creating.peakOf(() =>
      each(AT_ONCE, (index) => creating.create(`two ${index}`, index < AT_ONCE / 2 ? OTHER.apiKey : DEMO.apiKey)),
    );
    // What a runtime once took it does not give back: started anew it shows what files take, and what reading takes.
    await first.service.stop();
    const second = await startService(env, cleanup);
    const filing = await Measured.of(second);
    peaks["four files at once"] = await filing.peakOf(() =>
      each(AT_ONCE, (index) => filing.createByFile(`file ${index}`)),
    );
    await second.service.stop();
    heapAtMost(40);
    const reading = await Measured.of(await startService(env, cleanup));
    const readWhole = async (query = "") => {
      expect(await reading.read(id, query)).toBeGreaterThan(RECIPIENTS * METADATA_CHARACTERS);
    };
    peaks["a Get"] = await reading.peakOf(() => readWhole());
    peaks["a Get with attempts"] = await reading.peakOf(() => readWhole("?expand=attempts"));
    peaks["four Gets at once"] = await reading.peakOf(() => each(AT_ONCE, () => readWhole()));
    peaks["20 aborted Gets at once"] = await reading.peakOf(() => each(ABORTED, () => reading.abort(id)));
    // Those that went away hold nothing up.
    await each(AT_ONCE, () => readWhole());
    console.log("peak memory above idle, MiB:", peaks);
    for (const [what, peak] of Object.entries(peaks)) expect(peak, what).toBeLessThan(LIMIT_MIB);
  });

  it("stays below it with pages, calls and files of people with 16 KiB of metadata each, many at once", async () => {
    const env = await isolated(cleanup);
    heapAtMost(40);
    const first = await startProvisioned(env, cleanup);
    const making = await Measured.of(first);
    const id = await making.createHeavy();
    await finishedBatch(first.client, id);
    await first.service.stop();
    const second = await startService(env, cleanup);
    const reading = await Measured.of(second);
    const list = `${BATCHES}/${id}/recipients`;
    const page = 100 * HEAVY_CHARACTERS;
    const peaks: Record<string, number> = {};
    const many =
      (path: string, atLeast: number, by = reading) =>
      () =>
        each(PAGES, async () => expect(await by.readPath(path)).toBeGreaterThan(atLeast));
    peaks["pages of recipients"] = await reading.peakOf(many(`${list}?limit=100`, page));
    peaks["pages of calls"] = await reading.peakOf(many(`/agents/calls?batch_id=${id}&limit=100`, page));
    peaks["pages of an agent's calls"] = await reading.peakOf(
      many(`/agents/calls?agent_id=${DEMO.agentId}&limit=100`, page),
    );
    await second.service.stop();
    const filing = await Measured.of(await startService(env, cleanup));
    peaks.files = await filing.peakOf(many(`${list}.csv`, HEAVY_RECIPIENTS * HEAVY_CHARACTERS, filing));
    console.log("peak memory above idle, MiB:", peaks);
    for (const [what, peak] of Object.entries(peaks)) expect(peak, what).toBeLessThan(LIMIT_MIB);
  });
});
