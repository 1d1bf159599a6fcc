/** The outcome for a person, as text and one of eight colours. Pure. */

import { NOT_CERTAIN } from "../../../calling/words/call.ts";
import { type Outcome, outcomeOf } from "../../../calling/words/outcome.ts";
import type { BatchDetail } from "../../../client/client.ts";

type Recipient = BatchDetail["recipients"][number];
export type Told = Pick<Recipient, "status" | "end_reason" | "error_message">;

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  completed: "Completed",
  unanswered: "No answer",
  busy: "Busy",
  failed: "Failed",
  talking: "Talking",
  dialing: "Dialing",
  queued: "Waiting",
  cancelled: "Cancelled",
};

const ENDS: Readonly<Record<NonNullable<Recipient["end_reason"]>, string>> = {
  agent_hangup: "the agent hung up",
  client_hangup: "they hung up",
  api_cancelled: "ended by your team",
  max_duration: "longest duration reached",
  inactivity: "nobody spoke",
  client_disconnected: "disconnected",
  dial_busy: "",
  dial_failed: "could not be connected",
  dial_no_answer: "",
  error: "an error ended it",
};

/** A detail of the end: "they hung up". Empty if the outcome says all. */
export const endWords = ({ end_reason, error_message }: Told): string =>
  error_message ?? (end_reason === undefined ? "" : (ENDS[end_reason] ?? end_reason.replaceAll("_", " ")));

/** A call may have been placed, but it is not known. The person is not dialed again automatically. */
export const isUncertain = ({ status, error_message }: Told): boolean =>
  status === "failed" && error_message?.startsWith(NOT_CERTAIN) === true;

export function countOutcomes(recipients: readonly Told[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    completed: 0,
    unanswered: 0,
    busy: 0,
    failed: 0,
    talking: 0,
    dialing: 0,
    queued: 0,
    cancelled: 0,
  };
  for (const one of recipients) counts[outcomeOf(one)] += 1;
  return counts;
}
