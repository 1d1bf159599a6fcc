/** The outcomes of each destination in a request for direct calls. Published API: `POST /agents/calls`. */

export const DIRECT_CALL_ERRORS = [
  /** No slot was free for it. Nothing was dialed. */
  "concurrency_limited",
  /** It is on the organization's do-not-call list. Nothing was dialed. */
  "do_not_call",
  /** The organization's calling window is closed for this number. Nothing was dialed. */
  "outside_calling_window",
  /** The carrier placed no call, or it could not be asked in time; the message says what is known. */
  "call_not_placed",
] as const;
export type DirectCallErrorCode = (typeof DIRECT_CALL_ERRORS)[number];
export type DirectCallError = { readonly code: DirectCallErrorCode; readonly message: string };

/** The organization's decision: for each destination why it is not called; null if it is. */
export type Admission = readonly (DirectCallError | null)[];

/** A call, whatever its result; or none, and why. */
export type DirectCallOutcome =
  | { readonly kind: "call"; readonly callId: string }
  | { readonly kind: "error"; readonly error: DirectCallError };

export const directCallError = (code: DirectCallErrorCode, message: string): DirectCallOutcome => ({
  kind: "error",
  error: { code, message },
});
