/** A client of the API: it asks, may lose the answer, and asks again. */

import { ADMIN_TOKEN, type Platform } from "../platform/platform.ts";
import { bystander } from "../platform/scheduler.ts";
import { askWorker } from "../platform/web.ts";

/** `status` null: no answer came. */
export type ApiAnswer = { readonly status: number | null; readonly body: unknown };

export const ORIGIN = "https://calls.example.com";
const GIVES_UP_MS = 60_000;

export class Client {
  readonly #platform: Platform;
  readonly #actor = bystander("client");

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Runs as this client at that time. */
  at(time: number, cause: string, work: () => Promise<void>): void {
    const { scheduler } = this.#platform;
    const begin = (): void => {
      work().catch((error: unknown) =>
        this.#platform.unexpected("a client", error instanceof Error ? error : new Error(String(error))),
      );
    };
    scheduler.schedule(time - scheduler.now, this.#actor, "command", begin, cause);
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#platform.scheduler.schedule(ms, this.#actor, "wait", resolve));
  }

  operator(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    return this.#ask(method, `/admin/organizations${path}`, { authorization: `Bearer ${ADMIN_TOKEN}` }, body);
  }

  /** `more`: headers. */
  ask(
    key: string,
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    return this.#ask(method, path, { "x-api-key": key, "cartesia-version": "2026-03-01", ...more }, body);
  }

  /** Sends any request unchanged. */
  send(method: string, url: string, headers: Record<string, string>, body: string): Promise<ApiAnswer> {
    const { scheduler, chance, faults } = this.#platform;
    const name = `client/${scheduler.cause}`;
    return new Promise((resolve) => {
      const giveUp = scheduler.schedule(GIVES_UP_MS, this.#actor, "client gives up", () =>
        resolve({ status: null, body: null }),
      );
      const hear = (answer: ApiAnswer): void => {
        giveUp.isCancelled = true;
        resolve(answer);
      };
      if (chance.fault(`${name} request lost`, faults.clientLost)) return;
      const isAnswerLost = chance.fault(`${name} answer lost`, faults.clientLost);
      askWorker(this.#platform, this.#actor, { method, url, headers, body }, ({ status, body: text = "" }) => {
        if (isAnswerLost) return;
        hear({ status, body: text === "" ? null : parsed(text) });
      });
    });
  }

  #ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<ApiAnswer> {
    const sent = body === undefined ? "" : JSON.stringify(body);
    return this.send(method, ORIGIN + path, { "content-type": "application/json", ...headers }, sent);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
