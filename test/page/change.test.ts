/** What was edited of a batch, and the request that follows: one that the service's own schema takes, and nothing else in it. */

import { describe, expect, it } from "vitest";
import { changeBatchBody } from "../../src/api/requests/batch.ts";
import type { BatchChange, BatchDetail } from "../../src/client/client.ts";
import {
  changeable,
  changedWords,
  changeFaults,
  changeOf,
  draftOf,
  refusedFields,
} from "../../src/page/dashboard/batch/change/change.ts";
import type { Draft } from "../../src/page/dashboard/draft/draft.ts";
import { viewersZone, wallOf } from "../../src/page/dashboard/draft/zoned-time.ts";

const NOW = Date.now();
const MINUTE = 60_000;
const inMinutes = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();
const wallIn = (minutes: number): string => wallOf(NOW + minutes * MINUTE, viewersZone());

const PLAIN: BatchDetail = {
  id: "acb_1",
  name: "Guests",
  agent_id: "agent_1",
  from_number_id: "ap_1",
  region: "US",
  status: "pending",
  total_calls_scheduled: 1,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 480,
  recipients_called: 0,
  retry_count: 0,
  target_concurrency_limit: 5,
  priority: 3,
  created_at: inMinutes(-1),
  last_updated_at: inMinutes(-1),
  recipients: [{ id: "abcr_1", to_number: "+12125550100", created_at: inMinutes(-1), status: "queued" }],
};
/** With everything that a batch can have, also what no other page of the dashboard makes. */
const FULL: BatchDetail = {
  ...PLAIN,
  scheduled_at: inMinutes(90),
  on_voicemail: "hang_up",
  calls_per_second: 0.25,
  calling_window: {
    timezone_mode: "recipient",
    timezone: "America/New_York",
    unknown_timezone: "use_timezone",
    windows: [
      { days: ["mon", "fri"], start: "09:00", end: "20:00" },
      { days: ["sat"], start: "10:30", end: "24:00" },
    ],
    excluded_dates: ["2026-12-25", "2027-01-01"],
    expires_at: inMinutes(10_000),
  },
  retry_policy: {
    max_attempts: 3,
    retry_on: ["dial_busy", "voicemail"],
    intervals_minutes: [30, 120],
    min_gap_minutes: 60,
    max_attempts_per_number_per_day: 2,
  },
  circuit_breaker: {
    state: "closed",
    min_calls: 20,
    failure_share: 0.07,
    window_minutes: 15,
    cool_down_minutes: null,
    calls: 0,
    failed_calls: 0,
  },
};
const editedOf = (batch: BatchDetail, edit: Partial<Draft>): BatchChange => {
  const before = draftOf(batch, NOW);
  return changeOf(before, { ...before, ...edit });
};

describe("a change", () => {
  it.each([
    ["a batch that has everything", FULL],
    ["a batch that has nothing", PLAIN],
  ])("says nothing where nothing was edited, of %s", (_, batch) => {
    expect(editedOf(batch, {})).toEqual({});
    expect(changedWords(draftOf(batch, NOW), draftOf(batch, NOW))).toBeNull();
  });

  it.each<[string, Partial<Draft>, BatchChange]>([
    ["the name", { name: " Guests of Friday " }, { name: "Guests of Friday" }],
    ["calls at once", { concurrency: "8" }, { target_concurrency_limit: 8 }],
    ["the start, to now", { start: "now" }, { scheduled_at: null }],
    ["no hours any more", { hasHours: false }, { calling_window: null }],
    ["nobody called again", { callsAgain: false }, { retry_policy: null }],
    ["no pace any more", { callsPerSecond: "" }, { calls_per_second: null }],
    ["no stop by itself", { stopsItself: false }, { circuit_breaker: null }],
    [
      "one thing of the hours, with all else that they have",
      { clock: "fixed" },
      {
        calling_window: {
          timezone_mode: "fixed",
          timezone: "America/New_York",
          windows: [
            { days: ["mon", "fri"], start: "09:00", end: "20:00" },
            { days: ["sat"], start: "10:30", end: "24:00" },
          ],
          excluded_dates: ["2026-12-25", "2027-01-01"],
          // Inputs have minutes.
          expires_at: expect.stringMatching(/:00\.000Z$/),
        },
      },
    ],
    [
      "one thing of who is called again",
      { attempts: "4" },
      {
        retry_policy: {
          max_attempts: 4,
          retry_on: ["dial_busy", "voicemail"],
          intervals_minutes: [30, 120],
          min_gap_minutes: 60,
          max_attempts_per_number_per_day: 2,
        },
      },
    ],
    [
      "one thing of when it stops",
      { coolDownMinutes: "5" },
      { circuit_breaker: { min_calls: 20, failure_share: 0.07, window_minutes: 15, cool_down_minutes: 5 } },
    ],
  ])("is of what was edited alone: %s", (_, edit, change) => {
    expect(editedOf(FULL, edit)).toEqual(change);
    expect(changeBatchBody.safeParse(editedOf(FULL, edit)).error?.issues).toBeUndefined();
  });

  it("may be several, each of which is named", () => {
    const before = draftOf(PLAIN, NOW);
    const after: Draft = { ...before, concurrency: "2", start: "later", startAt: wallIn(120), hasHours: true };
    expect(changedWords(before, after)).toBe("calls at once, start, hours");
    expect(changeBatchBody.safeParse(changeOf(before, after)).success).toBe(true);
    expect(Object.keys(changeOf(before, after))).toEqual([
      "target_concurrency_limit",
      "scheduled_at",
      "calling_window",
    ]);
  });

  it("knows no start that has come", () => {
    expect(draftOf({ ...PLAIN, scheduled_at: inMinutes(-5) }, NOW).start).toBe("now");
    expect(draftOf(FULL, NOW)).toMatchObject({ start: "later", startAt: wallIn(90) });
  });
});

describe("what is wrong with a change", () => {
  const faults = (batch: BatchDetail, edit: Partial<Draft>, limit: number | null = 20) => {
    const before = draftOf(batch, NOW);
    return Object.keys(changeFaults(before, { ...before, ...edit }, limit, NOW));
  };

  it.each<[string, Partial<Draft>, string[]]>([
    ["no name", { name: " " }, ["name"]],
    ["no calls at once", { concurrency: "" }, ["concurrency"]],
    ["more at once than may be", { concurrency: "21" }, ["concurrency"]],
    ["a start that is over", { startAt: wallIn(-5) }, ["startAt"]],
    ["hours that are over", { lastsUntil: wallIn(-5) }, ["hours"]],
    ["no end of the hours", { lastsUntil: "" }, []],
  ])("%s", (_, edit, fields) => {
    expect(faults(FULL, edit)).toEqual(fields);
  });

  it("is nothing that the batch has already", () => {
    const expired: BatchDetail = { ...FULL, calling_window: { ...windowOfFull(), expires_at: inMinutes(-5) } };
    expect(faults(expired, { name: "Another" }, 2)).toEqual([]);
    expect(faults(expired, { clock: "fixed" }, 2)).toEqual(["hours"]);
  });
});

const windowOfFull = (): NonNullable<BatchDetail["calling_window"]> => {
  if (FULL.calling_window === undefined) throw new Error("the sample has hours");
  return FULL.calling_window;
};

it.each<[string, Partial<BatchDetail>, ReturnType<typeof changeable>]>([
  ["waits", {}, { start: true, calls: true }],
  ["has dialed somebody", { status: "in_progress", total_calls_dispatched: 1 }, { start: false, calls: true }],
  ["was retried", { retry_count: 1 }, { start: false, calls: true }],
  ["is over", { status: "completed", total_calls_dispatched: 1 }, { start: false, calls: true }],
  ["is cancelled", { status: "cancelled" }, { start: false, calls: false }],
])("offers what can be changed of a batch that %s", (_, fields, can) => {
  expect(changeable({ ...PLAIN, ...fields })).toEqual(can);
});

it("shows what the service refused at its field", () => {
  const issues = [
    { path: "calling_window.windows[0].end", message: "must be after start" },
    { path: "calling_window.expires_at", message: "must be in the future" },
    { path: "target_concurrency_limit", message: "must be at most 4" },
    { path: "else", message: "is unknown" },
  ];
  expect(refusedFields(issues)).toEqual({
    hours: "The service says: must be after start.",
    concurrency: "The service says: must be at most 4.",
  });
});
