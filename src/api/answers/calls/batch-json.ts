/**
 * A batch with all recipients as JSON. It is written while it is sent: one part of the recipients at a time, no faster
 * than the client reads.
 */

import type { BatchSnapshot, PartRequest, SnapshotPart } from "../../../batch/rpc.ts";
import type { Turn } from "../../../calling/messages/turn.ts";
import { sha256 } from "../../../calling/secrets/digest.ts";
import { presentBatchHead } from "./batch.ts";

/**
 * The batch's ETag, from what can change in it. So it is known before the first byte is written. Metadata changes only by
 * an erasure, and an earlier attempt only with `last_updated_at`.
 */
export async function tagOf(snapshot: BatchSnapshot, turn: Turn | null): Promise<string> {
  const first = await sha256(snapshot.firstPart);
  return `"${await sha256(JSON.stringify([presentBatchHead(snapshot, turn), first, snapshot.rest]))}"`;
}

/**
 * `partOf` is called for each part but the first, until the last part or until the client stops. If it throws, the
 * stream breaks off, so an incomplete batch never looks complete.
 */
export function batchJson(
  snapshot: BatchSnapshot,
  partOf: (request: PartRequest) => Promise<SnapshotPart>,
  turn: Turn | null = null,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { firstPart, rest } = snapshot;
  let sent = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const request = rest[sent - 1];
        const part = request === undefined ? firstPart : await partOf(request);
        const head = () => `${JSON.stringify(presentBatchHead(snapshot, turn)).slice(0, -1)},"recipients":[`;
        controller.enqueue(encoder.encode(request === undefined ? head() : ","));
        controller.enqueue(part);
        sent += 1;
        if (sent <= rest.length) return;
        controller.enqueue(encoder.encode("]}"));
        controller.close();
      },
    },
    // Nothing is read ahead of the client.
    { highWaterMark: 0 },
  );
}
