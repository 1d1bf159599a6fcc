/** A script that follows a batch over its WebSocket and says goodbye: the service answers, so the script ends at once. */

import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import { type Shared, sharedOrganization } from "./shared.ts";
import { newBatch } from "./support.ts";

type Ended = { readonly code: number; readonly wasClean: boolean };
/** Resolves with how the connection ended that was closed with `code` after its first message; null: without one. */
type Follow = (url: string, code: number | null) => Promise<Ended>;

const byNode: Follow = (url, code) =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener("message", () => (code === null ? socket.close() : socket.close(code)), { once: true });
    socket.addEventListener("close", (event) => resolve({ code: event.code, wasClean: event.wasClean }));
  });

type WsSocket = {
  once(event: "message", heard: () => void): void;
  once(event: "close", heard: (code: number) => void): void;
  close(code?: number): void;
};
const Ws = createRequire(import.meta.url)("ws") as new (url: string) => WsSocket;

/** It waits half a minute for an answer and says 1006 then. */
const byWs: Follow = (url, code) =>
  new Promise((resolve) => {
    const socket = new Ws(url);
    socket.once("message", () => (code === null ? socket.close() : socket.close(code)));
    socket.once("close", (ended) => resolve({ code: ended, wasClean: ended !== 1006 }));
  });

let running: Shared;
let batchId: string;
beforeAll(async () => {
  running = await sharedOrganization();
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const order = { ...newBatch(["+14155550123"]), scheduled_at: later };
  batchId = (await running.client.post<BatchSummary>(BATCHES, order)).id;
});

const liveUrl = async (): Promise<string> =>
  (await running.client.post<{ url: string }>(`${BATCHES}/${batchId}/live-ticket`)).url;

describe.each([
  ["Node's own client", byNode],
  ["the package ws", byWs],
] as const)("%s", (_, follow) => {
  it.each([1000, 3000, 4001])("that closes with %i is answered with it", async (code) => {
    expect(await follow(await liveUrl(), code)).toEqual({ code, wasClean: true });
  });

  it("that closes without a code is answered without an error", async () => {
    const { wasClean, code } = await follow(await liveUrl(), null);
    expect(wasClean).toBe(true);
    expect([1000, 1005]).toContain(code);
  });
});
