/** What a change would do to those who wait: who waits longer, and who could never be called. */

import { describe, expect, it } from "vitest";
import { CallingHours } from "../../src/batch/people/calling-hours.ts";
import { HeldBack } from "../../src/batch/people/held-back.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { changePreview, failuresProblem, mayFail } from "../../src/batch/steering/change-preview.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import type { CallingWindow } from "../../src/calling/messages/calling-window.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

/** A Wednesday, 10:00 in New York and 07:00 in Los Angeles. */
const NOW = Date.parse("2027-06-02T14:00:00Z");
const HOUR = 3_600_000;
const NEW_YORK = "+12125550142";
const LOS_ANGELES = "+14155550142";
/** No zone is known of a toll-free number. */
const NOWHERE = "+18005550142";

const window = (fields: Partial<CallingWindow> = {}): string =>
  JSON.stringify({
    timezone_mode: "recipient",
    timezone: null,
    windows: [{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: 9 * 60, end: 17 * 60 }],
    excluded_dates: [],
    unknown_timezone: "block",
    expiresAt: null,
    ...fields,
  } satisfies CallingWindow);

function batchOf(numbers: readonly string[], row: Partial<BatchRow> = {}, attempts: readonly AttemptRow[] = []) {
  const recipients: NewRecipient[] = numbers.map((to_number) => ({ to_number, metadata: null, timezone: null }));
  const before = sampleBatch({ total_recipients: numbers.length, ...row });
  const callingHours = new CallingHours(before.calling_window, () => recipients, 30_000, false, before.floor);
  return {
    row: before,
    roster: Roster.of(numbers.length, false, attempts, callingHours.hours),
    callingHours,
    heldBack: new HeldBack(),
    recipients: { all: () => recipients },
    latest: new Map(attempts.map((one) => [one.position, one])),
  };
}
const fatesOf = (batch: ReturnType<typeof batchOf>, change: Partial<BatchRow>) =>
  changePreview(batch, { ...batch.row, ...change }, NOW).map(({ position, fate }) => [
    position,
    fate.kind,
    "reason" in fate ? fate.reason : new Date(fate.until).toISOString(),
  ]);

describe("hours that are set on a batch without any", () => {
  it("leave those whose day has begun, keep the others waiting, and fail those of whom no zone is known", () => {
    expect(fatesOf(batchOf([NEW_YORK, LOS_ANGELES, NOWHERE]), { calling_window: window() })).toEqual([
      [0, "same", "2027-06-02T14:00:00.000Z"],
      [1, "delayed", "2027-06-02T16:00:00.000Z"],
      [2, "failed", "unknown_timezone"],
    ]);
  });

  it("fail nobody where those without a zone are given one", () => {
    const fates = fatesOf(batchOf([NOWHERE]), {
      calling_window: window({ unknown_timezone: "use_timezone", timezone: "America/Los_Angeles" }),
    });
    expect(fates).toEqual([[0, "delayed", "2027-06-02T16:00:00.000Z"]]);
  });

  it("fail those whose turn comes when they are over", () => {
    const calling_window = window({ expiresAt: NOW + HOUR });
    expect(fatesOf(batchOf([NEW_YORK, LOS_ANGELES]), { calling_window })).toEqual([
      [0, "same", "2027-06-02T14:00:00.000Z"],
      [1, "failed", "window_expired"],
    ]);
    expect(fatesOf(batchOf([NEW_YORK]), { calling_window, scheduled_at: NOW + 2 * HOUR })).toEqual([
      [0, "failed", "window_expired"],
    ]);
  });

  it("hold beside the organization's, also where it alone lets nobody be called", () => {
    const floor = window({ windows: [{ days: ["wed"], start: 18 * 60, end: 20 * 60 }] });
    expect(fatesOf(batchOf([NEW_YORK], { floor }), { calling_window: window() })).toEqual([
      [0, "failed", "window_never_open"],
    ]);
  });

  it("concern nobody who was called already, and whoever is called again from then on", () => {
    const attempts = [
      sampleAttempt({ number: 1, position: 0, status: "completed", carrier_call_id: "CA1" }),
      sampleAttempt({ number: 2, position: 1, status: "queued", attempt: 2, due_at: NOW + 8 * HOUR }),
    ];
    expect(fatesOf(batchOf([NEW_YORK, NEW_YORK], {}, attempts), { calling_window: window() })).toEqual([
      [1, "delayed", "2027-06-03T13:00:00.000Z"],
    ]);
  });
});

it("a start that is moved, and hours that are taken away, bring people forward", () => {
  const scheduled = batchOf([NEW_YORK], { scheduled_at: NOW + HOUR });
  expect(fatesOf(scheduled, { scheduled_at: null })).toEqual([[0, "sooner", "2027-06-02T14:00:00.000Z"]]);
  expect(fatesOf(scheduled, { scheduled_at: NOW + 2 * HOUR })).toEqual([[0, "delayed", "2027-06-02T16:00:00.000Z"]]);
  const held = batchOf([LOS_ANGELES], { calling_window: window() });
  expect(fatesOf(held, { calling_window: null })).toEqual([[0, "sooner", "2027-06-02T14:00:00.000Z"]]);
  expect(fatesOf(held, { name: "Renamed" })).toEqual([[0, "same", "2027-06-02T16:00:00.000Z"]]);
});

it("a change is refused for those who would fail, with how many and why", () => {
  const batch = batchOf([NEW_YORK, NOWHERE, NOWHERE]);
  const after = { ...batch.row, calling_window: window() };
  expect(failuresProblem(changePreview(batch, after, NOW))).toMatchObject({
    kind: "wrong_state",
    code: "change_fails_recipients",
    message:
      "2 of 3 waiting recipients could never be called after this change (unknown_timezone 2); send allow_failures: true to let them fail",
  });
  expect(failuresProblem(changePreview(batch, batch.row, NOW))).toBeNull();
  expect([mayFail(batch.row, after), mayFail(batch.row, { ...batch.row, name: "Renamed" })]).toEqual([true, false]);
});
