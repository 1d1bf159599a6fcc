/**
 * The receiver of webhooks as a test in workerd sees it. A webhook's URL must lead to a public host; here `fetch` to that
 * host is sent on to the receiver, over real HTTP.
 */

import { Webhook } from "standardwebhooks";
import { inject } from "vitest";
import type { WebhookEvent } from "../../src/client/client.ts";
import type { Received } from "./receiver-process.ts";

const HOST = "https://receiver.example.com/";
const original = globalThis.fetch;

/** From here on in this file, requests to the receiver's public host reach the receiver. */
export function connectReceiver(): void {
  globalThis.fetch = (input, init) =>
    typeof input === "string" && input.startsWith(HOST)
      ? original(input.replace(HOST, `${inject("receiverUrl")}/`), init)
      : original(input, init);
}

export class TestReceiver {
  readonly #name = crypto.randomUUID();

  /** `action` as in `receiver-process.ts`. */
  url(action: string): string {
    return `${HOST}${this.#name}/${action}`;
  }

  async received(): Promise<Received[]> {
    const response = await original(`${inject("receiverUrl")}/__received/${this.#name}`);
    return (await response.json()) as Received[];
  }

  /** What arrived, each verified by the library that receivers use. Throws where one is not signed with the secret. */
  async events(secret: string): Promise<WebhookEvent[]> {
    const webhook = new Webhook(secret);
    return (await this.received()).map(({ headers, body }) => webhook.verify(body, headers) as WebhookEvent);
  }
}
