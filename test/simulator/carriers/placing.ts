/** How a carrier takes the request to place a call: what it answers, and whether a phone rings all the same. */

import type { Chance } from "../platform/chance.ts";
import type { Faults } from "../platform/faults.ts";

export type Reception = {
  /** After this a phone rings; null: none ever does. */
  readonly placesAfterMs: number | null;
  readonly answer: "accepted" | "later" | "refused" | "error" | "reset" | "none";
  readonly answersAfterMs: number;
  /** Of "later", in seconds; null: it does not say. */
  readonly retryAfter: number | null;
};

const QUICK_MS = { least: 20, most: 120 } as const;
const SLOW_MS = { least: 100, most: 900 } as const;

/** `name`: of the request, for its decisions. */
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
  // An answer that comes late, after which nobody waits any more or just before.
  const lateMs = how === "accepted" ? chance.between(`${name} late`, 5_000, 25_000) : answersAfterMs;
  const rings = how === "accepted" || chance.happens(`${name} rings`, 0.5);
  const placesAfterMs = rings ? chance.between(`${name} rings after`, 0, 4_000) : null;
  return { placesAfterMs, answer: how, answersAfterMs: lateMs, retryAfter: null };
}
