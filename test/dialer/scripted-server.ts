/** An HTTP server on this machine that answers each request as a test says, and keeps what it was asked. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is cut before anything was answered. */
  | "reset"
  /** The connection is cut within the body. */
  | "reset midway"
  /** The connection stays and nothing comes. */
  | "silence"
  /** The head of an answer comes, and its body never. */
  | "silence midway";
export type Script = (request: Received) => Answer;

const NOT_SCRIPTED: Script = () => ({ status: 418, body: "no answer was scripted" });

export class ScriptedServer {
  readonly received: Received[] = [];
  script: Script = NOT_SCRIPTED;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (chunk: string) => {
        body += chunk;
      });
      request.on("end", () => this.#answer(request, body, response));
    });
  }

  static async start(): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    await new Promise<void>((resolve) => scripted.#server.listen(0, "127.0.0.1", resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The same answers for every request from here on; what was asked before is forgotten. */
  answers(script: Answer | Script): void {
    this.received.length = 0;
    this.script = typeof script === "function" ? script : () => script;
  }

  /** The same, and resolves when the next request has come. */
  answersNext(answer: Answer): Promise<void> {
    return new Promise((resolve) =>
      this.answers(() => {
        resolve();
        return answer;
      }),
    );
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const received = { method: request.method ?? "", url: request.url ?? "", headers, body };
    this.received.push(received);
    const answer = this.script(received);
    switch (answer) {
      case "reset":
        request.socket.resetAndDestroy();
        return;
      case "reset midway":
        response.writeHead(201, { "content-length": "100" });
        response.write('{"sid":', () => request.socket.resetAndDestroy());
        return;
      case "silence":
        return;
      case "silence midway":
        response.writeHead(201, { "content-length": "100" });
        response.write('{"sid":');
        return;
      default:
        response.writeHead(answer.status, { ...answer.headers });
        response.end(answer.body ?? "");
    }
  }
}
