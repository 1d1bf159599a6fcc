/** Errors in a draft that can be found before it is sent; the API decides. Pure. */

import { MAX_ATTEMPTS, RETRY_INTERVAL_MINUTES } from "../../../calling/messages/retry-policy.ts";
import {
  CALLS_PER_NUMBER_AND_DAY,
  CALLS_PER_SECOND,
  MAX_CALL_DURATION_MINUTES,
  MIN_GAP_MINUTES,
  RINGING_TIMEOUT_SECONDS,
  SCHEDULE_AHEAD_MS,
} from "../../../calling/requests/limits.ts";
import { BREAKER_CALLS, BREAKER_MINUTES } from "../../../calling/words/circuit-breaker.ts";
import { againOn, type Draft, listed } from "./draft.ts";
import { instantOf } from "./zoned-time.ts";

export type DraftField =
  | "name"
  | "agentId"
  | "numberId"
  | "concurrency"
  | "startAt"
  | "hours"
  | "again"
  | "timeouts"
  | "pace"
  | "stops";
export type DraftFaults = Partial<Record<DraftField, string>>;

type Range = { readonly least: number; readonly most: number };
type Moment = { readonly limit: number | null; readonly now: number };

const isWhole = (text: string, { least, most }: Range): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
const isNumber = (text: string, { least, most }: Range): boolean =>
  /^\d*\.?\d+$/.test(text) && Number(text) >= least && Number(text) <= most;

/** Empty: none, or the API's default. */
const isGivenWhole = (text: string, range: Range): boolean => text === "" || isWhole(text, range);

const isDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && text.length === 10;
};

function startFault({ start, startAt, zone }: Draft, { now }: Moment): string | null {
  if (start === "now") return null;
  const at = instantOf(startAt, zone);
  if (at === null) return "Choose a day and a time.";
  if (at <= now) return "This time has passed.";
  return at > now + SCHEDULE_AHEAD_MS ? "At most 30 days ahead." : null;
}

function hoursFault({ hasHours, hours, freeDays, lastsUntil, zone }: Draft, { now }: Moment): string | null {
  if (!hasHours) return null;
  if (hours.some(({ days }) => days.length === 0)) return "Choose at least one day.";
  if (hours.some(({ from, until }) => from === "" || until === "")) return "Choose a start and an end.";
  if (hours.some(({ from, until }) => until !== "00:00" && from >= until)) return "The end must come after the start.";
  const noDate = listed(freeDays).find((day) => !isDate(day));
  if (noDate !== undefined) return `${noDate} is not a date: write it like 2026-12-25.`;
  const end = lastsUntil === "" ? null : instantOf(lastsUntil, zone);
  return end !== null && end <= now ? "The end of the hours has passed." : null;
}

function againFault(draft: Draft): string | null {
  if (!draft.callsAgain) return null;
  const minutes = listed(draft.againAfterMinutes);
  if (againOn(draft).length === 0) return "Choose when to call again.";
  if (!isWhole(draft.attempts, MAX_ATTEMPTS)) {
    return `From ${MAX_ATTEMPTS.least} to ${MAX_ATTEMPTS.most} calls to one person.`;
  }
  if (minutes.length === 0 || minutes.some((text) => !isWhole(text, RETRY_INTERVAL_MINUTES))) {
    return "Whole minutes, at most a week.";
  }
  if (minutes.length >= MAX_ATTEMPTS.most) return `At most ${MAX_ATTEMPTS.most - 1} times in between.`;
  if (!isGivenWhole(draft.gapMinutes, MIN_GAP_MINUTES)) return "Whole minutes between two calls, at most 30 days.";
  return isGivenWhole(draft.callsPerDay, CALLS_PER_NUMBER_AND_DAY) ? null : "A whole number of calls on one day.";
}

function timeoutsFault({ ringSeconds, callMinutes }: Draft): string | null {
  if (!isGivenWhole(ringSeconds, RINGING_TIMEOUT_SECONDS)) {
    return `A phone may ring from ${RINGING_TIMEOUT_SECONDS.least} to ${RINGING_TIMEOUT_SECONDS.most} seconds.`;
  }
  if (isGivenWhole(callMinutes, MAX_CALL_DURATION_MINUTES)) return null;
  return `A call may last from ${MAX_CALL_DURATION_MINUTES.least} to ${MAX_CALL_DURATION_MINUTES.most} minutes.`;
}

function stopsFault(draft: Draft): string | null {
  if (!draft.stopsItself) return null;
  if (!isWhole(draft.stopAfterCalls, BREAKER_CALLS))
    return `From ${BREAKER_CALLS.least} to ${BREAKER_CALLS.most} calls.`;
  if (!isNumber(draft.stopAtPercent, { least: 0.01, most: 100 })) return "A share above 0, at most 100 percent.";
  const isTime =
    isWhole(draft.stopWithinMinutes, BREAKER_MINUTES) && isGivenWhole(draft.coolDownMinutes, BREAKER_MINUTES);
  return isTime ? null : "Whole minutes, at most a day.";
}

function concurrencyFault({ concurrency }: Draft, { limit }: Moment): string | null {
  const most = limit ?? Number.MAX_SAFE_INTEGER;
  return isGivenWhole(concurrency, { least: 1, most }) ? null : `A whole number from 1 to ${limit ?? "your limit"}.`;
}

const FAULTS: Readonly<Record<DraftField, (draft: Draft, moment: Moment) => string | null>> = {
  name: ({ name }) => (name.trim() === "" ? "Give the batch a name." : null),
  agentId: ({ agentId }) => (agentId === "" ? "Choose an agent." : null),
  numberId: ({ numberId }) => (numberId === "" ? "Choose a number to call from." : null),
  concurrency: concurrencyFault,
  startAt: startFault,
  hours: hoursFault,
  again: againFault,
  timeouts: timeoutsFault,
  pace: ({ callsPerSecond: text }) =>
    text === "" || isNumber(text, CALLS_PER_SECOND)
      ? null
      : `A number from ${CALLS_PER_SECOND.least} to ${CALLS_PER_SECOND.most}.`,
  stops: stopsFault,
};

/** `limit`: the most concurrent calls for batches; null until known. */
export function faultsOf(draft: Draft, limit: number | null, now: number): DraftFaults {
  const found = Object.entries(FAULTS).flatMap(([field, fault]) => {
    const words = fault(draft, { limit, now });
    return words === null ? [] : [[field, words]];
  });
  return Object.fromEntries(found);
}
