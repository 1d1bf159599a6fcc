/** In which hour and country reports count an attempt. Pure. */

import type { HourSums } from "../../calling/messages/report-sums.ts";
import { countryOf } from "../../calling/numbers/country.ts";
import { offsetAt } from "../../window/local-clock.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import type { AttemptRow } from "../store/attempt-states.ts";

const HOUR_MS = 3_600_000;

export type CountedHour = Pick<HourSums, "hour" | "isLocal" | "country">;
/** `zone` null: not known. Of several possible zones it is the first that the table names. */
export type CalleePlace = { readonly country: string; readonly zone: string | null };

export const placeOf = (callee: { readonly to_number: string; readonly timezone: string | null }): CalleePlace => ({
  country: countryOf(callee.to_number),
  zone: zonesOfCallee(callee.to_number, callee.timezone)[0] ?? null,
});

/** The hour in which it was dialed, by the callee's clock. */
export function countedHour(
  attempt: Pick<AttemptRow, "dispatched_at" | "ended_at" | "updated_at">,
  { country, zone }: CalleePlace,
): CountedHour {
  const at = attempt.dispatched_at ?? attempt.ended_at ?? attempt.updated_at;
  const offset = zone === null ? 0 : offsetAt(zone, at);
  return { hour: Math.floor((at + offset) / HOUR_MS), isLocal: zone !== null, country };
}
