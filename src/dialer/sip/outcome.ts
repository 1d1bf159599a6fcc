/**
 * What the final SIP status of an unanswered call means (RFC 3261, 21; RFC 8197, RFC 8688). One table for all carriers
 * that report it. A status that is not in the table means failed.
 */

import type { EndReason } from "../../calling/words/call.ts";

const END_REASON_OF_SIP: ReadonlyMap<number, EndReason> = new Map([
  // Busy Here, Busy Everywhere, Decline: a person, or their phone, refused for now.
  [486, "dial_busy"],
  [600, "dial_busy"],
  [603, "dial_busy"],
  // Request Timeout, Temporarily Unavailable, Request Terminated (the gateway's own cancel after ringing).
  [408, "dial_no_answer"],
  [480, "dial_no_answer"],
  [487, "dial_no_answer"],
]);

/** `status`: null if the carrier reports none. */
export const endReasonOfSip = (status: number | null): EndReason =>
  (status === null ? undefined : END_REASON_OF_SIP.get(status)) ?? "dial_failed";

/** A final SIP status, as a number or as text; null for anything else. */
export function sipStatusOf(value: unknown): number | null {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 699 ? status : null;
}
