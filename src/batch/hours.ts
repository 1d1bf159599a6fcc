/**
 * When each recipient of a batch may be called: the batch's own calling window and the organization's, which it can only
 * narrow. Recipients are grouped by the zones they may be in, so that a batch of 5,000 asks a few dozen questions. What is
 * kept here is only what was worked out; losing it costs working it out again.
 */

import type { Callee } from "../calling/batch-order.ts";
import { type CallingWindow, opensForNumber } from "../window/window.ts";
import { zonesOfNumber } from "../window/zones-of-number.ts";

export type Hours = {
  /** How many groups there are; at least one. */
  readonly groups: number;
  readonly groupOf: (position: number) => number;
  /** The first instant from `from` on at which this group may be called; null: it never may. */
  readonly opensAt: (group: number, from: number) => number | null;
};

/** Without any window everybody may be called at any time. */
export const ALWAYS: Hours = { groups: 1, groupOf: () => 0, opensAt: (_, from) => from };

/** For so long an open window is believed to be open. */
const BELIEVED_MS = 1_000;

type Group = { readonly number: string; readonly timezone: string | null };
/** Asked from `from`, the answer was `opening`. */
type Known = { readonly from: number; readonly opening: number | null };

/** `windows`: all of them must be open. */
export function hoursOf(windows: readonly CallingWindow[], recipients: readonly Callee[], ringingMs: number): Hours {
  if (windows.length === 0) return ALWAYS;
  const groups: Group[] = [];
  const groupByZones = new Map<string, number>();
  const groupOfPosition = recipients.map(({ to_number: number, timezone }) => {
    const key = timezone ?? zonesOfNumber(number).join("&");
    const known = groupByZones.get(key);
    if (known !== undefined) return known;
    groupByZones.set(key, groups.length);
    return groups.push({ number, timezone }) - 1;
  });
  const known: (Known | undefined)[] = [];
  const answer = (group: number, from: number): number | null => {
    const { number, timezone } = groups[group] ?? { number: "", timezone: null };
    return opensForNumber(windows, number, timezone, ringingMs, from);
  };
  return {
    groups: Math.max(1, groups.length),
    groupOf: (position) => groupOfPosition[position] ?? 0,
    opensAt: (group, from) => {
      const before = known[group];
      const isStillTrue =
        before !== undefined &&
        before.from <= from &&
        (before.opening === null || from <= before.opening || from < before.from + BELIEVED_MS);
      if (isStillTrue) return before.opening === null ? null : Math.max(before.opening, from);
      const opening = answer(group, from);
      known[group] = { from, opening };
      return opening;
    },
  };
}

/** Epoch ms; null without one. Whoever waits then fails. */
export const expiryOf = (windows: readonly CallingWindow[]): number | null =>
  windows.reduce<number | null>(
    (least, { expiresAt }) => (expiresAt === null ? least : Math.min(least ?? expiresAt, expiresAt)),
    null,
  );
