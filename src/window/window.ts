/**
 * When people may be called: windows by their local clock, half-open, on given days. If a person may be in several
 * zones, all of them must be open. If nothing is known, the order decides. Pure.
 */

import type { CallingWindow } from "../calling/messages/calling-window.ts";
import { type Faces, facesOf, nextOpen } from "./openings.ts";
import { zoneNamed } from "./time-zones.ts";
import { zonesOfCallee } from "./zones-of-number.ts";

/** Windows repeat every week, but excluded dates may cover some. */
const AHEAD_MS = 60 * 24 * 60 * 60_000;

/** The zones that count for a recipient. None: the place is not known, and the recipient is not called. */
export function zonesFor(window: CallingWindow, number: string, timezone: string | null): readonly string[] {
  const named = window.timezone === null ? null : zoneNamed(window.timezone);
  const fallback = named === null ? [] : [named];
  if (window.timezone_mode === "fixed") return fallback;
  const zones = zonesOfCallee(number, timezone);
  return zones.length > 0 || window.unknown_timezone === "block" ? zones : fallback;
}

/** A window, and the zones that count in it. */
export type Constraint = { readonly window: CallingWindow; readonly zones: readonly string[] };

/** The first time from `at` on at which every window is open in every zone; null: not within two months. */
export function nextOpening(constraints: readonly Constraint[], at: number, ringMs: number): number | null {
  if (constraints.some(({ zones }) => zones.length === 0)) return null;
  return constraints.length === 0 ? at : nextOpen(facesOf(constraints), at, at + AHEAD_MS, ringMs);
}

/** Twilio may ring some seconds longer than requested ("Making Calls", Timeout). */
const RINGS_LONGER_MS = 5_000;

/** The windows for one number, to ask when it may be called. */
export type NumberHours = { readonly faces: Faces | null; readonly ringMs: number };

/** `timezone`: where the callee is; replaces the number's zones. */
export function hoursOfNumber(
  windows: readonly CallingWindow[],
  number: string,
  timezone: string | null,
  ringingMs: number,
): NumberHours {
  const constraints = windows.map((window) => ({ window, zones: zonesFor(window, number, timezone) }));
  const isNowhere = constraints.some(({ zones }) => zones.length === 0);
  return { faces: isNowhere ? null : facesOf(constraints), ringMs: ringingMs + RINGS_LONGER_MS };
}

/** The first time from `from` on at which all windows let this number be called; null: never. */
export const opensAt = ({ faces, ringMs }: NumberHours, from: number): number | null =>
  faces === null ? null : faces.faces.length === 0 ? from : nextOpen(faces, from, from + AHEAD_MS, ringMs);
