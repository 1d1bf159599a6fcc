/** Figures of a report as people read them. Pure. */

import type { Report } from "../../../client/client.ts";
import { dateOnly } from "../text/format.ts";
import type { By } from "./period.ts";
import { WEEKDAYS, WORDS } from "./words.ts";

export type Group = Report["data"][number];

/** "62%"; of no call "–". */
export const rate = (share: number | null): string => (share === null ? "–" : `${Math.round(share * 100)}%`);

/** "$12.34", one sum for each currency; of none "–". Less than one unit has four decimals. */
export const cost = (costs: Group["costs"]): string =>
  costs.length === 0 ? "–" : costs.map(({ currency, amount }) => money(currency, Number(amount))).join(" + ");

const money = (currency: string, amount: number): string =>
  new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: amount < 1 ? 4 : 2,
  }).format(amount);

export const hourWords = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** What a group is called in the report. `number`: how a phone number is written. */
export function groupName({ key, name }: Group, by: By, number: (number: string) => string): string {
  switch (by) {
    case "day":
      return dateOnly(key);
    case "hour":
      return `${hourWords(Number(key))}–${hourWords((Number(key) + 1) % 24)}`;
    case "weekday":
      return WEEKDAYS[Number(key)] ?? key;
    case "country":
      return /^[A-Z]{2}$/.test(key) ? (new Intl.DisplayNames("en", { type: "region" }).of(key) ?? key) : key;
    case "number":
      return name === undefined ? WORDS.gone : number(name);
    case "batch":
      if (key === "direct_calls") return WORDS.directCalls;
      return name ?? WORDS.goneBatch(key.replace("deleted_", ""));
    case "agent":
    case "provider":
      return name ?? WORDS.gone;
  }
}
