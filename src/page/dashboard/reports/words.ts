/** Every text of the reports, and how each figure is counted. */

import { dateTime } from "../text/format.ts";
import type { By, Filter } from "./period.ts";

export const WORDS = {
  title: "Reports",
  about: "Results of your calls. Days and hours are local to the people called.",
  period: "Period",
  from: "From",
  until: "Until",
  by: "Group by",
  clear: "Clear filters",
  none: "No calls in this period",
  noneAbout: "Calls appear within a minute after they end.",
  falling: "Fewer people answer calls from these numbers",
  fallingAbout:
    "The answer rate fell by a fifth or more compared with the days before. Chance does not explain it. Carriers may label a number as spam.",
  heat: "Answer rate by hour",
  hours: "Hours of the week",
  table: "Figures of each group",
  counted: "How these figures are counted",
  heatAbout:
    "Share of calls that were answered, by the local time of the people called. Hours without a call are empty.",
  export: "Report",
  exportAll: "This report",
  directCalls: "Direct calls",
  gone: "Deleted",
  goneBatch: (createdAt: string) => `Deleted, created ${dateTime(createdAt)}`,
  total: "Total",
} as const;

export const PERIODS = { 7: "7 days", 30: "30 days", 90: "90 days", 365: "Year" } as const;

export const BY_WORDS: Readonly<Record<By, string>> = {
  day: "Day",
  hour: "Hour",
  weekday: "Weekday",
  agent: "Agent",
  batch: "Batch",
  number: "Caller number",
  provider: "Provider",
  country: "Country",
};

/** Without a filter. */
export const ALL_WORDS: Readonly<Record<Filter, string>> = {
  agent: "All agents",
  batch: "All batches",
  number: "All caller numbers",
  provider: "All providers",
  country: "All countries",
};

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The figures on top: a name, and how it is counted. */
export const FIGURES = {
  dialed: ["Calls", "Placed by a carrier and over. Each attempt counts."],
  answered: ["Answered", "Of these, by a person or voicemail."],
  completed: ["Completed", "Connected and ended well. Each person counts once."],
  minutes: ["Talk time", "From answer to end."],
  cost: ["Cost", "Answered calls, by the prices of each provider. Currencies are not added up."],
  lengths: [
    "Median and 90%",
    "Half of the answered calls were no longer than the first, and 90% no longer than the second. Estimated from groups of durations.",
  ],
} as const;

export const COLUMNS = {
  dialed: "Calls",
  answered: "Answered",
  machine: "Voicemail",
  completed: "Completed",
  notReached: "Busy / no answer / failed",
  minutes: "Minutes",
  cost: "Cost",
  median: "Median",
} as const;

/** Shown below the table. */
export const COLUMN_HINTS: Readonly<Record<keyof typeof COLUMNS, string>> = {
  dialed: "Calls that a carrier placed and that are over. Each attempt counts, in the hour in which it was dialed.",
  answered: "Share and number of the calls that a person or a machine answered.",
  machine: "Answers that the carrier detected as a machine.",
  completed: "Calls that connected and ended well. Each person counts once.",
  notReached: "Calls that were not answered, by reason. Failed: they did not connect, or were cancelled.",
  minutes: "From answer to end, all calls together.",
  cost: "Answered calls, as the carrier bills them: by the price list of their day, in its increments. Unanswered calls cost nothing.",
  median: "Half of the answered calls were no longer than this. Estimated from groups of durations.",
};

export const COST = {
  none: "No prices yet.",
  set: "Set prices",
  unpriced: (minutes: string) => `${minutes} without a price are left out.`,
} as const;

export const TRIES = {
  title: "Calls until reached",
  about: "Completed with the first call to a person, the second, and so on.",
  labels: ["1st call", "2nd", "3rd", "4th", "5th or later"],
} as const;

export const REASONS = {
  title: "Not reached",
  about: "Calls that were not answered, and attempts without a call.",
  busy: "Busy",
  no_answer: "No answer",
  dial_failed: "Could not connect",
  other: "Other, like cancelled",
  not_placed: "Carrier placed no call",
  do_not_call: "On the do-not-call list",
  not_in_hours: "No calling hours in time",
} as const;
