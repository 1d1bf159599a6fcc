/** Why a recipient failed without a call: a code for programs, and a sentence for people. */

import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../requests/limits.ts";

export const NOT_DIALED = {
  do_not_call: "its number is on the do-not-call list",
  window_expired: "its calling window expired before it could be called",
  window_never_open:
    "it may never be called: its time zone is not known and the calling window blocks that, or its windows are never open together",
  not_now: "it may not be called at this moment, and a direct call is now or never",
  not_in_time: `it could not be dialed within ${DIRECT_CALLS_BEGIN_WITHIN_MS / 1_000} s, and a direct call is now or never`,
} as const;
export type NotDialed = keyof typeof NOT_DIALED;
export const NOT_DIALED_REASONS = Object.keys(NOT_DIALED) as readonly NotDialed[];
