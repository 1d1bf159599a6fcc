/**
 * Who answered a call, if the carrier can tell a person from a machine, and how machines are treated. Not in the
 * published API.
 */

import type { EndReason } from "./call.ts";

/** hang_up: the recipient was not reached. continue: the agent talks, and the call ends like any other. */
export const ON_VOICEMAIL = ["hang_up", "continue"] as const;
export type OnVoicemail = (typeof ON_VOICEMAIL)[number];

/** unknown: the carrier listened and could not tell. */
export const ANSWERED_BY = ["human", "machine", "unknown"] as const;
export type AnsweredBy = (typeof ANSWERED_BY)[number];

/**
 * Who answered, after one more report of the carrier. The first report of a person or a machine stays, whatever comes
 * later. "Unknown" is replaced by either, so the order does not matter.
 */
export const knownAfter = (before: AnsweredBy | null, said: AnsweredBy | null): AnsweredBy | null =>
  before === null || (before === "unknown" && said !== null) ? said : before;

/**
 * The end reason of a call that was hung up on because a machine answered. The published API has no word for it, and
 * the recipient was not reached. A field beside it says that it was a machine.
 */
export const REACHED_A_MACHINE: EndReason = "dial_no_answer";
