/**
 * How long a body may take to arrive. Without a limit, a client that never ends its body would hold a connection and
 * memory for ever.
 */

import { HTTPException } from "hono/http-exception";
import { within } from "../../within.ts";

/** For every body. */
export const BODY_MS = 15_000;
/** Added for a large body: 2 Mbit/s, which a slow line has. */
const BYTES_PER_MS = 256;

/** `told`: the body's length in bytes by its header; null without one. */
export const bodyDeadlineMs = (told: number | null): number =>
  BODY_MS + (told === null || !Number.isFinite(told) ? 0 : Math.max(0, told) / BYTES_PER_MS);

/** Throws a 408 if the reading takes longer; `app.ts` answers it. */
export const inTime = <T>(reading: Promise<T>, deadlineMs: number): Promise<T> =>
  within(reading, deadlineMs, () => new HTTPException(408));
