/** Who answered a call, where the carrier can tell a person from a machine, and what is made of a machine. Ours. */

import type { EndReason } from "./call.ts";

/** hang_up: nobody was reached. continue: the agent goes on, and the call ends like any other. */
export const ON_VOICEMAIL = ["hang_up", "continue"] as const;
export type OnVoicemail = (typeof ON_VOICEMAIL)[number];

/** unknown: the carrier listened and could not tell. */
export const ANSWERED_BY = ["human", "machine", "unknown"] as const;
export type AnsweredBy = (typeof ANSWERED_BY)[number];

/**
 * Who is known to have answered, after one more word of the carrier's. The first that tells a person from a machine stays,
 * however late another comes; that it could not be told gives way to it, so the order of the two does not matter.
 */
export const knownAfter = (before: AnsweredBy | null, said: AnsweredBy | null): AnsweredBy | null =>
  before === null || (before === "unknown" && said !== null) ? said : before;

/**
 * How a call ends that was hung up on because a machine answered. The published API has no word for it, and nobody was
 * reached; that it was a machine stands beside it.
 */
export const REACHED_A_MACHINE: EndReason = "dial_no_answer";
