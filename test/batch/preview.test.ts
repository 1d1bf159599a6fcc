/** What a preview says of each recipient is what becomes of it: held against the functions that create, fill and clear. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursOf } from "../../src/batch/people/hours.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { courseOf } from "../../src/batch/steering/course.ts";
import { type Fate, previewOf } from "../../src/batch/steering/preview.ts";
import type { BatchOrder, NewRecipient } from "../../src/calling/messages/batch-order.ts";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { DAYS } from "../../src/calling/messages/calling-window.ts";
import type { ContactRules } from "../../src/calling/messages/clearance.ts";
import type { Outlook } from "../../src/calling/messages/outlook.ts";
import { deduplicated, ON_DUPLICATE, withoutListed } from "../../src/calling/numbers/duplicates.ts";
import { clear } from "../../src/organization/admission/clearance.ts";
import { contactsAmong, recordContact, remembersContacts } from "../../src/organization/people/contacts.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { casesOfRun } from "../support/drawn.ts";
import { nodeSql } from "../support/node-sql.ts";
import { sampleOrder } from "./samples.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** New York, Berlin, Tokyo, several zones at once, and toll-free, whose zone nobody knows. */
const NUMBERS = ["+12125550101", "+4930901820", "+81312345678", "+15715550100", "+18005550100"];
/** Shortly before the changes of the clock, and an ordinary day. */
const STARTS = ["2026-03-27T20:00:00Z", "2026-10-24T12:00:00Z", "2026-03-07T20:00:00Z", "2026-06-10T08:00:00Z"];

const recipient: fc.Arbitrary<NewRecipient> = fc.record({
  to_number: fc.constantFrom(...NUMBERS),
  metadata: fc.constant(null),
  timezone: fc.constantFrom(null, null, null, "Europe/Berlin", "America/Los_Angeles"),
});
const window: fc.Arbitrary<CallingWindow> = fc.record({
  timezone_mode: fc.constantFrom("recipient", "recipient", "fixed"),
  timezone: fc.constantFrom("Europe/Berlin", "America/New_York"),
  windows: fc.constantFrom(
    [{ days: DAYS, start: 9 * 60, end: 20 * 60 }],
    [{ days: DAYS, start: 0, end: 1_440 }],
    [{ days: DAYS.slice(0, 3), start: 14 * 60, end: 17 * 60 }],
  ),
  excluded_dates: fc.constantFrom([], ["2026-03-28", "2026-10-25"]),
  unknown_timezone: fc.constantFrom("block", "use_timezone"),
  expiresAt: fc.constantFrom(null, null, Date.parse("2026-06-10T20:00:00Z"), Date.parse("2026-10-25T00:00:00Z")),
});
const rules: fc.Arbitrary<ContactRules> = fc.record({
  min_gap_minutes: fc.constantFrom(null, 45, 600),
  max_attempts_per_number_per_day: fc.constantFrom(null, 1, 2),
});
const setting = fc.record({
  now: fc.tuple(fc.constantFrom(...STARTS), fc.nat(30)).map(([day, hours]) => Date.parse(day) + hours * HOUR),
  recipients: fc.array(recipient, { minLength: 1, maxLength: 12 }),
  onDuplicate: fc.constantFrom(...ON_DUPLICATE.filter((one) => one !== "reject")),
  doNotCall: fc.subarray(NUMBERS, { maxLength: 2 }),
  own: fc.option(window),
  floor: fc.option(window),
  rules,
  called: fc.array(fc.record({ number: fc.constantFrom(...NUMBERS), agoMs: fc.nat(30 * HOUR) }), { maxLength: 8 }),
});
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

/** Both windows are open only while the clocks of New York and Berlin have changed apart: too few days for three calls. */
const ONCE_A_DAY_IN_FEW_DAYS: Setting = {
  now: Date.parse("2026-10-24T12:00:00Z"),
  recipients: Array.from({ length: 3 }, () => ({ to_number: "+81312345678", metadata: null, timezone: null })),
  onDuplicate: "allow",
  doNotCall: [],
  own: {
    timezone_mode: "fixed",
    timezone: "America/New_York",
    windows: [{ days: DAYS.slice(0, 3), start: 14 * 60, end: 17 * 60 }],
    excluded_dates: [],
    unknown_timezone: "block",
    expiresAt: null,
  },
  floor: {
    timezone_mode: "fixed",
    timezone: "Europe/Berlin",
    windows: [{ days: DAYS, start: 9 * 60, end: 20 * 60 }],
    excluded_dates: ["2026-10-25"],
    unknown_timezone: "block",
    expiresAt: null,
  },
  rules: { min_gap_minutes: null, max_attempts_per_number_per_day: 1 },
  called: [],
};

const NO_SLOTS = { free: 0, waitingBatches: 0, isGrantedAtOnce: false };
const orderOf = (fields: Partial<BatchOrder>): BatchOrder => ({ ...sampleOrder, ...fields });

function lookedAt({ now, recipients, onDuplicate, doNotCall, own, floor, rules, called }: Setting) {
  const sql = nodeSql(ORGANIZATION_STEPS);
  // Long ago, so that contacts are remembered by now.
  remembersContacts(sql, true, now - 48 * HOUR);
  for (const [position, { number, agoMs }] of called.entries()) {
    recordContact(sql, "acb_before", { number, position, attempt: 1 }, now - agoMs, false);
  }
  const once = deduplicated(recipients, onDuplicate);
  if (!once.ok) throw new Error("nothing is rejected here");
  const kept = once.value.recipients;
  const order = orderOf({ callingWindow: own, doNotCall });
  const contacts = contactsAmong(sql, NUMBERS, rules);
  const outlook: Outlook = { now, order, callingWindow: floor, rules, contacts, pace: null, slots: NO_SLOTS };
  return { sql, order, kept, preview: previewOf(recipients, kept, outlook) };
}

/** What the same order comes to when it is created, dialed, and asks for everybody who may be dialed at once. */
function created({ now, recipients, own, floor, rules }: Setting, { sql, order, kept }: ReturnType<typeof lookedAt>) {
  const inBatch = withoutListed(kept, order.doNotCall);
  const windows = [own, floor].filter((one) => one !== null);
  const hours = hoursOf(windows, inBatch, order.ringing_timeout_seconds * 1_000);
  const roster = Roster.of(inBatch.length, false, [], hours);
  const isExpired = windows.some(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
  const never = new Set(roster.queue.neverOpen(now).positions);
  const open = [...roster.queue.inTurn(now)];
  const request = { batchId: order.id, fromNumberId: order.from_number_id, rules, unused: [], isThrottled: false };
  const candidates = open.map(({ position, attempt }) => {
    const { to_number: number, timezone } = inBatch[position] ?? { to_number: "", timezone: null };
    return { position, attempt, number, timezone };
  });
  const { answer } = clear(sql, rules, { ...request, candidates, atMost: candidates.length }, now);
  const verdicts = new Map(candidates.map(({ position }, index) => [position, answer.verdicts[index]]));
  return recipients.map((one): string => {
    if (!kept.includes(one)) return "duplicate";
    const position = inBatch.indexOf(one);
    if (position < 0) return "do_not_call";
    if (isExpired) return "window_expired";
    if (never.has(position)) return "never";
    const verdict = verdicts.get(position);
    if (verdict === undefined) return "window";
    return verdict.kind === "wait" ? verdict.reason : verdict.kind;
  });
}

const wordOf = (fate: Fate): string => {
  if (fate.kind === "called") return "clear";
  return fate.reason === "unknown_timezone" || fate.reason === "window_never_open" ? "never" : fate.reason;
};

describe("a preview", () => {
  it("says of everybody what becomes of them when the batch is created", () => {
    fc.assert(
      fc.property(setting, (one) => {
        const looked = lookedAt(one);
        const actual = created(one, looked);
        looked.preview.fates.forEach((fate, index) => {
          const became = actual[index] ?? "";
          const alike = looked.kept.filter(({ to_number }) => to_number === one.recipients[index]?.to_number).length;
          const isExpiredLater = fate.kind === "failed" && fate.reason === "window_expired";
          const isRuled = Object.values(one.rules).some((rule) => rule !== null);
          const isShutLater = fate.kind === "failed" && fate.reason === "window_never_open" && isRuled;
          // A waiting recipient may find that the time is over at its turn, or that no window opens after earlier
          // calls. Until then it only waits.
          if (isExpiredLater && became !== "window_expired") expect(became).toMatch(/window|contact_gap|daily_cap/);
          else if (isShutLater && became !== "never") expect(became).toMatch(/window|contact_gap|daily_cap/);
          // The first of several calls to a number is not made yet when the next is asked for: why that waits may change.
          else if (alike > 1 && fate.kind === "delayed") expect(became).toMatch(/window|contact_gap|daily_cap/);
          else expect(wordOf(fate)).toBe(became);
        });
      }),
      { numRuns: casesOfRun(70, 2_000), examples: [[ONCE_A_DAY_IN_FEW_DAYS]] },
    );
  });

  it("names an instant at which nothing stands in the way of whoever is delayed, and before which something does", () => {
    fc.assert(
      fc.property(setting, (one) => {
        // Each number once: what else is in the list changes nothing.
        const alone = { ...one, onDuplicate: "skip" as const };
        const { preview } = lookedAt(alone);
        preview.fates.forEach((fate, index) => {
          if (fate.kind !== "delayed" || fate.until === null) return;
          const { until } = fate;
          const recipients = one.recipients.slice(index, index + 1);
          const laterBy = (ms: number) => {
            const called = one.called.map((call) => ({ ...call, agoMs: call.agoMs + until + ms - one.now }));
            return lookedAt({ ...alone, recipients, called, now: until + ms }).preview.fates[0]?.kind;
          };
          expect(laterBy(0)).toBe("called");
          expect(laterBy(-1)).toBe("delayed");
        });
      }),
      { numRuns: casesOfRun(30, 800) },
    );
  });
});

describe("the time that it takes", () => {
  const SECONDS = 1_000;
  const listOf = (count: number): NewRecipient[] =>
    Array.from({ length: count }, (_, index) => ({
      to_number: `+1212555${String(index).padStart(4, "0")}`,
      metadata: null,
      timezone: null,
    }));
  const settings = { slots: 10, callMs: 60 * SECONDS, paceMs: 0, pacedUntil: 0 };
  const previewed = (count: number, own: CallingWindow | null, now: number) => {
    const order = orderOf({ callingWindow: own });
    const none = { min_gap_minutes: null, max_attempts_per_number_per_day: null };
    const list = listOf(count);
    return previewOf(list, list, {
      now,
      order,
      callingWindow: null,
      rules: none,
      contacts: new Map(),
      pace: null,
      slots: NO_SLOTS,
    });
  };
  const NOW = Date.parse("2026-06-10T08:00:00Z");

  it.each([
    ["one after the other", 5, { slots: 1 }, 5 * 60],
    ["ten at once", 25, {}, 3 * 60],
    ["as fast as the pace lets them", 25, { paceMs: 60 * SECONDS }, 25 * 60],
    ["a slot and a token for each", 25, { paceMs: 5 * SECONDS }, 2 * 60 + 4 * 5 + 60],
    ["the pace at the beginning, the slots later", 25, { paceMs: SECONDS }, 2 * 60 + 4 + 60],
    ["not before the pace lets the first one", 1, { pacedUntil: NOW + 7 * SECONDS }, 67],
  ])("%s", (_, count, change, seconds) => {
    const { calls, endsAt } = courseOf(previewed(count, null, NOW), { ...settings, ...change });
    expect(calls).toBe(count);
    expect(endsAt).toBe(NOW + seconds * SECONDS);
  });

  const morning: CallingWindow = {
    timezone_mode: "fixed",
    timezone: "Europe/Berlin",
    windows: [{ days: DAYS, start: 9 * 60, end: 12 * 60 }],
    excluded_dates: [],
    unknown_timezone: "block",
    expiresAt: null,
  };

  it("goes on the next morning where the window shuts before all were called", () => {
    // 10:00 in Berlin; in two hours are 120 calls of a minute, one after the other.
    const { calls, endsAt } = courseOf(previewed(130, morning, NOW), { ...settings, slots: 1 });
    expect(calls).toBe(130);
    expect(new Date(endsAt ?? 0).toISOString()).toBe("2026-06-11T07:10:00.000Z");
  });

  it("says who is not reached before the window's time is over", () => {
    const own = { ...morning, expiresAt: NOW + 30 * MINUTE };
    expect(courseOf(previewed(130, own, NOW), { ...settings, slots: 1 })).toEqual({
      calls: 30,
      endsAt: NOW + 30 * MINUTE,
    });
  });

  it("is worked out for the longest list in all zones at once", () => {
    const zones = ["America/New_York", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "America/Los_Angeles"];
    const list = listOf(5_000).map((one, index) => ({ ...one, timezone: zones[index % zones.length] ?? null }));
    const own = { ...morning, timezone_mode: "recipient" as const };
    const outlook: Outlook = {
      now: NOW,
      order: orderOf({ callingWindow: own }),
      callingWindow: null,
      rules: { min_gap_minutes: 60, max_attempts_per_number_per_day: 1 },
      contacts: new Map(),
      pace: null,
      slots: NO_SLOTS,
    };
    const before = process.cpuUsage();
    const { calls } = courseOf(previewOf(list, list, outlook), { ...settings, slots: 3 });
    expect(calls).toBe(5_000);
    // A request has 30 s of processor time; a busy machine takes no more of it.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(10_000);
  });

  it("asks of one number that may be in hundreds of zones a few times for each call, and not of every zone", () => {
    const zones = Intl.supportedValuesOf("timeZone").slice(0, 300);
    const [one] = listOf(1);
    if (one === undefined) expect.fail("a list of one has somebody");
    const list = Array.from({ length: 1_200 }, (_, index) => ({ ...one, timezone: zones[index % 300] ?? null }));
    let asked = 0;
    const outlook: Outlook = {
      now: NOW,
      order: orderOf({}),
      callingWindow: null,
      rules: {
        get min_gap_minutes() {
          asked += 1;
          return null;
        },
        max_attempts_per_number_per_day: 1_000,
      },
      contacts: new Map(),
      pace: null,
      slots: NO_SLOTS,
    };
    const { fates } = previewOf(list, list, outlook);
    expect(fates.filter(({ kind }) => kind === "called").length).toBeGreaterThanOrEqual(1_000);
    expect(asked).toBeLessThan(20 * list.length);
  });
});
