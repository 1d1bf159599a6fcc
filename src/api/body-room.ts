/**
 * Room for bodies. From before a large body is read until its request is answered no more of it is kept than its size: the
 * bytes, or the pages that became of them. What is made of it in between is gone before anything else is waited for.
 */

import { HTTPException } from "hono/http-exception";
import { MAX_BODY_BYTES } from "../calling/requests/limits.ts";
import { bodyDeadlineMs } from "./body-deadline.ts";
import type { ApiContext } from "./context.ts";
import { addressOf } from "./rate-limits.ts";
import { Room } from "./room.ts";

/** Two of the largest at once in an isolate, and one of an organization. */
const BODIES = new Room(2 * MAX_BODY_BYTES, MAX_BODY_BYTES);
/** Bodies up to this need no room, so that large ones never keep a callback or a change waiting. */
export const FREE_BYTES = 64 * 1_024;
/** Long enough for some of the largest to be taken in, short enough for a client that waits. */
const WAIT_MS = 15_000;
/** Beyond what its body may take to arrive. */
const ANSWER_MS = 60_000;

/** A part of another request that has room already: an MCP tool's. */
const parts = new WeakSet<Request>();
export const markPart = (request: Request): void => void parts.add(request);

/** `bytes`: as many as may arrive. Throws a 503 (`app.ts` answers it) where there is no room in time. */
export async function roomForBody(c: ApiContext, bytes: number): Promise<void> {
  if (bytes <= FREE_BYTES || parts.has(c.req.raw)) return;
  const owner = c.get("organizationId") ?? addressOf(c) ?? "";
  const place = await BODIES.take(owner, bytes, { waitMs: WAIT_MS, holdMs: bodyDeadlineMs(bytes) + ANSWER_MS });
  if (place === null) throw new HTTPException(503);
  const { promise, resolve } = Promise.withResolvers<void>();
  // Where its client goes away the request still comes to its end, and leaves.
  c.executionCtx.waitUntil(promise);
  c.set("leaveRoom", () => {
    place.leave();
    resolve();
  });
}

/** The request is answered, or has failed. */
export const leaveRoom = (c: ApiContext): void => c.get("leaveRoom")?.();
