/**
 * When each recipient of a batch may be called, by the batch's own calling window and the organization's, which it can
 * only narrow. Recipients are grouped by the clocks that count for them. So a batch of 5,000 asks a few dozen
 * questions.
 */

import type { Callee } from "../../calling/messages/batch-order.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import { hoursOfNumber, type NumberHours, opensAt } from "../../window/window.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";

export type Hours = {
  /** Number of groups; at least one. */
  readonly groups: number;
  readonly groupOf: (position: number) => number;
  /** The first time from `from` on at which this group may be called; null: never. */
  readonly opensAt: (group: number, from: number) => number | null;
};

/** Without a window, all recipients may be called at any time. */
export const ALWAYS: Hours = { groups: 1, groupOf: () => 0, opensAt: (_, from) => from };

const NOWHERE = "nowhere";

/** `windows`: all of them must be open. */
export function hoursOf(windows: readonly CallingWindow[], recipients: readonly Callee[], ringingMs: number): Hours {
  if (windows.length === 0) return ALWAYS;
  const groups: NumberHours[] = [];
  const groupByZones = new Map<string, number>();
  const groupByFaces = new Map<string, number>();
  const groupOfPosition = recipients.map(({ to_number: number, timezone }) => {
    const key = zonesOfCallee(number, timezone).join("&");
    const known = groupByZones.get(key);
    if (known !== undefined) return known;
    const hours = hoursOfNumber(windows, number, timezone, ringingMs);
    // Zones with the same clock rules are one group.
    const group = groupByFaces.get(hours.faces?.key ?? NOWHERE) ?? groups.push(hours) - 1;
    groupByFaces.set(hours.faces?.key ?? NOWHERE, group);
    groupByZones.set(key, group);
    return group;
  });
  return {
    groups: Math.max(1, groups.length),
    groupOf: (position) => groupOfPosition[position] ?? 0,
    opensAt: (group, from) => {
      const hours = groups[group];
      return hours === undefined ? null : opensAt(hours, from);
    },
  };
}

/** Epoch ms; null without one. A recipient who waits at that time fails. */
export const expiryOf = (windows: readonly CallingWindow[]): number | null =>
  windows.reduce<number | null>(
    (least, { expiresAt }) => (expiresAt === null ? least : Math.min(least ?? expiresAt, expiresAt)),
    null,
  );
