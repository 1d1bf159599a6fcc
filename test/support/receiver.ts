/**
 * The receiver of webhooks as a test in workerd sees it. A webhook's URL must lead to a public host; here `fetch` to that
 * host is sent on to the receiver, over real HTTP.
 */

import { Webhook } from "standardwebhooks";
import { inject, vi } from "vitest";
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
  /** By secret, in the order of arrival. */
  readonly #verified = new Map<string, WebhookEvent[]>();

  /** `action` as in `receiver-process.ts`. */
  url(action: string): string {
    return `${HOST}${this.#name}/${action}`;
  }

  async received(): Promise<Received[]> {
    const response = await original(`${inject("receiverUrl")}/__received/${this.#name}`);
    return (await response.json()) as Received[];
  }

  /** What arrived, each verified once, when it is first seen, by the library that receivers use. Throws if one is forged. */
  async events(secret: string): Promise<WebhookEvent[]> {
    const webhook = new Webhook(secret);
    const all = await this.received();
    const events = this.#verified.get(secret) ?? [];
    this.#verified.set(secret, events);
    for (const { headers, body } of all.slice(events.length)) {
      events.push(atThatTime(headers, () => webhook.verify(body, headers) as WebhookEvent));
    }
    return [...events];
  }
}

/** A driven clock may go on for minutes between the arrival of a message and the first look at it. */
function atThatTime<T>(headers: Received["headers"], verify: () => T): T {
  if (!vi.isFakeTimers()) return verify();
  const now = Date.now();
  vi.setSystemTime(Number(headers["webhook-timestamp"]) * 1_000);
  try {
    return verify();
  } finally {
    vi.setSystemTime(now);
  }
}
