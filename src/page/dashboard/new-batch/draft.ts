/** What somebody has decided about a batch that does not exist yet, and the request that follows. Pure. */

import { MAX_CALL_DURATION_MINUTES, RINGING_TIMEOUT_SECONDS } from "../../../calling/limits.ts";
import type { NewBatch } from "../../../client/client.ts";
import type { Person } from "./people.ts";
import { instantOf, viewersZone, wallOf } from "./zoned-time.ts";

export const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" } as const;
export type Day = keyof typeof DAYS;

export type AgainOn = "dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail";

export type Draft = {
  readonly name: string;
  readonly agentId: string;
  readonly numberId: string;
  /** As written; empty: the API's choice. */
  readonly concurrency: string;
  readonly onDuplicate: "skip" | "allow";
  readonly start: "now" | "later";
  readonly startAt: string;
  readonly zone: string;
  readonly hasHours: boolean;
  readonly days: readonly Day[];
  readonly from: string;
  readonly until: string;
  readonly clock: "recipient" | "fixed";
  readonly unknownZone: "block" | "use_timezone";
  readonly callsAgain: boolean;
  readonly attempts: string;
  readonly againAfterMinutes: string;
  readonly againOn: readonly AgainOn[];
  /** On answering machines. */
  readonly hangsUp: boolean;
  readonly ringSeconds: string;
  readonly callMinutes: string;
};

const HOUR_MS = 3_600_000;

export const newDraft = (now: number): Draft => ({
  name: "",
  agentId: "",
  numberId: "",
  concurrency: "",
  onDuplicate: "skip",
  start: "now",
  startAt: wallOf(Math.ceil(now / HOUR_MS) * HOUR_MS + HOUR_MS, viewersZone()),
  zone: viewersZone(),
  hasHours: false,
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  until: "20:00",
  clock: "recipient",
  unknownZone: "block",
  callsAgain: false,
  attempts: "3",
  againAfterMinutes: "30",
  againOn: ["dial_no_answer", "dial_busy"],
  hangsUp: false,
  ringSeconds: "",
  callMinutes: "",
});

export type DraftField = "name" | "agentId" | "numberId" | "concurrency" | "startAt" | "hours" | "again" | "timeouts";
export type DraftFaults = Partial<Record<DraftField, string>>;

/** A machine counts as one only where it is hung up on. */
export const againOn = ({ againOn, hangsUp }: Draft): AgainOn[] =>
  againOn.filter((reason) => hangsUp || reason !== "voicemail");

const isWhole = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;

/** Empty: the API's choice. */
const isGivenWhole = (text: string, { least, most }: { readonly least: number; readonly most: number }): boolean =>
  text === "" || isWhole(text, least, most);

/** What can be said before anything is sent; the API has the last word. */
export function faultsOf(draft: Draft, limit: number | null, now: number): DraftFaults {
  const faults: DraftFaults = {};
  if (draft.name.trim() === "") faults.name = "Give the batch a name.";
  if (draft.agentId === "") faults.agentId = "Choose who talks.";
  if (draft.numberId === "") faults.numberId = "Choose the number that is shown.";
  if (draft.concurrency !== "" && !isWhole(draft.concurrency, 1, limit ?? Number.MAX_SAFE_INTEGER)) {
    faults.concurrency = `A whole number from 1 to ${limit ?? "your limit"}.`;
  }
  if (draft.start === "later") {
    const at = instantOf(draft.startAt, draft.zone);
    if (at === null) faults.startAt = "Choose a day and a time.";
    else if (at <= now) faults.startAt = "That time is over.";
    else if (at > now + 30 * 24 * HOUR_MS) faults.startAt = "At most 30 days ahead.";
  }
  if (draft.hasHours && draft.days.length === 0) faults.hours = "Choose at least one day.";
  else if (draft.hasHours && draft.from >= draft.until) faults.hours = "The end must come after the start.";
  if (draft.callsAgain) {
    if (againOn(draft).length === 0) faults.again = "Choose when to call again.";
    else if (!isWhole(draft.attempts, 2, 10)) faults.again = "From 2 to 10 calls to one person.";
    else if (!isWhole(draft.againAfterMinutes, 1, 10_080)) faults.again = "Whole minutes, at most a week.";
  }
  if (!isGivenWhole(draft.ringSeconds, RINGING_TIMEOUT_SECONDS)) {
    faults.timeouts = `A phone may ring from ${RINGING_TIMEOUT_SECONDS.least} to ${RINGING_TIMEOUT_SECONDS.most} seconds.`;
  } else if (!isGivenWhole(draft.callMinutes, MAX_CALL_DURATION_MINUTES)) {
    faults.timeouts = `A call may last from ${MAX_CALL_DURATION_MINUTES.least} to ${MAX_CALL_DURATION_MINUTES.most} minutes.`;
  }
  return faults;
}

const needsZone = ({ clock, unknownZone }: Draft): boolean => clock === "fixed" || unknownZone === "use_timezone";

export function requestOf(draft: Draft, people: readonly Person[]): NewBatch {
  const at = draft.start === "later" ? instantOf(draft.startAt, draft.zone) : null;
  return {
    name: draft.name.trim(),
    agent_id: draft.agentId,
    from_number_id: draft.numberId,
    recipients: people.map(({ to_number, metadata, timezone }) => ({
      to_number,
      ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
      ...(timezone === null ? {} : { timezone }),
    })),
    on_duplicate: draft.onDuplicate,
    ...(draft.concurrency === "" ? {} : { target_concurrency_limit: Number(draft.concurrency) }),
    ...(at === null ? {} : { scheduled_at: new Date(at).toISOString() }),
    ...(draft.ringSeconds === "" ? {} : { ringing_timeout_seconds: Number(draft.ringSeconds) }),
    ...(draft.callMinutes === "" ? {} : { max_call_duration_minutes: Number(draft.callMinutes) }),
    ...(draft.hangsUp ? { on_voicemail: "hang_up" as const } : {}),
    ...(draft.hasHours
      ? {
          calling_window: {
            timezone_mode: draft.clock,
            windows: [{ days: [...draft.days], start: draft.from, end: draft.until }],
            ...(draft.clock === "recipient" ? { unknown_timezone: draft.unknownZone } : {}),
            ...(needsZone(draft) ? { timezone: draft.zone } : {}),
          },
        }
      : {}),
    ...(draft.callsAgain
      ? {
          retry_policy: {
            max_attempts: Number(draft.attempts),
            retry_on: againOn(draft),
            intervals_minutes: [Number(draft.againAfterMinutes)],
          },
        }
      : {}),
  };
}

/** How many will be called: without those who stand on the list again, where they are skipped. */
export const peopleCalled = (draft: Draft, people: number, repeats: number): number =>
  draft.onDuplicate === "skip" ? people - repeats : people;
