/** Where a batch's part of a merged list of calls begins. Pure. */

import { type BatchRoute, callId, parseCallId } from "../../calling/secrets/ids.ts";
import type { CallPart } from "../rpc.ts";
import type { CallWindow } from "../store/attempts.ts";

const BELOW_ALL = 0;
const ABOVE_ALL = Number.MAX_SAFE_INTEGER;

/**
 * The call's number and the times between which to read. In the cursor's own batch the number is the bound. In another
 * batch, all ids sort on the same side of the cursor's id. So of the calls with the cursor's time, all count or none.
 */
export function boundsOf(route: BatchRoute, part: CallPart): { readonly number: number; readonly window: CallWindow } {
  const { window, beyond, direction } = part;
  const isOlder = direction === "older";
  const open = isOlder ? ABOVE_ALL : BELOW_ALL;
  if (beyond === null) return { number: open, window };
  const cursor = parseCallId(beyond.id);
  if (cursor?.route === route) return { number: cursor.number, window };
  const isSmaller = callId(route, 1) < beyond.id;
  const countsSameInstant = isOlder === isSmaller;
  if (isOlder) {
    const until = beyond.createdAt - (countsSameInstant ? 0 : 1);
    return { number: open, window: { ...window, until: Math.min(window.until ?? ABOVE_ALL, until) } };
  }
  const from = beyond.createdAt + (countsSameInstant ? 0 : 1);
  return { number: open, window: { ...window, from: Math.max(window.from ?? BELOW_ALL, from) } };
}
