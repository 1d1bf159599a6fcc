/** The service's processor time for a request: what a busy machine makes slower takes no more of it. */

import { readFileSync } from "node:fs";
import { DEMO } from "../local/provision.ts";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import type { Cleanup } from "./support.ts";
import { descendantsOf, finishedBatch, isolated, newBatch, readBatch, startProvisioned } from "./support.ts";
import { headersOf, heavy, largest, type World, type WorstRequest } from "./worst-requests.ts";

/** Of Linux, in all its builds. */
const TICK_MS = 10;
const IDLE_FOR_MS = 3_000;

export type Measured = { readonly status: number; readonly ms: number };

/** A service with a batch of 5,000 who wait, and one whose people were called. */
export class MeasuredService {
  readonly #baseUrl: string;
  readonly #pids: readonly number[];
  readonly world: World;
  /** Of the processor, for each ms that passes: what the process does anyhow. */
  #idle = 0;

  private constructor(baseUrl: string, pids: readonly number[], world: World) {
    this.#baseUrl = baseUrl;
    this.#pids = pids;
    this.world = world;
  }

  static async start(cleanup: Cleanup): Promise<MeasuredService> {
    const env: Record<string, string> = { ...(await isolated(cleanup)), CARRIER_RING_MS: "1", CARRIER_TALK_MS: "1" };
    const { service, client } = await startProvisioned(env, cleanup);
    const pids = service.groups
      .flatMap(descendantsOf)
      .filter(({ command }) => /workerd.* serve/.test(command))
      .map(({ pid }) => pid);
    const world = {
      key: DEMO.apiKey,
      operator: env.ADMIN_TOKEN ?? "",
      batch: "",
      heavy: "",
      filled: "",
      call: "",
      recipient: "",
    };
    const measured = new MeasuredService(service.baseUrl, pids, world);
    world.batch = (await client.post<BatchSummary>(BATCHES, JSON.parse(largest()))).id;
    const numbers = Array.from({ length: 300 }, (_, index) => `+1415556${String(index).padStart(4, "0")}`);
    world.heavy = (await client.post<BatchSummary>(BATCHES, JSON.parse(heavy()))).id;
    world.filled = (await client.post<BatchSummary>(BATCHES, newBatch(numbers))).id;
    // Nothing is dialed while something is measured.
    await finishedBatch(client, world.filled);
    const [called] = (await readBatch(client, world.filled)).recipients;
    world.call = called?.agent_call_id ?? "";
    world.recipient = called?.id ?? "";
    await measured.#measureIdle();
    return measured;
  }

  #usedMs(): number {
    return this.#pids.reduce((sum, pid) => {
      const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
      const fields = rest.split(" ");
      return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    }, 0);
  }

  async #measureIdle(): Promise<void> {
    const [before, since] = [this.#usedMs(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, IDLE_FOR_MS));
    this.#idle = (this.#usedMs() - before) / (performance.now() - since);
  }

  /** 0: the service refused it before the whole body was sent, and hung up. */
  async #statusOf(where: string, init: RequestInit): Promise<number> {
    try {
      const response = await fetch(this.#baseUrl + where, init);
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // It is there all the same: a service that has ended answers nothing.
      await fetch(`${this.#baseUrl}/healthz`);
      return 0;
    }
  }

  /** Without what the process does anyhow. */
  async measure({ method, path, sent }: WorstRequest): Promise<Measured> {
    const where = path(this.world);
    const { headers = {}, body } = sent?.(this.world) ?? {};
    const [before, since] = [this.#usedMs(), performance.now()];
    const status = await this.#statusOf(where, {
      method,
      headers: { ...headersOf(this.world, where), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const idle = this.#idle * (performance.now() - since);
    return { status, ms: Math.max(0, Math.round(this.#usedMs() - before - idle)) };
  }
}
