/**
 * The clients that watch a batch: hibernatable WebSockets (Durable Objects, "WebSocket hibernation"). They get at most
 * 4 messages a second, however fast the batch dials. A batch at rest costs nothing, however many clients watch it. Only
 * the content of the next message is in memory. After an eviction, the next change tells all watchers to read the batch
 * again.
 */

import type { AttemptRow } from "../store/attempt-states.ts";
import { changesOf, type LiveState, snapshotOf } from "./live-message.ts";

/** 4 messages a second. */
const BETWEEN_MESSAGES_MS = 250;
/** More screens than a team has. Each watcher costs one send for each message. */
export const WATCHERS_AT_MOST = 50;

export type LivePort = {
  readonly sockets: () => WebSocket[];
  readonly state: () => LiveState;
};

/** Kept with a socket. */
type Attachment = { readonly until: number | null };
const untilOf = (socket: WebSocket): number | null =>
  (socket.deserializeAttachment() as Attachment | null)?.until ?? null;

/** A WebSocket's close code for a broken policy (RFC 6455, 7.4.1). */
export const KEY_IS_GONE = 1008;

export class Live {
  readonly #port: LivePort;
  /** By position; null if too many changed. Null at the start too: changes before an eviction are not known. */
  #changed: Map<number, AttemptRow> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #toldAt = 0;
  /** Undefined: to be read from the sockets, which keep it when the object sleeps. */
  #expiresAt: number | null | undefined = undefined;

  constructor(port: LivePort) {
    this.#port = port;
  }

  /** A client begins to watch. `until`: its key expires then; null: never. */
  welcome(socket: WebSocket, until: number | null, now: number): void {
    socket.serializeAttachment({ until } satisfies Attachment);
    this.#expiresAt = undefined;
    // A single watcher has seen nothing that it would have to read again.
    if (this.#timer === null && this.#port.sockets().length <= 1) this.#changed = new Map();
    socket.send(JSON.stringify(snapshotOf(this.#port.state(), now)));
  }

  /** When the next key of a watcher expires; null without one. */
  get expiresAt(): number | null {
    if (this.#expiresAt === undefined) {
      const times = this.#port
        .sockets()
        .map(untilOf)
        .filter((at) => at !== null);
      this.#expiresAt = times.length === 0 ? null : Math.min(...times);
    }
    return this.#expiresAt;
  }

  /** Ends what expired keys watch. */
  endExpired(now: number): void {
    if (this.expiresAt === null || this.expiresAt > now) return;
    for (const socket of this.#port.sockets()) {
      const until = untilOf(socket);
      if (until === null || until > now) continue;
      // The platform lists it until the other side has answered.
      socket.serializeAttachment({ until: null } satisfies Attachment);
      socket.close(KEY_IS_GONE, "your access has ended");
    }
    this.#expiresAt = undefined;
  }

  /** A client has gone. */
  left(): void {
    this.#expiresAt = undefined;
  }

  /** A recipient's attempt has changed; null: many have, or the batch itself. */
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
        // It is closing; its client will connect again and get a snapshot.
      }
    }
  }
}

/** Codes that the platform reports when the other side sent none, or went away silently. They may not be sent. */
const NOT_SENDABLE: ReadonlySet<number> = new Set([1005, 1006, 1015]);
const NORMAL = 1000;

/**
 * Answers the other side's close with its own code. Another code would show the client an error that did not happen.
 */
export function endSocket(socket: WebSocket, code: number): void {
  try {
    socket.close(NOT_SENDABLE.has(code) ? NORMAL : code);
  } catch {
    // The connection is gone, or the platform has answered.
  }
}
