/**
 * What the outcomes of calls add to an organization's reports, in sums that a batch tells with its reports. A sum is
 * cumulative: it counts everything of the batch in its hour and country, so hearing it twice changes nothing.
 */

/** Upper ends of the durations that are counted together, in seconds; the last group has no end. */
export const DURATION_ENDS = [5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1_200] as const;
export const DURATIONS = [
  "lasted_0",
  "lasted_1",
  "lasted_2",
  "lasted_3",
  "lasted_4",
  "lasted_5",
  "lasted_6",
  "lasted_7",
  "lasted_8",
  "lasted_9",
  "lasted_10",
  "lasted_11",
] as const;

/** Completed with the first call, the second, and so on; the last counts all later ones. */
export const REACHED = ["reached_1", "reached_2", "reached_3", "reached_4", "reached_5"] as const;

/**
 * What carriers bill of a call, by their increments: `30/6` is 30 seconds at least, then every 6 seconds begun. `all` is the
 * sum over all answered calls, and `mobile_` with its name the one over those to mobile numbers. `unit`: the seconds in which it
 * is counted.
 */
export const INCREMENTS = {
  "1/1": { first: 0, step: 1, unit: 1, all: "talk_seconds" },
  "6/6": { first: 6, step: 6, unit: 1, all: "billed_6_6" },
  "30/6": { first: 30, step: 6, unit: 1, all: "billed_30_6" },
  "60/1": { first: 60, step: 1, unit: 1, all: "billed_60_1" },
  "60/60": { first: 60, step: 60, unit: 60, all: "started_minutes" },
} as const;
export type Increments = keyof typeof INCREMENTS;

/** For prices alone: no report shows them. */
const BILLED_ALONE = [
  "billed_6_6",
  "billed_30_6",
  "billed_60_1",
  "mobile_answered",
  "mobile_talk_seconds",
  "mobile_started_minutes",
  "mobile_billed_6_6",
  "mobile_billed_30_6",
  "mobile_billed_60_1",
] as const;

/**
 * Each counts attempts that are over, once. `dialed` had a call: it was `answered`, or it is one of `busy`, `no_answer`,
 * `dial_failed` and `other`. Without a call are `not_placed`, `do_not_call` and `not_in_hours`. `human` and `machine` are
 * answers where the carrier told who answered. `talk_seconds`, `started_minutes` and what is billed add up answered calls. The
 * order is stored and sent: append only.
 */
export const SHOWN_FIGURES = [
  "dialed",
  "answered",
  "human",
  "machine",
  "completed",
  "busy",
  "no_answer",
  "dial_failed",
  "other",
  "not_placed",
  "do_not_call",
  "not_in_hours",
  "talk_seconds",
  "started_minutes",
  ...REACHED,
  ...DURATIONS,
] as const;
export const FIGURES = [...SHOWN_FIGURES, ...BILLED_ALONE] as const;
export type Figure = (typeof FIGURES)[number];
export type Figures = Record<Figure, number>;
export type ShownFigures = Pick<Figures, (typeof SHOWN_FIGURES)[number]>;

export const noFigures = (): Figures => Object.fromEntries(FIGURES.map((name) => [name, 0])) as Figures;

/** How many attempts the figures are of. It never falls. */
export const attemptsIn = ({ dialed, not_placed, do_not_call, not_in_hours }: Figures): number =>
  dialed + not_placed + do_not_call + not_in_hours;

/** The group of a duration. */
export const durationGroup = (seconds: number): (typeof DURATIONS)[number] => {
  const at = DURATION_ENDS.findIndex((end) => seconds <= end);
  return DURATIONS[at] ?? "lasted_11";
};

/** Adds what is billed of an answered call that lasted so long. */
export function countBilled(figures: Figures, seconds: number, isMobile: boolean): void {
  for (const { first, step, unit, all } of Object.values(INCREMENTS)) {
    const billed = first + Math.ceil(Math.max(0, seconds - first) / step) * step;
    figures[all] += billed / unit;
    if (isMobile) figures[`mobile_${all}`] += billed / unit;
  }
  if (isMobile) figures.mobile_answered += 1;
}

/** What the attempts of one batch in one hour and country come to. */
export type HourSums = {
  /** Hours since 1970 by the callee's clock, or by UTC where `isLocal` is false. */
  readonly hour: number;
  /** Whether the callee's clock is known. */
  readonly isLocal: boolean;
  /** ISO 3166, or the calling code like +800 where a number is of no country. */
  readonly country: string;
  /** When it last changed: an older sum is overtaken. Epoch ms. */
  readonly version: number;
  /** In the order of `FIGURES`. */
  readonly figures: readonly number[];
};
