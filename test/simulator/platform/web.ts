/** HTTP: the product's requests, requests to the Worker, and the queue's messages to it. */

import { Life } from "./hosted-object.ts";
import type { Platform } from "./platform.ts";
import type { Actor } from "./scheduler.ts";

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** `status` null: the connection breaks. */
export type HttpAnswer = {
  readonly status: number | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Called when the asking batch has the answer and its result is durable. */
  readonly heard?: () => void;
};
export type Respond = (answer: HttpAnswer, afterMs: number) => void;

/** Another party's server. Without a call of `respond` it never answers. */
export type Server = {
  readonly actor: Actor;
  /** `leftAt`: when the request left the product, in true time. */
  handle(request: HttpRequest, respond: Respond, leftAt: number): void;
};

const TRAVELS_MS = { least: 1, most: 15 } as const;

function responseOf({ status, headers = {}, body = "" }: HttpAnswer): Response {
  const length = String(Buffer.byteLength(body));
  return new Response(body, { status: status ?? 0, headers: { "content-length": length, ...headers } });
}

export function simulatedFetch(platform: Platform, url: string, init: RequestInit): Promise<Response> {
  const { scheduler, chance } = platform;
  const from = scheduler.actor;
  const { cause } = scheduler;
  const { host } = new URL(url);
  const server = platform.servers.get(host);
  if (from instanceof Life) from.waits += 1;
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (body: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      if (from instanceof Life) from.waits -= 1;
      body();
    };
    const fail = (afterMs: number): void => {
      scheduler.schedule(afterMs, from, "no answer", () => settle(() => reject(new TypeError("fetch failed"))), cause);
    };
    init.signal?.addEventListener("abort", () => settle(() => reject(init.signal?.reason)));
    const travelMs = (): number => chance.between(`travel ${cause}`, TRAVELS_MS.least, TRAVELS_MS.most);
    const leftAt = scheduler.now;
    from.send(() => {
      if (server === undefined) return fail(1);
      const request: HttpRequest = {
        method: init.method ?? "GET",
        url,
        headers: (init.headers ?? {}) as Record<string, string>,
        body: typeof init.body === "string" ? init.body : "",
      };
      const respond: Respond = (answer, afterMs) => {
        if (answer.status === null) return fail(afterMs + travelMs());
        scheduler.schedule(
          afterMs + travelMs(),
          from,
          "response",
          () =>
            settle(() => {
              resolve(responseOf(answer));
              if (answer.heard !== undefined) whenDurable(platform, from, answer.heard);
            }),
          cause,
        );
      };
      scheduler.schedule(travelMs(), server.actor, "request", () => server.handle(request, respond, leftAt), cause);
    });
  });
}

const DURABLE_WITHIN_MS = 50;

/** An answer to a lane may be lost on its way to the batch. */
function whenDurable(platform: Platform, from: Actor, heard: () => void): void {
  if (!from.label.startsWith("batch")) return;
  platform.scheduler.schedule(DURABLE_WITHIN_MS, from, "durable", heard);
}

/** One request to the Worker, or one message of its queue: it stores nothing, and may be lost with its machine. */
class Invocation implements Actor {
  readonly label: string;
  readonly skewMs: number;
  isAlive = true;
  readonly #platform: Platform;
  readonly #lost: () => void;

  constructor(platform: Platform, label: string, lost: () => void) {
    this.#platform = platform;
    this.label = label;
    this.#lost = lost;
    this.skewMs = 0;
  }

  send(leave: () => void): void {
    leave();
  }

  turnEnded(): void {
    const { chance, faults, scheduler } = this.#platform;
    if (faults.crash === 0 || !chance.fault(`${this.label}/${scheduler.cause} worker lost`, faults.crash)) return;
    this.isAlive = false;
    this.#lost();
  }
}

/** A request to the Worker. `answered` runs in an event of `from`. */
export function askWorker(
  platform: Platform,
  from: Actor,
  request: HttpRequest,
  answered: (answer: HttpAnswer) => void,
): void {
  const { scheduler, chance } = platform;
  const travelMs = (): number => chance.between(`travel ${scheduler.cause}`, TRAVELS_MS.least, TRAVELS_MS.most);
  const respond = (answer: HttpAnswer): void => {
    scheduler.schedule(travelMs(), from, "answered", () => answered(answer));
  };
  const invocation = new Invocation(platform, "worker", () => respond({ status: null }));
  scheduler.schedule(travelMs(), invocation, "asked", () => {
    serve(platform, request).then(
      (answer) => {
        if (invocation.isAlive) respond(answer);
      },
      (error: unknown) => platform.unexpected("the Worker", error instanceof Error ? error : new Error(String(error))),
    );
  });
}

async function serve(platform: Platform, { method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
  const init = { method, headers, ...(method === "GET" || method === "HEAD" ? {} : { body }) };
  const context = contextOf(platform);
  const response = await platform.product.worker.fetch(new Request(url, init), platform.env, context);
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

const contextOf = (platform: Platform): object => ({
  waitUntil: (work: Promise<unknown>) => platform.waitsFor("the Worker", work),
  passThroughOnException: () => {},
});

const QUEUE_MS = { least: 5, most: 400 } as const;

/** Gives the queue's consumer a message after a while. */
export function consumeLater(platform: Platform, body: unknown): void {
  const { scheduler, chance } = platform;
  const invocation = new Invocation(platform, "consumer", () => {});
  const afterMs = chance.between(`queue ${scheduler.cause}`, QUEUE_MS.least, QUEUE_MS.most);
  scheduler.schedule(afterMs, invocation, "message", () => {
    const batch = { messages: [{ body: structuredClone(body), ack: () => {}, retry: () => {} }] };
    void platform.product.worker.queue(batch, platform.env, contextOf(platform));
  });
}
