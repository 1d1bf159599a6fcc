/** Brings a service under test the callbacks that a stand-in keeps for it, as fast as they come (`test/carrier/relay.ts`). */

import { RELAY_PATH, type Relayed } from "../carrier/relay.ts";
import { deliverToWorker } from "./carrier.ts";

const EVERY_MS = 20;

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
    while (!this.#stopped) {
      const kept = (await (await fetch(this.#url)).json()) as Relayed[];
      for (const one of kept) this.statuses.push(await deliverToWorker({ ...one, headers: { ...one.headers } }));
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}
