/** The words for a call: one attempt to reach one recipient. As in the published API. */

/** created: placed, neither connected nor ended. started: connected. The other two are final. */
export const CALL_STATUSES = ["created", "started", "completed", "failed"] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export const END_REASONS = [
  "agent_hangup",
  "client_hangup",
  "api_cancelled",
  "max_duration",
  "inactivity",
  "client_disconnected",
  "dial_busy",
  "dial_failed",
  "dial_no_answer",
  "error",
] as const;
export type EndReason = (typeof END_REASONS)[number];

/**
 * The beginning of the message for a call that may or may not have been placed. It is not dialed again automatically.
 */
export const NOT_CERTAIN = "it is not certain whether a call was placed";
