/**
 * The clients that watch a batch: hibernatable WebSockets (Durable Objects, "WebSocket hibernation"), told at most four
 * times a second however fast it dials. A batch at rest costs nothing, however many watch it. What is in memory
 * here is only what the next message will say; after an eviction the next change tells everybody to read the batch again.
 */

import type { AttemptRow } from "../store/attempts.ts";
import { changesOf, type LiveState, snapshotOf } from "./live-message.ts";

/** Four a second. */
const BETWEEN_MESSAGES_MS = 250;
/** More than a team has screens; each costs a send for each message. */
export const WATCHERS_AT_MOST = 50;

export type LivePort = {
  readonly sockets: () => WebSocket[];
  readonly state: () => LiveState;
};

export class Live {
  readonly #port: LivePort;
  /** By position; null where too many changed to follow them. Starts so: what changed before an eviction is not known. */
  #changed: Map<number, AttemptRow> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #toldAt = 0;

  constructor(port: LivePort) {
    this.#port = port;
  }

  /** Somebody begins to watch. */
  welcome(socket: WebSocket, now: number): void {
    // Alone, the watcher has seen nothing that must be read again.
    if (this.#timer === null && this.#port.sockets().length <= 1) this.#changed = new Map();
    socket.send(JSON.stringify(snapshotOf(this.#port.state(), now)));
  }

  /** A recipient's attempt has changed; null: many have, or the batch itself has. */
  changed(row: AttemptRow | null, now: number): void {
    if (this.#timer === null && this.#port.sockets().length === 0) return;
    if (row === null) this.#changed = null;
    else this.#changed?.set(row.position, row);
    this.#timer ??= setTimeout(() => this.#tell(Date.now()), Math.max(0, this.#toldAt + BETWEEN_MESSAGES_MS - now));
  }

  #tell(now: number): void {
    this.#timer = null;
    this.#toldAt = now;
    const rows = this.#changed === null ? null : [...this.#changed.values()];
    this.#changed = new Map();
    const text = JSON.stringify(changesOf(this.#port.state(), rows, now));
    for (const socket of this.#port.sockets()) {
      try {
        socket.send(text);
      } catch {
        // It is closing; its watcher will come back and get a snapshot.
      }
    }
  }
}

/** What the platform says where the other side gave no code, or went without a word; it may not be sent. */
const NOT_SENDABLE: ReadonlySet<number> = new Set([1005, 1006, 1015]);
const NORMAL = 1000;

/** Answers the other side's close with its own code. With another a client would be told of an error that there was not. */
export function endSocket(socket: WebSocket, code: number): void {
  try {
    socket.close(NOT_SENDABLE.has(code) ? NORMAL : code);
  } catch {
    // The connection is gone already, or the platform has answered.
  }
}
