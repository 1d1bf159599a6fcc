/** Follows a batch over its WebSocket, or by polling without one. */

import type { Client } from "./client.ts";
import { BATCHES, type Batch, type BatchSummary } from "./wire.ts";

type Ticket = { readonly url: string };
export type LiveBatch = Pick<
  BatchSummary,
  "status" | "total_calls_scheduled" | "total_calls_dispatched" | "total_calls_finished"
>;

const POLL_MS = 500;
/** After this much silence the connection counts as dead, and the batch is read. */
const SILENCE_MS = 5_000;

/** Calls `see` with each state until it returns true; returns false when the time is over. */
export async function follow(
  client: Client,
  id: string,
  timeoutMs: number,
  see: (batch: LiveBatch) => boolean,
): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs;
  while (performance.now() < giveUpAt) {
    if (await listen(client, id, giveUpAt, see)) return true;
    // The connection ended, or could not be opened.
    if (see(await client.get<Batch>(`${BATCHES}/${id}`))) return true;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  return false;
}

async function listen(
  client: Client,
  id: string,
  giveUpAt: number,
  see: (batch: LiveBatch) => boolean,
): Promise<boolean> {
  if (typeof WebSocket === "undefined") return false;
  const { url } = await client.post<Ticket>(`${BATCHES}/${id}/live-ticket`);
  const socket = new WebSocket(url);
  return new Promise((resolve) => {
    let isOver = false;
    const end = (isSeen: boolean) => {
      // Closing a connection that is not open yet causes an error, which arrives here.
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      socket.close();
      resolve(isSeen);
    };
    let timer = setTimeout(() => end(false), SILENCE_MS);
    socket.addEventListener("message", ({ data }) => {
      if (isOver) return;
      clearTimeout(timer);
      const { batch } = JSON.parse(String(data)) as { batch: LiveBatch };
      if (see(batch)) end(true);
      else timer = setTimeout(() => end(false), Math.min(SILENCE_MS, Math.max(0, giveUpAt - performance.now())));
    });
    socket.addEventListener("error", () => end(false));
    socket.addEventListener("close", () => end(false));
  });
}
