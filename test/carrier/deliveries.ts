/**
 * The carrier's requests to the service: form posts, signed, repeated as the URL's fragment asks (Twilio, "Webhooks:
 * Connection overrides"). In relay mode they are handed out instead, because a service under test in workerd has no port.
 */

import { Agent, request } from "node:http";
import { hostOf } from "./call.ts";
import { type Fields, signature } from "./signature.ts";

export type Delivery = {
  readonly id: string;
  readonly url: string;
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
type Attempt = Delivery & {
  readonly host: string;
  readonly retriesLeft: number;
  readonly policy: ReadonlySet<string>;
  readonly settled: () => void;
};
/** What came back: a status, or why there was none. */
export type Reply = { readonly status: number } | { readonly failure: "ct" | "rt" };

const REPEAT_AFTER_MS = 200;
const READ_TIMEOUT_MS = 15_000;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

export type DeliveryCounts = { sent: number; failed: number };

export class Deliveries {
  readonly #authToken: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #relayed = new Map<string, Attempt[]>();
  readonly #handedOut = new Map<string, Attempt>();
  /** By host, who waits for its next delivery. */
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly counts = new Map<string, DeliveryCounts>();
  #serial = 0;
  /** While it is down nothing leaves; what was to be sent is sent afterwards. */
  isDown: () => boolean = () => false;

  constructor(authToken: string) {
    this.#authToken = authToken;
  }

  /** Wakes who waits for the host's deliveries. */
  relay(host: string, enabled: boolean): void {
    if (enabled) this.#relayed.set(host, this.#relayed.get(host) ?? []);
    else this.#relayed.delete(host);
    this.#wake(host);
  }

  /** `settled`: called when it was answered, or failed for the last time. */
  send(urlWithFragment: string, fields: Fields, settled: () => void = () => {}): void {
    const [url = "", fragment = ""] = urlWithFragment.split("#");
    const overrides = new URLSearchParams(fragment);
    this.#serial += 1;
    this.#try({
      id: String(this.#serial),
      url,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature": signature(this.#authToken, url, fields),
        "user-agent": "TwilioProxy/1.1",
      },
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
      host: hostOf(url) ?? "",
      retriesLeft: Math.min(5, Number(overrides.get("rc") ?? 1)),
      policy: new Set((overrides.get("rp") ?? "ct").split(",")),
      settled,
    });
  }

  /** Up to `max` deliveries for a host, each once; waits for the first one up to `waitMs`. */
  async take(host: string, max: number, waitMs: number): Promise<Delivery[]> {
    const queue = () => this.#relayed.get(host) ?? [];
    if (queue().length === 0) {
      const waiting = this.#waiting.get(host) ?? new Set();
      this.#waiting.set(host, waiting);
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, waitMs);
        waiting.add(done);
      });
    }
    const taken = queue().splice(0, max);
    for (const attempt of taken) this.#handedOut.set(attempt.id, attempt);
    return taken.map(({ id, url, method, headers, body }) => ({ id, url, method, headers, body }));
  }

  /** What the service answered to a relayed delivery. False where no such delivery is out. */
  answered(id: string, reply: Reply): boolean {
    const attempt = this.#handedOut.get(id);
    if (attempt === undefined) return false;
    this.#handedOut.delete(id);
    this.#settle(attempt, reply);
    return true;
  }

  forget(host: string | null): void {
    for (const [relayed, queue] of this.#relayed) if (host === null || relayed === host) queue.length = 0;
    for (const [id, attempt] of this.#handedOut) if (host === null || attempt.host === host) this.#handedOut.delete(id);
    if (host === null) this.counts.clear();
    else this.counts.delete(host);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const host of this.#waiting.keys()) this.#wake(host);
    this.#agent.destroy();
  }

  #wake(host: string): void {
    for (const done of [...(this.#waiting.get(host) ?? [])]) done();
  }

  #later(ms: number, what: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      what();
    }, ms);
    this.#timers.add(timer);
  }

  #try(attempt: Attempt): void {
    if (this.isDown()) {
      this.#later(REPEAT_AFTER_MS, () => this.#try(attempt));
      return;
    }
    const relayed = this.#relayed.get(attempt.host);
    if (relayed !== undefined) {
      relayed.push(attempt);
      this.#wake(attempt.host);
    } else {
      this.#post(attempt).then((reply) => this.#settle(attempt, reply));
    }
  }

  #settle(attempt: Attempt, reply: Reply): void {
    const counts = this.counts.get(attempt.host) ?? { sent: 0, failed: 0 };
    this.counts.set(attempt.host, counts);
    const kind = "failure" in reply ? reply.failure : reply.status >= 500 ? "5xx" : reply.status >= 400 ? "4xx" : null;
    if (kind === null) {
      counts.sent += 1;
    } else if (attempt.retriesLeft > 0 && (attempt.policy.has("all") || attempt.policy.has(kind))) {
      this.#later(REPEAT_AFTER_MS, () => this.#try({ ...attempt, retriesLeft: attempt.retriesLeft - 1 }));
      return;
    } else {
      counts.failed += 1;
    }
    attempt.settled();
  }

  #post(attempt: Attempt): Promise<Reply> {
    const url = new URL(attempt.url);
    if (url.protocol !== "http:" || !LOOPBACK.has(url.hostname)) {
      console.error(`the stand-in carrier calls back on this machine only, not ${url.origin}`);
      return Promise.resolve({ failure: "ct" });
    }
    return new Promise((resolve) => {
      const headers = { ...attempt.headers, "content-length": String(Buffer.byteLength(attempt.body)) };
      const sent = request(
        url,
        { method: "POST", headers, agent: this.#agent, timeout: READ_TIMEOUT_MS },
        (response) => {
          response.resume();
          response.on("end", () => resolve({ status: response.statusCode ?? 500 }));
          response.on("error", () => resolve({ failure: "rt" }));
        },
      );
      sent.on("timeout", () => sent.destroy());
      sent.on("error", () => resolve({ failure: "ct" }));
      sent.end(attempt.body);
    });
  }
}
