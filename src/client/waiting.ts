/** Waiting for a batch, and watching it. */

import type { BatchDetail, ClientOperations, LiveMessage } from "./api.ts";
import type { Options } from "./method.ts";
import { wait } from "./transport.ts";

export type WaitOptions = Options & {
  /** Told whenever the batch was read, also the last time. */
  readonly onProgress?: (batch: BatchDetail) => void;
  /** Between two readings, at first; it grows to ten times as much. Default 1,000. */
  readonly pollMs?: number;
};

const POLL_MS = 1_000;
const GROWTH = 1.5;
const SLOWEST = 10;

const GOES_ON = ["queued", "dispatched", "started"];

/** Everybody in it is over. The status `completed` alone says that everybody was dialed. */
export const isFinished = ({ recipients }: Pick<BatchDetail, "recipients">): boolean =>
  !recipients.some(({ status }) => GOES_ON.includes(status));

/** The batch, once everybody in it is over. One that is paused, or waits for its window or a retry, is waited for. */
export async function waitUntilFinished(
  client: Pick<ClientOperations, "getBatch">,
  id: string,
  { onProgress, pollMs = POLL_MS, ...options }: WaitOptions = {},
): Promise<BatchDetail> {
  for (let pause = pollMs; ; pause = Math.min(pause * GROWTH, pollMs * SLOWEST)) {
    const batch = await client.getBatch(id, {}, options);
    onProgress?.(batch);
    if (isFinished(batch)) return batch;
    await wait(pause, options.signal);
  }
}

/**
 * What the service tells of a batch while it changes: a `snapshot`, then `changes`. Ends with the connection; open it again where
 * the batch is not over. Needs the global `WebSocket`, which browsers and Workers have, and Node from 22 on.
 */
export async function* watchBatch(
  client: Pick<ClientOperations, "createLiveTicket">,
  id: string,
  { signal }: Options = {},
): AsyncGenerator<LiveMessage, void> {
  const { url } = await client.createLiveTicket(id, signal === undefined ? {} : { signal });
  const socket = new WebSocket(url);
  const told: LiveMessage[] = [];
  let isOver = false;
  let wake = () => {};
  const end = () => {
    isOver = true;
    wake();
  };
  socket.addEventListener("message", ({ data }) => {
    told.push(JSON.parse(String(data)) as LiveMessage);
    wake();
  });
  socket.addEventListener("close", end);
  socket.addEventListener("error", end);
  signal?.addEventListener("abort", end, { once: true });
  try {
    while (!isOver || told.length > 0) {
      const next = told.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal?.removeEventListener("abort", end);
    socket.close();
  }
}
