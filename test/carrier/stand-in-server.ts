/** The server of a stand-in: each request is read whole and answered in JSON, or its connection breaks. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Without `body`: none is sent. */
/** `body`: sent as JSON. `text`: sent as it is. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly text?: string };

export class StandInServer {
  readonly #answer: (request: IncomingMessage, text: string) => Answer | null;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  /** `answer`: null breaks the connection. */
  constructor(answer: (request: IncomingMessage, text: string) => Answer | null) {
    this.#answer = answer;
  }

  /** `port`: 0 for whichever is free. */
  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const answer = this.#answer(request, text);
    if (answer === null) {
      request.socket.destroy();
      return;
    }
    const isJson = answer.body !== undefined;
    response.writeHead(answer.status, { "content-type": isJson ? "application/json" : "text/plain" });
    response.end(isJson ? JSON.stringify(answer.body) : (answer.text ?? ""));
  }
}
