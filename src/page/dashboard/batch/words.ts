/** All texts of a batch's page, but for its settings and the dialogs in `add/` and `change/`. Pure. */

import type { Attempt, Batch, BatchDetail } from "../../../client/client.ts";
import { isStopped, isTalking, isWaiting, stoppedWords, waitingWords } from "../text/batch-state.ts";
import { byWords } from "../text/by.ts";
import { count, dateTime, people, plural } from "../text/format.ts";
import { turnWords } from "../text/turn.ts";

export const WORDS = {
  back: "Batches",
  title: "Batch",
  unknown: "No such batch",
  live: "Live",
  polled: "Updates every 2 s",
  add: "Add people",
  change: "Change",
  duplicate: "Duplicate",
  history: "History",
  settings: "Settings",
  everybody: (all: number) => `Everybody (${count(all)})`,
  shown: (found: number) => `Shown now (${count(found)})`,
} as const;

type About = Pick<
  Batch,
  "created_at" | "scheduled_at" | "admitted_at" | "cancelled_at" | "cancelled_by" | "retry_count"
>;

/** "Ann · from +1 202 555 0100 · started 24 Nov 2026, 15:02 CET · cancelled 24 Nov 2026, 15:10 CET by crm". */
export function aboutWords(batch: About, agent: string | null, number: string | null): string {
  const { created_at, scheduled_at, admitted_at, cancelled_at, cancelled_by, retry_count } = batch;
  const began =
    admitted_at !== undefined
      ? `started ${dateTime(admitted_at)}`
      : scheduled_at !== undefined
        ? `scheduled for ${dateTime(scheduled_at)}`
        : `created ${dateTime(created_at)}`;
  const by = cancelled_by === undefined ? "" : ` by ${byWords(cancelled_by)}`;
  const words = [
    agent,
    number === null ? null : `from ${number}`,
    began,
    retry_count > 0 ? `retried ${plural(retry_count, "time")}` : null,
    cancelled_at === undefined ? null : `cancelled ${dateTime(cancelled_at)}${by}`,
  ];
  return words.filter((word) => word !== null).join(" · ");
}

/** Read aloud at every tenth of the way, not at each call. */
export function announcement({ total_calls_finished: finished, recipients_called: called, ...batch }: Batch): string {
  const { total_calls_scheduled: all, name } = batch;
  if (all === 0) return "";
  if (finished === all) return `${name}: finished. ${people(called)} called.`;
  const tenths = Math.floor((called / all) * 10);
  return tenths === 0 ? "" : `${name}: ${tenths * 10} percent called.`;
}

/** What the batch does now, or what it waits for and until when. */
export function standingWords(batch: Batch): string {
  const { waiting_until: until, turn, circuit_breaker: breaker } = batch;
  const reason = batch.paused_at === undefined ? batch.waiting_reason : "paused";
  if (isStopped(batch) && breaker !== undefined) {
    const then =
      breaker.until === undefined
        ? "It continues when you resume it."
        : `One call is tried at ${dateTime(breaker.until)}. If it succeeds, the batch continues.`;
    return `${stoppedWords(breaker)} ${then}`;
  }
  if (!isWaiting(batch)) return isTalking(batch) ? STANDING.last : STANDING.over;
  if (reason === undefined || reason === "batch_concurrency") {
    return isTalking(batch) ? STANDING.calling : STANDING.starting;
  }
  const continues =
    until === undefined ? "" : ` ${reason === "scheduled" ? "Starts" : "Continues"} ${dateTime(until)}.`;
  return `${waitingWords(reason)}${turn === undefined ? "" : ` ${turnWords(turn)}`}${continues}`;
}

const STANDING = {
  starting: "The next calls start in a moment.",
  calling: "Calling now.",
  last: "Nobody is waiting. The last calls are in progress.",
  over: "All calls are over.",
} as const;

/** The people that an action concerns. */
export type Concerned = {
  /** Nobody waits: the batch is on its last calls. */
  readonly isLast: boolean;
  readonly isHeld: boolean;
  readonly queued: number;
  readonly failed: number;
  /** Of those who failed: their call may have been placed. */
  readonly uncertain: number;
  readonly inFlight: number;
};

const talking = ({ inFlight }: Concerned): string =>
  inFlight === 0 ? "" : ` ${plural(inFlight, "call")} in progress ${inFlight === 1 ? "continues" : "continue"}.`;

const unknown = ({ uncertain }: Concerned): string =>
  uncertain === 0 ? "" : ` ${count(uncertain)} of them may have been called already: the result is unknown.`;

export type ActionWords = {
  readonly label: string;
  readonly title: string;
  readonly about: (concerned: Concerned) => string;
  readonly action: (concerned: Concerned) => string;
  readonly done: (concerned: Concerned) => string;
};

export const ACTIONS = {
  pause: {
    label: "Pause",
    title: "Pause this batch?",
    about: (of) =>
      of.isLast
        ? `Nobody is waiting. People not reached by the current calls are not retried until you resume.${talking(of)}`
        : `${people(of.queued)} still waiting will not be called until you resume.${talking(of)}`,
    action: ({ isLast, queued }) => (isLast ? "Pause" : `Pause ${people(queued)}`),
    done: () => "Paused.",
  },
  resume: {
    label: "Resume",
    title: "Resume this batch?",
    about: ({ isLast, queued }) =>
      isLast ? "People not reached by the current calls will be retried." : `${people(queued)} waiting will be called.`,
    action: ({ isLast, queued }) => (isLast ? "Resume" : `Call ${people(queued)}`),
    done: () => "Resumed.",
  },
  cancel: {
    label: "Cancel",
    title: "Cancel this batch?",
    about: (of) =>
      of.isLast
        ? `Nobody is waiting. People not reached by the current calls are not retried.${talking(of)}`
        : `${people(of.queued)} still waiting will never be called. This cannot be undone.${talking(of)}`,
    action: ({ isLast, queued }) => (isLast ? "Cancel retries" : `Cancel ${people(queued)}`),
    done: () => "Cancelled.",
  },
  retry: {
    label: "Retry",
    title: "Retry people who were not reached?",
    about: (of) => {
      const when = of.isHeld
        ? "The batch is paused: they wait until you resume it."
        : "They are called as soon as hours, slots and pace allow.";
      return `${people(of.failed)} whose latest call failed or was not answered. ${when}${unknown(of)}`;
    },
    action: ({ failed }) => `Retry ${people(failed)}`,
    done: ({ isHeld, failed }) => (isHeld ? `${people(failed)} wait until you resume.` : `Retrying ${people(failed)}.`),
  },
} as const satisfies Readonly<Record<string, ActionWords>>;

export const TILES = {
  called: "Called",
  completed: "Completed",
  onPhone: "On the phone",
  timeLeft: "Time left",
  perMinute: "People a minute",
  took: "Took",
  of: (all: number) => `of ${count(all)}`,
  atOnce: (limit: number) => `of ${count(limit)} at once`,
  ofCalled: (share: string) => `${share} of called`,
  rate: (rate: number) => `${count(rate)} a minute`,
  average: "on average",
} as const;

export const CHART = {
  title: "Calls in flight",
  inFlight: "In flight",
  limit: (limit: number) => `Limit ${count(limit)}`,
  about: (now: number, peak: number, limit: number) =>
    `${plural(now, "call")} in flight, at most ${peak} so far, of a limit of ${limit}`,
  /** For each outcome that there is. */
  outcomes: "Outcomes",
  ofAll: (all: number, parts: readonly string[]) => `Of ${people(all)}: ${parts.join(", ")}`,
} as const;

export const PEOPLE = {
  title: "People",
  of: (found: number) => `${count(found)} of `,
  search: "Search people",
  searchHint: "Search numbers, names …",
  outcome: "Outcome",
  allOutcomes: "All outcomes",
  marks: {
    outcome: { label: "Call outcome, as it was set", hint: "Marked as" },
    tag: { label: "Call tag", hint: "Tag" },
  },
  found: (found: number) => `${people(found)} found`,
  none: "No matches.",
  clear: "Clear filters",
  machine: "a machine answered",
} as const;

export const PERSON = {
  sent: "Sent to the agent",
  attempts: "Attempts",
  notCalled: "Not called yet.",
  details: "Details",
  yourId: "Your ID",
  id: "Recipient",
  timezone: "Time zone",
  notBefore: (at: string) => `Not before ${dateTime(at)}.`,
  end: "End this call",
  endTitle: "End this call?",
  endAbout: (number: string) => `This ends the call with ${number} now.`,
  endAction: "End 1 call",
  ending: "The call is being ended.",
  never: "Never call again",
  listed: "On the do-not-call list",
  neverTitle: (number: string) => `Never call ${number} again?`,
  neverAbout: "No batch calls this number again. A call in progress continues.",
  neverAction: "Never call 1 number",
  nowListed: (number: string) => `${number} is on the do-not-call list.`,
  reason: "Reason",
  reasonHint: "Asked not to be called",
} as const;

export const ATTEMPT = {
  answeredBy: { human: "a person answered", machine: "a machine answered", unknown: null },
  rang: (time: string) => `rang for ${time}`,
  talked: (time: string) => `talked for ${time}`,
  answered: (at: string) => `answered at ${at}`,
  carrier: (code: string) => `Carrier code ${code}`,
  sip: (code: number) => `SIP ${code}`,
  recording: "Recording",
  transcript: "Transcript",
} as const satisfies {
  readonly answeredBy: Readonly<Record<NonNullable<Attempt["answered_by"]>, string | null>>;
} & Record<string, unknown>;

export const DUPLICATE = {
  title: "Duplicate this batch",
  action: "Continue",
  legend: "What to copy",
  all: (batch: BatchDetail) => `Settings and ${people(batch.recipients.length)}`,
  settings: "Settings only",
  about: "A new batch opens with the same settings. Nobody is called before you review and send it.",
  replaces: "This replaces the new batch that you have begun.",
} as const;
