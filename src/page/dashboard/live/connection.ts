/**
 * A WebSocket with a batch's changes that reconnects automatically. It takes a new ticket each time, waits longer after
 * each failure, and reconnects at once when the machine is online again. Without a connection the caller must poll.
 */

import type { Client, LiveMessage } from "../../../client/client.ts";
import { liveMessageOf } from "./message.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;
/** Longer than the answer to a ping takes; a connection that is silent for this long is dead. */
const PING_EVERY_MS = 20_000;

export type LiveEvents = {
  readonly onMessage: (message: LiveMessage) => void;
  readonly onConnected: (isConnected: boolean) => void;
};

export class LiveConnection {
  readonly #client: Client;
  readonly #batchId: string;
  readonly #events: LiveEvents;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ping: ReturnType<typeof setInterval> | null = null;
  #waitMs = FIRST_WAIT_MS;
  #isOver = false;
  #hasHeard = true;

  constructor(client: Client, batchId: string, events: LiveEvents) {
    this.#client = client;
    this.#batchId = batchId;
    this.#events = events;
    addEventListener("online", this.#retryNow);
    void this.#connect();
  }

  close(): void {
    this.#isOver = true;
    removeEventListener("online", this.#retryNow);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#drop();
  }

  readonly #retryNow = (): void => {
    if (this.#socket !== null || this.#isOver) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#connect();
  };

  async #connect(): Promise<void> {
    this.#timer = null;
    try {
      const { url } = await this.#client.createLiveTicket(this.#batchId);
      if (!this.#isOver) this.#open(url);
    } catch {
      this.#again();
    }
  }

  #open(ticketUrl: string): void {
    // The page's own origin, which is the only one that its policy allows, whatever name the Worker has behind a proxy.
    const url = new URL(ticketUrl);
    url.host = location.host;
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.#hasHeard = true;
      const message = liveMessageOf(String(data));
      if (message === null || this.#isOver) return;
      if (message.type === "snapshot") {
        this.#waitMs = FIRST_WAIT_MS;
        this.#events.onConnected(true);
      }
      this.#events.onMessage(message);
    });
    socket.addEventListener("close", () => this.#lost(socket));
    socket.addEventListener("error", () => this.#lost(socket));
    this.#ping = setInterval(() => {
      if (!this.#hasHeard) return this.#lost(socket);
      this.#hasHeard = false;
      if (socket.readyState === WebSocket.OPEN) socket.send("ping");
    }, PING_EVERY_MS);
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#drop();
    if (this.#isOver) return;
    this.#events.onConnected(false);
    this.#again();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (this.#ping !== null) clearInterval(this.#ping);
    this.#hasHeard = true;
    socket?.close();
  }

  #again(): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => void this.#connect(), this.#waitMs);
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
  }
}
