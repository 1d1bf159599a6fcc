/**
 * Brings a service under test the callbacks that a stand-in keeps for it, as fast as they come (`test/carrier/relay.ts`). Where
 * none come it asks less often.
 */

import { RELAY_PATH, type Relayed } from "../carrier/relay.ts";
import { deliverToWorker } from "./carrier.ts";

const BUSY_MS = 20;
const IDLE_MS = 100;

export class CallbackRelay {
  readonly #url: string;
  #stopped = false;
  readonly #running: Promise<void>;
  readonly statuses: number[] = [];

  /** `url`: the stand-in's; `host`: the service's. */
  constructor(url: string, host: string) {
    this.#url = `${url}${RELAY_PATH}?host=${host}`;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let waitMs = BUSY_MS; !this.#stopped; waitMs = Math.min(IDLE_MS, waitMs * 1.2)) {
      const kept = (await (await fetch(this.#url)).json()) as Relayed[];
      for (const one of kept) this.statuses.push(await deliverToWorker({ ...one, headers: { ...one.headers } }));
      if (kept.length > 0) waitMs = BUSY_MS;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
