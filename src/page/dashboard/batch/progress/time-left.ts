/** The time that a batch still takes. Pure. */

import type { Batch } from "../../../../client/client.ts";
import { isTalking } from "../../text/batch-state.ts";

type Told = Pick<
  Batch,
  | "status"
  | "total_calls_scheduled"
  | "total_calls_dispatched"
  | "total_calls_finished"
  | "paused_at"
  | "scheduled_at"
  | "circuit_breaker"
> & { readonly estimated_end_at?: string | undefined };

/** The batch's own estimate; before there is one, by the pace that the page has seen. Null without either. */
export function leftMs(batch: Told, perMinute: number | null, now: number): number | null {
  if (batch.estimated_end_at !== undefined) return Math.max(0, Date.parse(batch.estimated_end_at) - now);
  // Without calls the pace tells nothing: the people left wait for another call or for their hours.
  if (perMinute === null || perMinute === 0 || batch.paused_at !== undefined || !isTalking(batch)) return null;
  return ((batch.total_calls_scheduled - batch.total_calls_finished) / perMinute) * 60_000;
}
