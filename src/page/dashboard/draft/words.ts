/** Texts about the settings of a new batch. Pure. */

import { PRIORITY } from "../../../calling/words/priority.ts";
import { count, plural } from "../text/format.ts";
import { daysWords, zoneName } from "../text/hours.ts";
import { type AgainOn, type Draft, listed } from "./draft.ts";

export const WORDS = {
  startNow: "Start now",
  schedule: "Schedule",
  setHours: "Set hours",
  anyHour: "At any hour",
  advanced: "Advanced",
  advancedUsual: "Retries, voicemail, limits, pace",
  limits: "Limits and pace",
  hours: "Hours",
  notReached: "Retries and voicemail",
  anyHourTitle: "Call at any hour?",
  anyHourAction: "Allow any hour",
  anyHourAbout: "Without hours, phones can ring at night. Calling people at night is illegal in many countries.",
} as const;

/** Who calls, and how many calls at once. */
export const SIZE = {
  name: "Name",
  nameHint: "Appointment reminders, week 48",
  agent: "Agent",
  noAgent: "Create an agent first",
  from: "Calls from",
  noNumber: "Add a number first",
  choose: "Choose …",
  atOnce: "Calls at once",
  /** `waiting`: batches that come before a new one. */
  free: (free: number, limit: number, waiting: number) =>
    `${count(free)} of ${count(limit)} free now${
      waiting === 0 ? "" : `, ${plural(waiting, "batch", "batches")} waiting before this one`
    }`,
} as const;

export const TIMING = {
  start: "Start",
  startAt: "Start at",
  startZone: "Start time zone",
  hours: "Calling hours",
  local: "Local time of each person",
  timeIn: (zone: string) => `Time in ${zoneName(zone)}`,
  addDays: "Add other days",
  hoursAt: (place: number, all: number) => (all === 1 ? "Hours" : `Hours ${place}`),
  removeHours: (label: string) => `Remove ${label.toLowerCase()}`,
  days: "Days",
  from: "From",
  until: "Until",
  clock: "Whose clock",
  oneZone: "One time zone for all",
  unknown: "Unknown time zone",
  block: "Do not call",
  useZone: "Use a time zone …",
  hoursZone: "Time zone for hours",
  lastsUntil: "Nobody called after",
  lastsUntilHint: (zone: string) => `Time in ${zoneName(zone)}. People still waiting then fail.`,
  daysOff: "Days off",
  addDayOff: "Add day off",
  remove: (day: string) => `Remove ${day}`,
} as const;

export const CARE = {
  hangUp: "Hang up on voicemail",
  hangUpHint: "The carrier detects who answers, if it can. Voicemail counts as no answer.",
  again: "Retry automatically",
  againHint: "Never when the result of a call is unknown.",
  attempts: "Calls per person, at most",
  minutes: "Minutes between tries",
  minutesHint: "Or one for each retry: 30, 120",
  gap: "Minutes between calls to a number",
  perDay: "Calls to a number per day",
  acrossAll: "Across all batches. Empty: no limit.",
  ring: "Ringing timeout, in seconds",
  longest: "Longest call, in minutes",
} as const;

export const AGAIN_ON: Readonly<Record<AgainOn, string>> = {
  dial_no_answer: "No answer",
  dial_busy: "Busy",
  dial_failed: "Could not connect",
  voicemail: "Voicemail",
};

export const CARRIER = {
  pace: "Calls per second, at most",
  paceHint: "Empty: as fast as number and provider allow. 0.5 is one call every 2 seconds.",
  stops: "Stop when the carrier fails",
  stopsHint: "Keeps a carrier outage from using up the list. Busy and no answer are not failures.",
  percent: "Failed calls, in percent",
  calls: "Of at least this many calls",
  within: "Within, in minutes",
  trial: "Trial call after, in minutes",
  trialHint: "Empty: only when resumed.",
} as const;

export function hoursWords(draft: Draft): string {
  if (!draft.hasHours) return "Any hour";
  const times = draft.hours.map(({ days, from, until }) => `${daysWords(days)} ${from}–${until}`);
  const whose = draft.clock === "recipient" ? "where each person is" : zoneName(draft.hoursZone);
  return `${times.join(", ")}, ${whose}`;
}

/** The settings under Advanced, in a line; null if all are defaults. */
export function advancedWords(draft: Draft): string | null {
  const {
    hasHours,
    clock,
    unknownZone,
    hoursZone,
    callsAgain,
    hangsUp,
    concurrency,
    priority,
    callsPerSecond,
    ringSeconds,
    callMinutes,
  } = draft;
  const set = [
    concurrency !== "" && `${concurrency} at once`,
    priority !== String(PRIORITY.usual) && `priority ${priority}`,
    hasHours && clock === "fixed" && `clock of ${zoneName(hoursZone)}`,
    hasHours && clock === "recipient" && unknownZone === "use_timezone" && `unknown zones use ${zoneName(hoursZone)}`,
    hasHours && draft.freeDays !== "" && plural(listed(draft.freeDays).length, "day off", "days off"),
    hasHours && draft.lastsUntil !== "" && "hours end",
    callsAgain && `up to ${draft.attempts} calls each`,
    hangsUp && "hangs up on voicemail",
    ringSeconds !== "" && `rings ${ringSeconds} s`,
    callMinutes !== "" && `calls up to ${callMinutes} min`,
    callsPerSecond !== "" && `${callsPerSecond} calls per second`,
    draft.stopsItself && `stops when ${draft.stopAtPercent}% fail`,
  ].filter((words) => words !== false);
  return set.length === 0 ? null : set.join(" · ");
}
