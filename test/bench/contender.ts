/** A measured service, used only over HTTP; all of them serve the same part of the same API. */

import { randomUUID } from "node:crypto";
import { Client } from "../local/client.ts";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import { within } from "../local/within.ts";

export const ADMIN_TOKEN = "admin_bench";
export const AGENT_ID = "agent_bench";
export const NUMBER_ID = "ap_bench";
const REQUEST_TIMEOUT_MS = 120_000;

export type Contender = {
  readonly name: string;
  /** What it is and how durable, in a line. */
  readonly description: string;
  readonly baseUrl: string;
  /** Its processes, including servers, to read their processor time. */
  readonly pids: readonly number[];
  /** Creates what a batch needs in a new organization, besides the organization and its key. */
  readonly furnish: (client: Client) => Promise<void>;
};

export const hostOf = (contender: Contender): string => new URL(contender.baseUrl).host;

/** A new organization, so that measurements do not affect each other. */
export class Tenant {
  readonly client: Client;
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;

  private constructor(baseUrl: string, key: string) {
    this.client = Client.ofOrganization(baseUrl, key);
    this.#baseUrl = baseUrl;
    this.#headers = {
      "X-API-Key": key,
      "Cartesia-Version": "2026-03-01",
      "Content-Type": "application/json",
    };
  }

  static async of({ baseUrl, furnish }: Contender, limit: number): Promise<Tenant> {
    const name = `b${randomUUID().replaceAll("-", "").slice(0, 16)}`;
    const operator = Client.ofOperator(baseUrl, ADMIN_TOKEN);
    const organization = { id: `org_${name}`, name, agent_call_concurrency_limit: limit };
    await operator.post("/admin/organizations", organization);
    const keys = `/admin/organizations/org_${name}/api-keys`;
    const { key } = await operator.post<{ readonly key: string }>(keys, { label: "bench" });
    const tenant = new Tenant(baseUrl, key);
    await furnish(tenant.client);
    return tenant;
  }

  create(body: string): Promise<BatchSummary> {
    return this.#send("POST", BATCHES, body).then(({ text }) => JSON.parse(text) as BatchSummary);
  }

  /** Until the last byte of the answer; nothing is parsed. */
  async timed(method: "GET" | "POST", path: string, body?: string): Promise<{ ms: number; bytes: number }> {
    const started = performance.now();
    const { text } = await this.#send(method, path, body);
    return { ms: performance.now() - started, bytes: Buffer.byteLength(text) };
  }

  async #send(method: string, path: string, body?: string): Promise<{ text: string }> {
    return within(REQUEST_TIMEOUT_MS, async (signal) => {
      const init = { method, headers: this.#headers, signal, ...(body === undefined ? {} : { body }) };
      const response = await fetch(this.#baseUrl + path, init);
      const text = await response.text();
      if (response.status >= 300) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
      return { text };
    });
  }
}

export type BatchFields = { readonly target_concurrency_limit?: number; readonly scheduled_at?: string };

/** As text, so that no measurement includes writing its own request. */
export const batchBody = (recipients: number, fields: BatchFields = {}): string =>
  JSON.stringify({
    name: "Benchmark",
    agent_id: AGENT_ID,
    from_number_id: NUMBER_ID,
    ...fields,
    recipients: Array.from({ length: recipients }, (_, index) => ({
      to_number: `+1415${String(5_550_000 + index)}`,
      metadata: { first_name: "Ada", account: `A-${100_000 + index}`, due: "2026-12-24", amount_cents: 129_900 },
    })),
  });

/** Accepted now and dialed long after the benchmark, to measure without dialing. */
export const LATER = { scheduled_at: new Date(Date.now() + 20 * 24 * 60 * 60 * 1_000).toISOString() };
