/**
 * What would become of each recipient if a batch were created now: called, delayed and why, left out, or failed without
 * a call. Pure. Uses the rules by which batches are created, filled and cleared.
 */

import type { Callee } from "../../calling/messages/batch-order.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { ContactWaitReason } from "../../calling/messages/clearance.ts";
import type { Outlook } from "../../calling/messages/outlook.ts";
import { withoutListed } from "../../calling/numbers/duplicates.ts";
import { phoneOf } from "../../calling/numbers/same-phone.ts";
import { type ContactWait, Days, NumberContacts } from "../../window/contact-rules.ts";
import { clockOf } from "../../window/time-zones.ts";
import { zonesFor } from "../../window/window.ts";
import { zonesOfCallee } from "../../window/zones-of-number.ts";
import { expiryOf, type Hours, hoursOf } from "../people/hours.ts";

export const SKIPPED_REASONS = ["duplicate", "do_not_call"] as const;
export const DELAYED_REASONS = ["window", "contact_gap", "daily_cap"] as const satisfies readonly (
  | "window"
  | ContactWaitReason
)[];
/** `unknown_timezone`: never called, listed apart because a `timezone` corrects it. */
export const FAILED_REASONS = ["unknown_timezone", "window_never_open", "window_expired"] as const;

export type Fate =
  | { readonly kind: "called" }
  /** `until`: null if it is later than a preview looks. */
  | { readonly kind: "delayed"; readonly reason: (typeof DELAYED_REASONS)[number]; readonly until: number | null }
  | { readonly kind: "skipped"; readonly reason: (typeof SKIPPED_REASONS)[number] }
  | { readonly kind: "failed"; readonly reason: (typeof FAILED_REASONS)[number] };

/** Recipients who may be called, in the order submitted: their group of zones, and when. */
export type Chance = { readonly group: number; readonly at: number };

export type Preview = {
  /** When dialing may begin. */
  readonly startsAt: number;
  /** For the recipients as submitted, in their order. */
  readonly fates: readonly Fate[];
  readonly chances: readonly Chance[];
  /** Recipients who may be called only later than a preview looks. */
  readonly beyond: number;
  /** How far a preview looks. */
  readonly looksUntil: number;
  readonly hours: Hours;
  /** A recipient who waits at that time fails; null without such a time. */
  readonly expiresAt: number | null;
};

/** `kept`: the recipients that are not left out as duplicates. */
export function previewOf<Recipient extends Callee>(
  submitted: readonly Recipient[],
  kept: readonly Recipient[],
  outlook: Outlook,
): Preview {
  const { order, now } = outlook;
  const startsAt = Math.max(now, order.scheduledAt ?? now);
  const recipients = withoutListed(kept, order.doNotCall);
  const windows = [order.callingWindow, outlook.callingWindow].filter((window) => window !== null);
  const hours = hoursOf(windows, recipients, order.ringing_timeout_seconds * 1_000);
  const expiresAt = expiryOf(windows);
  const looksUntil = startsAt + LOOKS_AHEAD_MS;
  const found = firstChances(recipients, hours, startsAt, looksUntil, outlook);

  const position = new Map<Callee, number>(recipients.map((recipient, index) => [recipient, index]));
  const isKept = new Set<Callee>(kept);
  const fateOf = (recipient: Callee): Fate => {
    if (!isKept.has(recipient)) return { kind: "skipped", reason: "duplicate" };
    const place = position.get(recipient);
    if (place === undefined) return { kind: "skipped", reason: "do_not_call" };
    const chance = found[place] ?? null;
    if (chance !== null && chance.at > looksUntil && (expiresAt === null || expiresAt > looksUntil))
      return { kind: "delayed", reason: chance.reason ?? "window", until: null };
    if (expiresAt !== null && expiresAt <= (chance?.at ?? startsAt))
      return { kind: "failed", reason: "window_expired" };
    if (chance === null) return { kind: "failed", reason: whyNever(windows, recipient) };
    return chance.reason === null ? { kind: "called" } : { kind: "delayed", reason: chance.reason, until: chance.at };
  };
  const chances = found.flatMap((chance, place): Chance | [] =>
    chance === null || chance.at > looksUntil || (expiresAt !== null && expiresAt <= chance.at)
      ? []
      : { group: hours.groupOf(place), at: chance.at },
  );
  const fates = submitted.map(fateOf);
  const beyond = fates.filter((fate) => fate.kind === "delayed" && fate.until === null).length;
  return { startsAt, fates, chances, beyond, looksUntil, hours, expiresAt };
}

/** A year. With a gap of a month, 5,000 calls to one number would take four centuries. */
const LOOKS_AHEAD_MS = 366 * 24 * 3_600_000;

type FirstChance = { readonly at: number; readonly reason: (typeof DELAYED_REASONS)[number] | null };
/** Recipients with one number and the same calling times, in the order submitted. */
type Lane = {
  readonly places: number[];
  readonly days: Days;
  next: number;
  last: FirstChance | null;
  /** The next one is called no earlier: an additional call brings no turn forward. */
  notBefore: number;
};

/** By position. If a number is in the list several times, each call to it counts against the next. */
function firstChances(
  recipients: readonly Callee[],
  hours: Hours,
  startsAt: number,
  looksUntil: number,
  { rules, contacts }: Outlook,
): (FirstChance | null)[] {
  const found: (FirstChance | null)[] = recipients.map(() => null);
  const places = recipients.map((_, place) => place);
  const numberAt = (place: number) => recipients[place]?.to_number ?? "";
  for (const [, alike] of Map.groupBy(places, (place) => phoneOf(numberAt(place)))) {
    const number = numberAt(alike[0] ?? 0);
    const called = new NumberContacts(rules, contacts.get(number) ?? []);
    const zonesAt = (place: number) => zonesOfCallee(number, recipients[place]?.timezone ?? null);
    const byClocks = Map.groupBy(alike, (place) => clocksKey(zonesAt(place)));
    const lanes = [...byClocks.values()].map(
      (places): Lane => ({ places, next: 0, last: null, notBefore: startsAt, days: new Days(zonesAt(places[0] ?? 0)) }),
    );
    for (;;) {
      const turn = earliestTurn(lanes, called.gapEndsAt);
      if (turn === null) break;
      const { lane, place, notBefore } = turn;
      const opensAt = (from: number) => hours.opensAt(hours.groupOf(place), from);
      const chance = firstChance(lane.last, startsAt, opensAt, (from) => called.waitAt(lane.days, from));
      if (chance === null) lane.next = lane.places.length;
      else if (chance.at > looksUntil) {
        for (const later of lane.places.slice(lane.next)) found[later] = chance;
        lane.next = lane.places.length;
      } else if (chance.at > notBefore) lane.notBefore = chance.at;
      else {
        found[place] = chance;
        called.add(chance.at);
        lane.next += 1;
        lane.last = chance;
      }
    }
  }
  return found;
}

/** The same for zones with the same clock rules. */
const clocksKey = (zones: readonly string[]): string =>
  zones.length === 1
    ? String(clockOf(zones[0] ?? "UTC").id)
    : [...new Set(zones.map((zone) => clockOf(zone).id))].join();

/** The next turn of a lane: the recipient, and the time before which it cannot be called. */
type Turn = { readonly lane: Lane; readonly place: number; readonly notBefore: number };

/** The turn that comes first, if each comes as early as it may; null if none is left. `gapEndsAt`: for all lanes. */
function earliestTurn(lanes: readonly Lane[], gapEndsAt: number): Turn | null {
  let first: Turn | null = null;
  for (const lane of lanes) {
    const place = lane.places[lane.next];
    if (place === undefined) continue;
    const notBefore = Math.max(lane.notBefore, gapEndsAt);
    const isFirst =
      first === null || notBefore < first.notBefore || (notBefore === first.notBefore && place < first.place);
    if (isFirst) first = { lane, place, notBefore };
  }
  return first;
}

/**
 * The first time at which a window is open and no call was too recent, and what delays it. `last`: the chance of the
 * previous recipient with the same times; no turn comes earlier.
 */
function firstChance(
  last: FirstChance | null,
  startsAt: number,
  opensAt: (from: number) => number | null,
  contactWaitAt: (from: number) => ContactWait | null,
): FirstChance | null {
  const isShut = last === null ? opensAt(startsAt) !== startsAt : last.reason === "window";
  let held: FirstChance["reason"] = null;
  for (let from = last?.at ?? startsAt; ; ) {
    const opens = opensAt(from);
    if (opens === null) return null;
    const wait = contactWaitAt(opens);
    if (wait === null) return { at: opens, reason: isShut ? "window" : (held ?? last?.reason ?? null) };
    held ??= wait.reason;
    from = wait.until;
  }
}

export const whyNever = (windows: readonly CallingWindow[], { to_number, timezone }: Callee) =>
  windows.some((window) => zonesFor(window, to_number, timezone).length === 0)
    ? "unknown_timezone"
    : "window_never_open";
