/** The stand-in carrier for the benchmark: one for all contenders, told apart by the host of their callbacks. */

import { fileURLToPath } from "node:url";
import type { Moments } from "../carrier/call.ts";
import { DEFAULT_AUTH_TOKEN } from "../carrier/server.ts";
import type { Programs } from "./programs.ts";

const MAIN = fileURLToPath(new URL("../carrier/main.ts", import.meta.url));
const POLL_MS = 50;

export type Pace = { readonly ringMs: number; readonly talkMs: number };
export type Progress = { readonly placed: number; readonly ended: number; readonly acknowledged: number };

export class BenchCarrier {
  readonly url: string;
  readonly authToken = DEFAULT_AUTH_TOKEN;

  private constructor(url: string) {
    this.url = url;
  }

  static async start(programs: Programs, pace: Pace): Promise<BenchCarrier> {
    const port = await programs.freePort();
    const url = `http://127.0.0.1:${port}`;
    await programs.start({
      name: "the stand-in carrier",
      command: process.execPath,
      args: [MAIN],
      env: {
        CARRIER_PORT: String(port),
        CARRIER_RING_MS: String(pace.ringMs),
        CARRIER_TALK_MS: String(pace.talkMs),
        CARRIER_JITTER: "0",
        CARRIER_AUTH_TOKEN: DEFAULT_AUTH_TOKEN,
      },
      probe: `${url}/__carrier/progress`,
    });
    return new BenchCarrier(url);
  }

  /** Forgets the calls of one contender. */
  async forget(host: string): Promise<void> {
    await this.#control("POST", "reset", host);
  }
  /** Delays its answers to one contender's requests for calls, until its calls are forgotten. */
  async answersAfter(host: string, ms: number): Promise<void> {
    await this.#control("PUT", "faults", host, { place: { mode: "late-answer", delay_ms: ms } });
  }
  progress(host: string): Promise<Progress> {
    return this.#control("GET", "progress", host);
  }
  moments(host: string): Promise<Moments[]> {
    return this.#control("GET", "moments", host);
  }

  /** Waits until this many calls ended and the contender has answered each end's callback. Returns the calls' times. */
  async untilOver(host: string, calls: number, timeoutMs: number): Promise<Moments[]> {
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      const { placed, acknowledged } = await this.progress(host);
      if (acknowledged >= calls) return this.moments(host);
      if (performance.now() > giveUpAt) {
        throw new Error(`after ${timeoutMs} ms ${placed} of ${calls} calls were placed and ${acknowledged} over`);
      }
      await new Promise((wake) => setTimeout(wake, POLL_MS));
    }
  }

  async #control<T>(method: string, path: string, host: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/__carrier/${path}?callback_host=${host}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`carrier control ${method} ${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}
