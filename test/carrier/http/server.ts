/**
 * The stand-in for an organization's own dialer: the example of the documentation, with a scripted phone. A gate before
 * it lets only requests of the protocol through, and can lose answers.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createDialer } from "../../../docs/carriers/http-dialer.ts";
import { RELAY_PATH, Relay } from "../relay.ts";
import { DIALER } from "./known.ts";
import { type Pace, scriptedPhone } from "./phone.ts";
import { problemOf } from "./request.ts";

export type PlaceFault = "none" | "later" | "answer_lost" | "error_before";
type Answer = { readonly status: number; readonly text: string };

const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const errorOf = (status: number, code: string, message: string): Answer => ({
  status,
  text: JSON.stringify({ code, message }),
});

export class DialerStandIn {
  fault: PlaceFault = "none";
  /** How often each id was placed: answered 201 by the example, whether that came through or not. */
  readonly placed = new Map<string, number>();
  readonly #relay = new Relay();
  readonly #example: Server;
  readonly #gate = createServer((request, response) => void this.#handle(request, response));

  private constructor(pace: Pace) {
    const post = async (url: unknown, init?: RequestInit): Promise<Response> => {
      const status = await this.#relay.deliver(
        String(url),
        init?.headers as Record<string, string>,
        String(init?.body),
      );
      return status === null ? Response.error() : new Response(null, { status });
    };
    this.#example = createDialer(DIALER.token, DIALER.webhookSecret, scriptedPhone([DIALER.number], pace), post);
  }

  static async start(pace: Pace = { ringMs: 20, talkMs: 40 }): Promise<DialerStandIn> {
    const standIn = new DialerStandIn(pace);
    await Promise.all([listen(standIn.#example), listen(standIn.#gate)]);
    return standIn;
  }

  get url(): string {
    return urlOf(this.#gate);
  }

  async stop(): Promise<void> {
    for (const server of [this.#gate, this.#example]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { method = "", url = "" } = request;
    if (url.startsWith(RELAY_PATH)) {
      const kept = this.#relay.take(new URL(url, this.url).searchParams.get("host") ?? "");
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(kept));
      return;
    }
    const answer = await this.#answer(method, url, request, body);
    if (answer === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.text);
  }

  /** Null: the connection breaks. */
  async #answer(method: string, url: string, { headers }: IncomingMessage, body: string): Promise<Answer | null> {
    const isPlace = method === "PUT";
    if (isPlace && this.fault === "later") return errorOf(429, "busy", "all lines are in use");
    if (isPlace && this.fault === "error_before") return { status: 503, text: "<html>no service</html>" };
    const problem = problemOf(method, url, headers["content-type"] ?? "", body);
    if (problem !== null) return errorOf(400, "not_in_protocol", problem);
    const passed = await fetch(urlOf(this.#example) + url, {
      method,
      headers: { authorization: headers.authorization ?? "" },
      ...(method === "GET" ? {} : { body }),
    });
    const answer = { status: passed.status, text: await passed.text() };
    const id = decodeURIComponent(url.split("/")[2] ?? "");
    if (isPlace && answer.status === 201) this.placed.set(id, (this.placed.get(id) ?? 0) + 1);
    return isPlace && this.fault === "answer_lost" ? null : answer;
  }
}
