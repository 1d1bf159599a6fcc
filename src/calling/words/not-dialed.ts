/** Why a recipient failed without a call: a code for programs, and a sentence for people. */

import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../requests/limits.ts";

export const NOT_DIALED = {
  do_not_call: "its number is on the do-not-call list",
  window_expired: "its calling window expired before it could be called",
  window_never_open:
    "it can never be called: its time zone is unknown and the calling window blocks such recipients, or its windows are never open together",
  not_now: "it may not be called now, and a direct call does not wait",
  not_in_time: `it could not be dialed within ${DIRECT_CALLS_BEGIN_WITHIN_MS / 1_000} s, and a direct call does not wait`,
  line_gone: "its batch's agent or phone number was deleted, or can no longer serve the batch",
  erased: "its data was erased before it could be called",
} as const;
export type NotDialed = keyof typeof NOT_DIALED;
export const NOT_DIALED_REASONS = Object.keys(NOT_DIALED) as readonly NotDialed[];
