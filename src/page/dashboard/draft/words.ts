/** Texts about the settings of a new batch. Pure. */

import { PRIORITY } from "../../../calling/words/priority.ts";
import { plural } from "../text/format.ts";
import { daysWords } from "../text/hours.ts";
import { type Draft, listed } from "./draft.ts";

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

const place = (zone: string): string => zone.replaceAll("_", " ");

export function hoursWords(draft: Draft): string {
  if (!draft.hasHours) return "Any hour";
  const times = draft.hours.map(({ days, from, until }) => `${daysWords(days)} ${from}–${until}`);
  const whose = draft.clock === "recipient" ? "where each person is" : place(draft.hoursZone);
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
    hasHours && clock === "fixed" && `clock of ${place(hoursZone)}`,
    hasHours && clock === "recipient" && unknownZone === "use_timezone" && `unknown zones use ${place(hoursZone)}`,
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
