/**
 * Reserves memory for answers that are written while they are sent. A batch with 5,000 recipients takes some MiB for as
 * long as its client reads. So a few are read at once, and other requests wait before they ask for anything.
 */

import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import {
  LABELS,
  MAX_METADATA_BYTES,
  MAX_NOTES_CHARACTERS,
  MAX_STORED_BYTES,
  MAX_URL_CHARACTERS,
  PAGE_LIMIT,
} from "../../calling/requests/limits.ts";
import { type ApiContext, type ApiEnv, pathPart } from "../context.ts";
import { bodyDeadlineMs } from "./body-deadline.ts";
import { type Place, Room } from "./room.ts";

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

/** The same for a file of a batch's recipients. A file of a longer list may take longer while nobody waits. */
const LARGEST_FILE_BYTES = 2 * MAX_STORED_BYTES;

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
  const { place, lost } = await placeFor(c, known === undefined ? LARGEST_BYTES : bytesOf(known), LARGEST_ANSWER_BYTES);
  return {
    answer: (json, recipients) => {
      if (sizes.size >= SIZES_AT_MOST) sizes.clear();
      sizes.set(batchId, recipients);
      place.shrink(bytesOf(recipients));
      c.set("leaveRoom", () => {});
      return until(json, lost, place.leave);
    },
  };
}

/** `answerBytes`: decides how long the client may take to read it. */
async function placeFor(
  c: ApiContext,
  bytes: number,
  answerBytes: number,
): Promise<{ readonly place: Place; readonly lost: AbortSignal }> {
  const lost = new AbortController();
  const place = await ANSWERS.take(c.get("organizationId"), bytes, {
    waitMs: WAIT_MS,
    holdMs: bodyDeadlineMs(answerBytes),
    onLost: () => lost.abort(new Error("the answer was not read in time, and its memory was needed for others")),
  });
  if (place === null) throw new HTTPException(503);
  c.set("leaveRoom", place.leave);
  return { place, lost: lost.signal };
}

/** Answers up to this size need no reservation. */
const FREE_BYTES = MIB;
/** What is said about a call: rarely are all fields as long as they may be. */
const REMARKS_BYTES = MAX_NOTES_CHARACTERS + 2 * MAX_URL_CHARACTERS + LABELS.tags * LABELS.characters;
/** An item with the largest metadata: as it arrives, as it is read, and as the text that is made of it. */
const ITEM_BYTES = 3 * (MAX_METADATA_BYTES + REMARKS_BYTES + RECIPIENT_BYTES);

/** The memory for so many recipients, calls or events with the largest metadata. */
export const bytesOfItems = (items: number): number => items * ITEM_BYTES;
/** As many as the query asks for. It is not validated yet. */
export const itemsAsked = (c: ApiContext): number => {
  const limit = Number(c.req.query("limit") ?? PAGE_LIMIT.usual);
  return limit >= PAGE_LIMIT.least && limit <= PAGE_LIMIT.most ? limit : PAGE_LIMIT.usual;
};

/** Of a character: two as text, and three as UTF-8. */
const CHARACTER_BYTES = 5;
/** The answer is written, so it takes no more than its text. A page is rarely as large as it may be. */
export const isWritten = (c: ApiContext, text: string): void => c.get("shrinkRoom")?.(text.length * CHARACTER_BYTES);

/**
 * For an operation with an answer that may be large: it reserves so many bytes until the answer is read, or written whole
 * and smaller.
 */
export const inReadingRoom =
  (bytesFor: (c: ApiContext) => number): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const bytes = bytesFor(c);
    if (bytes <= FREE_BYTES) return next();
    const { place, lost } = await placeFor(c, bytes, LARGEST_FILE_BYTES);
    c.set("shrinkRoom", place.shrink);
    await next();
    const { body, ok } = c.res;
    if (body === null || !ok) return;
    c.set("leaveRoom", () => {});
    c.res = new Response(until(body, lost, place.leave), c.res);
  };

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
