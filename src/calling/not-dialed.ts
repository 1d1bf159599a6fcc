/** Why a recipient failed although nobody tried to dial it: the word for programs, and the sentence for people. */

export const NOT_DIALED = {
  do_not_call: "its number is on the do-not-call list",
  window_expired: "its calling window expired before it could be called",
  window_never_open:
    "it may never be called: its time zone is not known and the calling window blocks that, or its windows are never open together",
} as const;
export type NotDialed = keyof typeof NOT_DIALED;
export const NOT_DIALED_REASONS = Object.keys(NOT_DIALED) as readonly NotDialed[];
