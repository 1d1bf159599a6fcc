/** All texts of the do-not-call list. Pure. */

import type { DoNotCallEntry, DoNotCallQuery } from "../../../client/client.ts";
import { plural } from "../text/format.ts";

export type Status = NonNullable<DoNotCallQuery["status"]>;
export const STATUSES: Readonly<Record<Status, string>> = { listed: "On the list", removed: "Taken off", all: "All" };

export const WORDS = {
  title: "Do not call",
  about: "Nobody on this list is called, in any batch.",
  exportAll: "All entries",
  exportShown: (q: string, status: Status) => (q === "" ? STATUSES[status] : `${STATUSES[status]}: ${q}`),
  add: "Add numbers",
  search: "Search a number",
  searchHint: "First digits, or the last four",
  which: "Which entries",
  none: "Nobody is on the list",
  noneFound: "No such number",
  noneAbout: "Add people who ask not to be called. Running batches skip them right away.",
  pages: "Pages of entries",
  previous: "Previous",
  next: "Next",
  added: (when: string, who: string) => `Added ${when} by ${who}`,
  removed: (when: string, who: string) => `Taken off ${when} by ${who}`,
  takeOff: "Take off",
  takeOffLabel: (number: string) => `Take off ${number}`,
} as const;

/** Why a number is on the list, and why it was taken off. */
export function reasonWords({ reason, call_id, removal_reason }: DoNotCallEntry): string {
  const why = reason ?? (call_id === undefined ? "No reason given" : "Asked for in a call");
  return removal_reason === undefined ? why : `${why} · taken off: ${removal_reason}`;
}

export const ADDING = {
  about: "One number on each row. A column “reason” is kept with it.",
  add: "Add",
  never: (numbers: number) => `Never call ${plural(numbers, "number")}`,
  found: (numbers: number) => plural(numbers, "number"),
  takenOff: (numbers: number) => `${plural(numbers, "number")} taken off the list before: not added again.`,
  reason: "Reason",
  reasonHint: "Asked not to be called",
  reasons: (numbers: number) =>
    `${plural(numbers, "number has a reason", "numbers have reasons")} on the list. This is for the rest.`,
  done: (added: number, known: number) =>
    `${plural(added, "number is", "numbers are")} new on the list.${
      known === 0 ? "" : ` ${plural(known, "was", "were")} on it already.`
    }`,
} as const;

export const TAKING_OFF = {
  title: (number: string) => `Call ${number} again?`,
  about: "Batches may call it again. The entry stays in the history with your reason.",
  action: "Take 1 number off the list",
  reason: "Why it may be called again",
  done: (number: string) => `${number} may be called again.`,
} as const;
