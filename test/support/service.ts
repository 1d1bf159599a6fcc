/** The service under test in workerd, used as a client uses it: over its HTTP API, with an organization of its own. */

import { env } from "cloudflare:workers";
import { present } from "../../src/calling/requests/assert.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { type Jurisdiction, nameWithin } from "../../src/calling/words/jurisdiction.ts";
import { TestCarrier } from "./carrier.ts";
import { fetchWorker } from "./worker.ts";

export type Answer<T> = { readonly status: number; readonly headers: Headers; readonly body: T };

export type Recipient = {
  readonly id: string;
  readonly to_number: string;
  readonly status: string;
  readonly agent_call_id?: string;
  readonly end_reason?: string;
  readonly error_message?: string;
  readonly metadata?: Record<string, unknown>;
};
/** Of a batch as Get answers it what lists and webhooks say of it, too. */
export function asListed(batch: Batch): Record<string, unknown> {
  const { recipients, ringing_timeout_seconds, max_call_duration_minutes, ...listed } = {
    ringing_timeout_seconds: null,
    max_call_duration_minutes: null,
    ...batch,
  };
  return listed;
}

export type Batch = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly target_concurrency_limit: number;
  readonly total_calls_scheduled: number;
  readonly total_calls_dispatched: number;
  readonly total_calls_finished: number;
  readonly retry_count: number;
  readonly created_at: string;
  readonly admitted_at?: string;
  readonly recipients: Recipient[];
};
export type Failed = {
  readonly error_code: string | null;
  readonly title: string;
  readonly message: string;
  readonly request_id: string;
  readonly issues?: { path: string; message: string }[];
};

const AGENT = "agent_test";
const NUMBER = "ap_test";
const AUTH_TOKEN = "stand-in-auth-token";
let made = 0;

export class TestService {
  readonly organization: string;
  readonly key: string;
  readonly host: string;
  readonly carrier: TestCarrier;

  private constructor(jurisdiction: Jurisdiction | null) {
    made += 1;
    const name = nameWithin(jurisdiction, `t${made}${crypto.randomUUID().slice(0, 8)}`);
    this.organization = `org_${name}`;
    this.key = `sk_${name}_${crypto.randomUUID()}`;
    this.host = `${name}.test`;
    this.carrier = new TestCarrier(this.host);
  }

  /** An organization with an agent, a number, and a stand-in carrier that relays its callbacks. */
  static async start(
    options: { limit?: number; authToken?: string | null; jurisdiction?: Jurisdiction } = {},
  ): Promise<TestService> {
    const { limit = 20, authToken = AUTH_TOKEN, jurisdiction = null } = options;
    const service = new TestService(jurisdiction);
    await service.admin("POST", "", { id: service.organization, name: "Test", agent_call_concurrency_limit: limit });
    await service.admin("POST", `/${service.organization}/api-keys`, { label: "test", key: service.key });
    await service.made("/agents/phone-numbers/providers", {
      id: "app_test",
      type: "twilio",
      label: "stand-in",
      account_sid: `AC${crypto.randomUUID().replaceAll("-", "")}`,
      api_key_sid: `SK${"0".repeat(32)}`,
      api_key_secret: "secret",
      ...(authToken === null ? {} : { auth_token: authToken }),
      region: "us1",
      calls_per_second: null,
    });
    await service.made("/agents", {
      id: AGENT,
      name: "Test agent",
      connection: { type: "websocket", url: "wss://agent.example.com/audio" },
    });
    await service.made("/agents/phone-numbers", {
      id: NUMBER,
      label: "caller",
      number: "+14155550100",
      provider: { id: "app_test" },
    });
    await service.carrier.startRelay();
    return service;
  }

  async stop(): Promise<void> {
    await this.carrier.stopRelay();
  }

  async fetch<T>(
    method: string,
    path: string,
    init: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const response = await fetchWorker(
      new Request(`https://${this.host}${path}`, {
        method,
        headers: { "content-type": "application/json", ...init.headers },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === "" ? null : JSON.parse(text)) as T };
  }

  /** With this organization's key. */
  api<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.fetch<T>(method, path, {
      body,
      headers: { "x-api-key": this.key, "cartesia-version": "2026-03-01", ...headers },
    });
  }

  async admin<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.fetch<T>(method, `/admin/organizations${path}`, {
      body,
      headers: { authorization: "Bearer admin_test" },
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async made<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.api<T>("POST", path, body);
    if (answer.status !== 201 && answer.status !== 200)
      throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  batchBody(numbers: readonly string[], fields: Record<string, unknown> = {}) {
    return {
      name: "Test batch",
      agent_id: AGENT,
      from_number_id: NUMBER,
      recipients: numbers.map((to_number) => ({ to_number })),
      ...fields,
    };
  }

  createBatch(numbers: readonly string[], fields: Record<string, unknown> = {}): Promise<Batch> {
    return this.made<Batch>("/agents/calls/batches", this.batchBody(numbers, fields));
  }

  async batch(id: string): Promise<Batch> {
    const answer = await this.api<Batch>("GET", `/agents/calls/batches/${id}`);
    if (answer.status !== 200) throw new Error(`GET batch: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  batchObject(id: string) {
    return env.BATCHES.getByName(present(routeOfBatch(id, this.organization), "a batch's id"));
  }
  organizationObject() {
    return env.ORGANIZATIONS.getByName(this.organization);
  }

  /** Waits for something about the carrier. */
  carrierSays(condition: () => boolean): Promise<true> {
    return until(() => Promise.resolve(condition() ? true : null));
  }

  /** Waits until the batch's latest call is answered. */
  talking(batchId: string): Promise<{ readonly id: string }> {
    return until(async () => {
      const { body } = await this.api<{ data: { id: string; status: string }[] }>(
        "GET",
        `/agents/calls?batch_id=${batchId}`,
      );
      return body.data[0]?.status === "started" ? body.data[0] : null;
    });
  }

  /** Until all is over, without a read of it: at a read a batch at work stores what it has kept back. */
  async over(id: string, timeoutMs = 100_000): Promise<void> {
    await until(async () => {
      const statement = await this.batchObject(id).statement();
      return statement !== null && statement.requestNumber > 0 && !statement.open && statement.holds === 0
        ? true
        : null;
    }, timeoutMs);
  }

  /** Waits until every recipient is over. */
  finished(id: string, timeoutMs = 100_000): Promise<Batch> {
    return until(async () => {
      const batch = await this.batch(id);
      const over = batch.recipients.every((one) => ["completed", "failed", "cancelled"].includes(one.status));
      return over ? batch : null;
    }, timeoutMs);
  }
}

/**
 * Polls a condition; the limit is there so that a failing test ends, not to measure anything. The longer it has waited, the
 * less often it asks: polls take the processor from what they wait for.
 */
export async function until<T>(condition: () => Promise<T | null>, timeoutMs = 60_000): Promise<T> {
  const began = performance.now();
  for (;;) {
    const value = await condition();
    if (value !== null) return value;
    const waited = performance.now() - began;
    if (waited > timeoutMs) throw new Error(`not so within ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, Math.max(20, waited / 10))));
  }
}

/** Ordinary numbers, all different, all answered by the stand-in carrier. */
export const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `+1415556${String(index).padStart(4, "0")}`);
