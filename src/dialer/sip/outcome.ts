/**
 * What the final SIP status of a call that was never answered means here (RFC 3261, 21; RFC 8197, RFC 8688), for every
 * carrier that tells one: the one table. A status that is not in it failed.
 */

import type { EndReason } from "../../calling/words/call.ts";

const END_REASON_OF_SIP: ReadonlyMap<number, EndReason> = new Map([
  // Busy Here, Busy Everywhere, Decline: a person, or a phone for one, said no for now.
  [486, "dial_busy"],
  [600, "dial_busy"],
  [603, "dial_busy"],
  // Request Timeout, Temporarily Unavailable, Request Terminated (the gateway's own cancel when ringing is over).
  [408, "dial_no_answer"],
  [480, "dial_no_answer"],
  [487, "dial_no_answer"],
]);

/** `status`: null where the carrier tells none. */
export const endReasonOfSip = (status: number | null): EndReason =>
  (status === null ? undefined : END_REASON_OF_SIP.get(status)) ?? "dial_failed";

/** A final SIP status, as a number or as text; null for anything else. */
export function sipStatusOf(value: unknown): number | null {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 699 ? status : null;
}
