/** Durations from the groups in which they are counted. Pure. */

import { DURATION_ENDS, DURATIONS, type ShownFigures } from "../../calling/messages/report-sums.ts";

/**
 * The duration that this share of the answered calls did not exceed, as if calls were spread evenly within a group; null
 * without a call. The last group has no end: its beginning is what is sure.
 */
export function quantileOf(figures: ShownFigures, share: number): number | null {
  const wanted = share * figures.answered;
  let passed = 0;
  for (const [at, name] of DURATIONS.entries()) {
    const inGroup = figures[name];
    if (inGroup > 0 && passed + inGroup >= wanted) {
      const begins = DURATION_ENDS[at - 1] ?? 0;
      const ends = DURATION_ENDS[at] ?? begins;
      return Math.round(begins + ((wanted - passed) / inGroup) * (ends - begins));
    }
    passed += inGroup;
  }
  return null;
}
