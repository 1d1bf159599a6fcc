/** How a carrier handles the request to place a call: its answer, and whether a phone rings. */

import type { Chance } from "../platform/chance.ts";
import type { Faults } from "../platform/faults.ts";

export type Reception = {
  /** A phone rings after this time; null: never. */
  readonly placesAfterMs: number | null;
  readonly answer: "accepted" | "later" | "refused" | "error" | "reset" | "none";
  readonly answersAfterMs: number;
  /** The wait after "later", in seconds; null: none given. */
  readonly retryAfter: number | null;
};

const QUICK_MS = { least: 20, most: 120 } as const;
const SLOW_MS = { least: 100, most: 900 } as const;

/** `name`: of the request, for its random decisions. */
export function receptionOf(chance: Chance, faults: Faults, name: string, isSlow: boolean): Reception {
  const takes = isSlow ? SLOW_MS : QUICK_MS;
  const answersAfterMs = chance.between(`${name} takes`, takes.least, takes.most);
  if (chance.fault(`${name} later`, faults.placeLater)) {
    const retryAfter = chance.one(`${name} retry after`, [null, 1, 5, 30]);
    return { placesAfterMs: null, answer: "later", answersAfterMs, retryAfter };
  }
  if (chance.fault(`${name} refused`, faults.placeRefused)) {
    return { placesAfterMs: null, answer: "refused", answersAfterMs, retryAfter: null };
  }
  if (!chance.fault(`${name} unknown`, faults.placeUnknown)) {
    return { placesAfterMs: 0, answer: "accepted", answersAfterMs, retryAfter: null };
  }
  const how = chance.one(`${name} how`, ["error", "reset", "none", "accepted"] as const);
  // A late answer: just before the request's time limit, or after it.
  const lateMs = how === "accepted" ? chance.between(`${name} late`, 5_000, 25_000) : answersAfterMs;
  const rings = how === "accepted" || chance.happens(`${name} rings`, 0.5);
  const placesAfterMs = rings ? chance.between(`${name} rings after`, 0, 4_000) : null;
  return { placesAfterMs, answer: how, answersAfterMs: lateMs, retryAfter: null };
}
