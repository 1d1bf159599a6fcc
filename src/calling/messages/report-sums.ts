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
 * Each counts attempts that are over, once. `dialed` had a call: it was `answered`, or it is one of `busy`, `no_answer`,
 * `dial_failed` and `other`. Without a call are `not_placed`, `do_not_call` and `not_in_hours`. `human` and `machine` are
 * answers where the carrier told who answered. `talk_seconds` and `started_minutes` add up answered calls. The order is stored and
 * sent: append only.
 */
export const FIGURES = [
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
export type Figure = (typeof FIGURES)[number];
export type Figures = Record<Figure, number>;

export const noFigures = (): Figures => Object.fromEntries(FIGURES.map((name) => [name, 0])) as Figures;

/** How many attempts the figures are of. It never falls. */
export const attemptsIn = ({ dialed, not_placed, do_not_call, not_in_hours }: Figures): number =>
  dialed + not_placed + do_not_call + not_in_hours;

/** The group of a duration. */
export const durationGroup = (seconds: number): (typeof DURATIONS)[number] => {
  const at = DURATION_ENDS.findIndex((end) => seconds <= end);
  return DURATIONS[at] ?? "lasted_11";
};

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
