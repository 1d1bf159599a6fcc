/**
 * The stand-in carrier for a test in workerd. The Worker under test has no port of its own, so the carrier keeps its
 * callbacks for a relay. Each service under test has its own host name. The relay fetches the callbacks for that host
 * over HTTP and delivers them to the Worker.
 */

import { inject } from "vitest";
import { fetchWorker } from "./worker.ts";

export type CarrierCall = {
  /** The batch, or the request for direct calls, that it was placed for. */
  readonly batch_id: string;
  readonly sid: string;
  readonly to: string;
  readonly status: string;
  readonly agent_call_id: string | null;
  readonly recipient_id: string | null;
  readonly in_flight: boolean;
};
export type CarrierSummary = {
  readonly placed: number;
  readonly in_flight: number;
  readonly peak_in_flight: number;
  readonly calls_by_agent_call_id_more_than_one: readonly string[];
};
type Delivery = {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

export class TestCarrier {
  readonly url = inject("carrierUrl");
  readonly host: string;
  #relaying: Promise<void> | null = null;
  #stopped = false;
  /** What is done with each callback before it is delivered: tests hold back, repeat or reorder here. */
  intercept: (delivery: Delivery, deliver: () => Promise<number>) => Promise<number> = (_, deliver) => deliver();
  readonly statuses: number[] = [];

  constructor(host: string) {
    this.host = host;
  }

  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const separator = path.includes("?") ? "&" : "?";
    const response = await fetch(`${this.url}/__carrier/${path}${separator}callback_host=${this.host}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`carrier control ${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  calls(): Promise<CarrierCall[]> {
    return this.control("GET", "calls");
  }
  summary(): Promise<CarrierSummary> {
    return this.control("GET", "summary");
  }

  async startRelay(): Promise<void> {
    await this.control("PUT", "relay", { host: this.host, enabled: true });
    this.#relaying = this.#relay();
  }

  async stopRelay(): Promise<void> {
    this.#stopped = true;
    // It may be waiting for a callback.
    await this.control("PUT", "relay", { host: this.host, enabled: true });
    await this.#relaying;
  }

  async #relay(): Promise<void> {
    while (!this.#stopped) {
      const response = await fetch(`${this.url}/__carrier/relay?host=${this.host}&wait_ms=5000&max=50`);
      const deliveries = (await response.json()) as Delivery[];
      await Promise.all(deliveries.map((delivery) => this.#deliver(delivery)));
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const status = await this.intercept(delivery, () => deliverToWorker(delivery));
    this.statuses.push(status);
    await fetch(`${this.url}/__carrier/relay/${delivery.id}`, { method: "POST", body: JSON.stringify({ status }) });
  }
}

export async function deliverToWorker(delivery: Omit<Delivery, "id">): Promise<number> {
  const { url, method, headers, body } = delivery;
  const response = await fetchWorker(new Request(url, { method, headers, ...(method === "GET" ? {} : { body }) }));
  await response.text();
  return response.status;
}
