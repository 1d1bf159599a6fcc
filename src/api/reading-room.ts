/**
 * Room for answers that are written while they are sent. A batch with 5,000 people is some MiB in memory for as long as its
 * client takes to read it, so a few are read at once, and the others wait before anything is asked.
 */

import { HTTPException } from "hono/http-exception";
import { bodyDeadlineMs } from "./body-deadline.ts";
import { type ApiContext, pathPart } from "./context.ts";
import { Room } from "./room.ts";

const MIB = 1_024 * 1_024;
/** Four of the largest at once in an isolate, and two of an organization. */
const ANSWERS = new Room(24 * MIB, 12 * MIB);
/** What a recipient is without its metadata, and what is on its way: the part that is read, written and encoded. */
const RECIPIENT_BYTES = 1_024;
const PART_BYTES = MIB;
const LARGEST_BYTES = 6 * MIB;
/** So few need no room. */
const FEW_RECIPIENTS = 100;
const WAIT_MS = 15_000;
/** A client that has not read this much by its deadline makes room for those who wait. As JSON, with metadata. */
const LARGEST_ANSWER_BYTES = 16 * MIB;

/** How many people a batch had when it was read last. Without it a read waits for more room than it needs. */
const sizes = new Map<string, number>();
const SIZES_AT_MOST = 10_000;

const bytesOf = (recipients: number): number =>
  recipients <= FEW_RECIPIENTS ? 0 : Math.min(LARGEST_BYTES, PART_BYTES + recipients * RECIPIENT_BYTES);

export type Reading = {
  /** The answer. It keeps the room until it is read, or its reader is gone. `recipients`: of the batch. */
  readonly answer: (json: ReadableStream<Uint8Array>, recipients: number) => ReadableStream<Uint8Array>;
};

/** For a batch of the path. Throws a 503 (`app.ts` answers it) where there is no room in time. Without an answer the room is left with the request. */
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

/** The stream, no faster than it is taken. It breaks off when the room is lost. */
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
