/**
 * Reserves memory for answers that are written while they are sent. A batch with 5,000 recipients takes some MiB for as
 * long as its client reads. So a few are read at once, and other requests wait before they ask for anything.
 */

import { HTTPException } from "hono/http-exception";
import { bodyDeadlineMs } from "./body-deadline.ts";
import { type ApiContext, pathPart } from "./context.ts";
import { Room } from "./room.ts";

const MIB = 1_024 * 1_024;
/** Four of the largest at once in an isolate, and two for each organization. */
const ANSWERS = new Room(24 * MIB, 12 * MIB);
/** The size of a recipient without its metadata, and of the part that is being read, written and encoded. */
const RECIPIENT_BYTES = 1_024;
const PART_BYTES = MIB;
const LARGEST_BYTES = 6 * MIB;
/** Batches up to this size need no reservation. */
const FEW_RECIPIENTS = 100;
const WAIT_MS = 15_000;
/** A client that has not read this much by its deadline loses its place to waiting ones. As JSON, with metadata. */
const LARGEST_ANSWER_BYTES = 16 * MIB;

/** How many recipients a batch had at its last read. Without it, a read reserves more than it needs. */
const sizes = new Map<string, number>();
const SIZES_AT_MOST = 10_000;

const bytesOf = (recipients: number): number =>
  recipients <= FEW_RECIPIENTS ? 0 : Math.min(LARGEST_BYTES, PART_BYTES + recipients * RECIPIENT_BYTES);

export type Reading = {
  /** The answer. It keeps its reservation until it is read, or its reader is gone. `recipients`: the batch's count. */
  readonly answer: (json: ReadableStream<Uint8Array>, recipients: number) => ReadableStream<Uint8Array>;
};

/**
 * For the batch in the path. Throws a 503 if no memory is free in time; `app.ts` answers it. Without an answer, the
 * reservation ends with the request.
 */
export async function roomToRead(c: ApiContext): Promise<Reading> {
  const batchId = pathPart(c, "batch_id");
  const known = sizes.get(batchId);
  const bytes = known === undefined ? LARGEST_BYTES : bytesOf(known);
  const lost = new AbortController();
  const place = await ANSWERS.take(c.get("organizationId"), bytes, {
    waitMs: WAIT_MS,
    holdMs: bodyDeadlineMs(LARGEST_ANSWER_BYTES),
    onLost: () => lost.abort(new Error("the answer was not read in time, and others waited for its room")),
  });
  if (place === null) throw new HTTPException(503);
  c.set("leaveRoom", place.leave);
  return {
    answer: (json, recipients) => {
      if (sizes.size >= SIZES_AT_MOST) sizes.clear();
      sizes.set(batchId, recipients);
      place.shrink(bytesOf(recipients));
      c.set("leaveRoom", () => {});
      return until(json, lost.signal, place.leave);
    },
  };
}

/** The stream, no faster than it is read. It breaks off if its place is lost. */
function until(stream: ReadableStream<Uint8Array>, lost: AbortSignal, leave: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          lost.throwIfAborted();
          const { value, done } = await reader.read();
          lost.throwIfAborted();
          if (!done) return controller.enqueue(value);
          leave();
          controller.close();
        } catch (error) {
          leave();
          controller.error(error);
          await reader.cancel(error);
        }
      },
      async cancel(reason) {
        leave();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
