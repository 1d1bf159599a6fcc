/** A stand-in's own requests to the service: one after the other, in their order, and again where they were not accepted. */

import { Relay, type Relayed } from "./relay.ts";

export type Hook = Omit<Relayed, "method">;

const RETRY_AFTER_MS = 20;

export class Hooks {
  readonly relay = new Relay();
  #sending: Promise<void> = Promise.resolve();

  /** `repeats`: how often it is sent again where it was not accepted. */
  send(hook: Hook, repeats: number): void {
    this.#sending = this.#sending.then(() => this.#deliver(hook, repeats));
  }

  async #deliver({ url, headers, body }: Hook, repeats: number): Promise<void> {
    for (let attempt = 0; attempt <= repeats; attempt += 1) {
      const status = await this.relay.deliver(url, headers, body);
      if (status !== null && [200, 202, 204].includes(status)) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    }
  }
}
