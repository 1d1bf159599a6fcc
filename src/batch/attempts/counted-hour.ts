/** In which hour and country reports count an attempt. Pure. */

import type { HourSums } from "../../calling/messages/report-sums.ts";
import { countryOf, isMobile } from "../../calling/numbers/country.ts";
import { offsetAt } from "../../window/local-clock.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import type { AttemptRow } from "../store/attempt-states.ts";

const HOUR_MS = 3_600_000;

export type CountedHour = Pick<HourSums, "hour" | "isLocal" | "country">;
/** What is kept of an attempt whose recipient is erased. `isMobile` is absent in those of an earlier release. */
export type CountedIn = CountedHour & { readonly isMobile?: boolean };
/** `zone` null: not known. Of several possible zones it is the first that the table names. */
export type CalleePlace = { readonly country: string; readonly isMobile: boolean; readonly zone: string | null };

export function placeOf(callee: { readonly to_number: string; readonly timezone: string | null }): CalleePlace {
  const { to_number: number, timezone } = callee;
  const country = countryOf(number);
  return { country, isMobile: isMobile(number, country), zone: zonesOfCallee(number, timezone)[0] ?? null };
}

/** The hour in which it was dialed, by the callee's clock. */
export function countedHour(
  attempt: Pick<AttemptRow, "dispatched_at" | "ended_at" | "updated_at">,
  { country, zone }: Pick<CalleePlace, "country" | "zone">,
): CountedHour {
  const at = attempt.dispatched_at ?? attempt.ended_at ?? attempt.updated_at;
  const offset = zone === null ? 0 : offsetAt(zone, at);
  return { hour: Math.floor((at + offset) / HOUR_MS), isLocal: zone !== null, country };
}
