/** The user's settings for a batch, and the parts of a request that follow. Pure. */

import { USUAL_BREAKER } from "../../../calling/words/circuit-breaker.ts";
import { PRIORITY } from "../../../calling/words/priority.ts";
import type { NewBatch } from "../../../client/client.ts";
import type { Person } from "../list/people.ts";
import type { Day } from "../text/hours.ts";
import { instantOf, viewersZone, wallOf } from "./zoned-time.ts";

/** `until`: "00:00" is midnight, at the end of the day. */
export type Hours = { readonly days: readonly Day[]; readonly from: string; readonly until: string };

export type AgainOn = "dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail";

/** Numbers and times as typed. */
export type Draft = {
  readonly name: string;
  readonly agentId: string;
  readonly numberId: string;
  /** Empty: the API's default. */
  readonly concurrency: string;
  /** From 1, the first, to 5. */
  readonly priority: string;
  readonly onDuplicate: "skip" | "allow";
  readonly start: "now" | "later";
  readonly startAt: string;
  /** The zone of `startAt` and `lastsUntil`. */
  readonly zone: string;
  readonly hasHours: boolean;
  readonly hours: readonly Hours[];
  readonly clock: "recipient" | "fixed";
  readonly unknownZone: "block" | "use_timezone";
  /** If the hours are in one time zone. */
  readonly hoursZone: string;
  /** Dates separated by commas. */
  readonly freeDays: string;
  /** Empty: the hours have no end. */
  readonly lastsUntil: string;
  readonly callsAgain: boolean;
  readonly attempts: string;
  /** Before the second call, the third, and so on, separated by commas; the last applies to the rest. */
  readonly againAfterMinutes: string;
  readonly againOn: readonly AgainOn[];
  /** Between two calls to one number, by any batch; empty: no limit. */
  readonly gapMinutes: string;
  /** Calls to one number on one day; empty: no limit. */
  readonly callsPerDay: string;
  /** On answering machines. */
  readonly hangsUp: boolean;
  readonly ringSeconds: string;
  readonly callMinutes: string;
  /** Empty: unlimited. */
  readonly callsPerSecond: string;
  /** If its carrier fails. */
  readonly stopsItself: boolean;
  readonly stopAfterCalls: string;
  readonly stopAtPercent: string;
  readonly stopWithinMinutes: string;
  /** Empty: only a human resumes it. */
  readonly coolDownMinutes: string;
};

const HOUR_MS = 3_600_000;

export const USUAL_HOURS: Hours = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", until: "20:00" };

/** 0.07 is 7 percent, and not 7.000000000000001. */
export const percentOf = (share: number): string => String(Number((share * 100).toFixed(4)));

export const newDraft = (now: number): Draft => ({
  name: "",
  agentId: "",
  numberId: "",
  concurrency: "",
  priority: String(PRIORITY.usual),
  onDuplicate: "skip",
  start: "now",
  startAt: wallOf(Math.ceil(now / HOUR_MS) * HOUR_MS + HOUR_MS, viewersZone()),
  zone: viewersZone(),
  hasHours: true,
  hours: [USUAL_HOURS],
  clock: "recipient",
  unknownZone: "block",
  hoursZone: viewersZone(),
  freeDays: "",
  lastsUntil: "",
  callsAgain: false,
  attempts: "3",
  againAfterMinutes: "30",
  againOn: ["dial_no_answer", "dial_busy"],
  gapMinutes: "",
  callsPerDay: "",
  hangsUp: false,
  ringSeconds: "",
  callMinutes: "",
  callsPerSecond: "",
  stopsItself: false,
  stopAfterCalls: String(USUAL_BREAKER.min_calls),
  stopAtPercent: percentOf(USUAL_BREAKER.failure_share),
  stopWithinMinutes: String(USUAL_BREAKER.window_minutes),
  coolDownMinutes: String(USUAL_BREAKER.cool_down_minutes ?? ""),
});

/** The items of a text with commas or spaces between them. */
export const listed = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== "");

/** "Machine" counts only if machines are hung up on. */
export const againOn = ({ againOn, hangsUp }: Draft): AgainOn[] =>
  againOn.filter((reason) => hangsUp || reason !== "voicemail");

const needsZone = ({ clock, unknownZone }: Draft): boolean => clock === "fixed" || unknownZone === "use_timezone";

const isoOf = (wall: string, zone: string): string | null => {
  const at = instantOf(wall, zone);
  return at === null ? null : new Date(at).toISOString();
};

/** Null values are left out. */
const decided = <Name extends string, const Value>(
  name: Name,
  value: Value | null,
): { readonly [Key in Name]?: Value } =>
  value === null ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });

const numberOf = (text: string): number | null => (text === "" ? null : Number(text));

export const startOf = ({ start, startAt, zone }: Draft): string | null =>
  start === "later" ? isoOf(startAt, zone) : null;

export function windowOf(draft: Draft): NonNullable<NewBatch["calling_window"]> | null {
  if (!draft.hasHours) return null;
  const freeDays = listed(draft.freeDays);
  return {
    timezone_mode: draft.clock,
    windows: draft.hours.map(({ days, from, until }) => ({
      days: [...days],
      start: from,
      end: until === "00:00" ? "24:00" : until,
    })),
    ...(freeDays.length === 0 ? {} : { excluded_dates: freeDays }),
    ...decided("unknown_timezone", draft.clock === "recipient" ? draft.unknownZone : null),
    ...decided("timezone", needsZone(draft) ? draft.hoursZone : null),
    ...decided("expires_at", isoOf(draft.lastsUntil, draft.zone)),
  };
}

export function retryPolicyOf(draft: Draft): NonNullable<NewBatch["retry_policy"]> | null {
  if (!draft.callsAgain) return null;
  return {
    max_attempts: Number(draft.attempts),
    retry_on: againOn(draft),
    intervals_minutes: listed(draft.againAfterMinutes).map(Number),
    ...decided("min_gap_minutes", numberOf(draft.gapMinutes)),
    ...decided("max_attempts_per_number_per_day", numberOf(draft.callsPerDay)),
  };
}

export function circuitBreakerOf(draft: Draft): NonNullable<NewBatch["circuit_breaker"]> | null {
  if (!draft.stopsItself) return null;
  return {
    min_calls: Number(draft.stopAfterCalls),
    failure_share: Number(draft.stopAtPercent) / 100,
    window_minutes: Number(draft.stopWithinMinutes),
    cool_down_minutes: numberOf(draft.coolDownMinutes),
  };
}

export const callsPerSecondOf = ({ callsPerSecond }: Draft): number | null => numberOf(callsPerSecond);

export const recipientOf = ({ to_number, metadata, timezone, externalId }: Person): NewBatch["recipients"][number] => ({
  to_number,
  ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  ...decided("timezone", timezone),
  ...decided("external_id", externalId),
});

export const requestOf = (draft: Draft, people: readonly Person[]): NewBatch => ({
  name: draft.name.trim(),
  agent_id: draft.agentId,
  from_number_id: draft.numberId,
  recipients: people.map(recipientOf),
  on_duplicate: draft.onDuplicate,
  ...decided("target_concurrency_limit", numberOf(draft.concurrency)),
  ...decided("priority", draft.priority === String(PRIORITY.usual) ? null : Number(draft.priority)),
  ...decided("ringing_timeout_seconds", numberOf(draft.ringSeconds)),
  ...decided("max_call_duration_minutes", numberOf(draft.callMinutes)),
  ...decided("on_voicemail", draft.hangsUp ? "hang_up" : null),
  ...decided("scheduled_at", startOf(draft)),
  ...decided("calling_window", windowOf(draft)),
  ...decided("retry_policy", retryPolicyOf(draft)),
  ...decided("circuit_breaker", circuitBreakerOf(draft)),
  ...decided("calls_per_second", callsPerSecondOf(draft)),
});

/** How many people will be called; repeated ones do not count if they are skipped. */
export const peopleCalled = (draft: Draft, people: number, repeats: number): number =>
  draft.onDuplicate === "skip" ? people - repeats : people;
