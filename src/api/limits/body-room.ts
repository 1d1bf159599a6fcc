/**
 * Reserves memory for bodies. From before a large body is read until its answer, at most its size is kept: the bytes,
 * or the pages made from them. Values in between are dropped before the next wait.
 */

import { HTTPException } from "hono/http-exception";
import { MAX_BODY_BYTES } from "../../calling/requests/limits.ts";
import type { ApiContext } from "../context.ts";
import { bodyDeadlineMs } from "./body-deadline.ts";
import { addressOf } from "./rate-limits.ts";
import { Room } from "./room.ts";

/** Two of the largest at once in an isolate, and one for each organization. */
const BODIES = new Room(2 * MAX_BODY_BYTES, MAX_BODY_BYTES);
/** Bodies up to this size need no reservation, so large ones never delay a callback or a change. */
export const FREE_BYTES = 64 * 1_024;
/** Long enough to take in some of the largest, short enough for a waiting client. */
const WAIT_MS = 15_000;
/** Beyond the time that the body may take to arrive. */
const ANSWER_MS = 60_000;

/** Parts of another request that has its reservation: an MCP tool's. */
const parts = new WeakSet<Request>();
export const markPart = (request: Request): void => void parts.add(request);

/** `bytes`: the most that may arrive. Throws a 503 if no memory is free in time; `app.ts` answers it. */
export async function roomForBody(c: ApiContext, bytes: number): Promise<void> {
  if (bytes <= FREE_BYTES || parts.has(c.req.raw)) return;
  // A revoked key takes none of its organization's memory.
  await c.get("check")?.holds();
  const owner = c.get("organizationId") ?? addressOf(c) ?? "";
  const place = await BODIES.take(owner, bytes, { waitMs: WAIT_MS, holdMs: bodyDeadlineMs(bytes) + ANSWER_MS });
  if (place === null) throw new HTTPException(503);
  const { promise, resolve } = Promise.withResolvers<void>();
  // If the client goes away, the request still ends and gives its memory back.
  c.executionCtx.waitUntil(promise);
  c.set("leaveRoom", () => {
    place.leave();
    resolve();
  });
}

/** Call it when the request is answered, or has failed. */
export const leaveRoom = (c: ApiContext): void => c.get("leaveRoom")?.();
