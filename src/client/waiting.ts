/** Waiting for a batch, and watching it. */

import type { BatchDetail, ClientOperations, LiveMessage } from "./api.ts";
import type { Options } from "./method.ts";
import { wait } from "./transport.ts";

export type WaitOptions = Options & {
  /** Called after each time the batch was read, including the last. */
  readonly onProgress?: (batch: BatchDetail) => void;
  /** Time between two reads at first; it grows tenfold. Default 1,000. */
  readonly pollMs?: number;
};

const POLL_MS = 1_000;
const GROWTH = 1.5;
const SLOWEST = 10;

const GOES_ON = ["queued", "dispatched", "started"];

/** All recipients are finished. The status `completed` alone only says that all were dialed. */
export const isFinished = ({ recipients }: Pick<BatchDetail, "recipients">): boolean =>
  !recipients.some(({ status }) => GOES_ON.includes(status));

/**
 * Resolves with the batch when all of its recipients are finished. Also waits for a paused batch, and for windows and
 * retries.
 */
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

const NO_WEB_SOCKET =
  "watchBatch needs a global WebSocket, as browsers, Workers and Node 22 have; on Node 20 set globalThis.WebSocket";

/**
 * The service's messages about a batch: a `snapshot`, then `changes`. Ends with the connection; open it again if the
 * batch is not finished. Throws if the connection does not open. Needs the global `WebSocket` of browsers, Workers, and
 * Node from 22 on.
 */
export async function* watchBatch(
  client: Pick<ClientOperations, "createLiveTicket">,
  id: string,
  { signal }: Options = {},
): AsyncGenerator<LiveMessage, void> {
  if (typeof WebSocket === "undefined") throw new Error(NO_WEB_SOCKET);
  const { url } = await client.createLiveTicket(id, signal === undefined ? {} : { signal });
  const socket = new WebSocket(url);
  const told: LiveMessage[] = [];
  let isOver = false;
  let isOpen = false;
  let wake = () => {};
  const end = () => {
    isOver = true;
    wake();
  };
  socket.addEventListener("open", () => {
    isOpen = true;
  });
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
    if (!isOpen && signal?.aborted !== true) throw new Error("the WebSocket did not open");
  } finally {
    signal?.removeEventListener("abort", end);
    socket.close();
  }
}
