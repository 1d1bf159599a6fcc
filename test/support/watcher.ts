/** A client that watches a batch over its WebSocket and keeps the messages. */

import type { LiveMessage } from "../../src/batch/telling/live-message.ts";
import type { TestService } from "./service.ts";
import { fetchWorker } from "./worker.ts";

export type Ticket = { readonly ticket: string; readonly url: string; readonly expires_at: string };

export const ticketFor = async (service: TestService, id: string): Promise<Ticket> =>
  (await service.api<Ticket>("POST", `/agents/calls/batches/${id}/live-ticket`)).body;

export const connect = (url: string): Promise<Response> =>
  fetchWorker(new Request(url.replace(/^ws/, "http"), { headers: { upgrade: "websocket" } }));

export class Watcher {
  readonly messages: (LiveMessage & { readonly heardAt: number })[] = [];
  readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string" && data.startsWith("{")) {
        this.messages.push({ ...(JSON.parse(data) as LiveMessage), heardAt: performance.now() });
      }
    });
    socket.accept();
  }

  static async of(service: TestService, id: string): Promise<Watcher> {
    const { webSocket } = await connect((await ticketFor(service, id)).url);
    if (webSocket === null) throw new Error("no WebSocket");
    return new Watcher(webSocket);
  }

  last(): LiveMessage | undefined {
    return this.messages.at(-1);
  }
}
