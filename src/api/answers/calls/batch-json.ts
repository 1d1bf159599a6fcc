/**
 * A batch with all recipients as JSON. It is written while it is sent: one part of the recipients at a time, no faster
 * than the client reads.
 */

import type { BatchSnapshot, PartRequest, SnapshotPart } from "../../../batch/rpc.ts";
import type { Turn } from "../../../calling/messages/turn.ts";
import { present } from "../../../calling/requests/assert.ts";
import { sha256 } from "../../../calling/secrets/digest.ts";
import { presentBatchHead } from "./batch.ts";

/**
 * The batch's ETag, from what can change in it. So it is known before the first byte is written. Metadata changes only by
 * an erasure, and an earlier attempt only with `last_updated_at`.
 */
export async function tagOf(snapshot: BatchSnapshot, turn: Turn | null): Promise<string> {
  const { heads, latest, earlier } = snapshot;
  const text = `${JSON.stringify([presentBatchHead(snapshot, turn), earlier])}${heads.join()}${latest?.join() ?? ""}`;
  return `"${await sha256(text)}"`;
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
  const { heads, latest, earlier, ends, firstPart } = snapshot;
  let opening = `${JSON.stringify(presentBatchHead(snapshot, turn)).slice(0, -1)},"recipients":[`;
  let number = 0;
  let from = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const until = present(ends[number], "it closes after the last part");
        const request = () => ({ from, until, earlier: earlier?.slice(from, until) ?? null });
        const part = number === 0 ? firstPart : await partOf(request());
        const people = heads.slice(from, until).map((head, index) => {
          const last = latest === null ? "" : `${latest[from + index]}]`;
          return `${head}${part[index]}${last}}`;
        });
        number += 1;
        from = until;
        const isLast = number === ends.length;
        controller.enqueue(encoder.encode(`${opening}${people.join(",")}${isLast ? "]}" : ""}`));
        opening = ",";
        if (isLast) controller.close();
      },
    },
    // Nothing is read ahead of the client.
    { highWaterMark: 0 },
  );
}
