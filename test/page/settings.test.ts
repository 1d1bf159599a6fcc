/** What a batch's page says of how it calls. */

import { expect, it } from "vitest";
import type { BatchDetail } from "../../src/client/client.ts";
import { settingsLine, settingsOf } from "../../src/page/dashboard/batch/settings-words.ts";
import { usualSeparator } from "../../src/page/dashboard/text/format.ts";
import { daysWords } from "../../src/page/dashboard/text/hours.ts";

const BATCH: BatchDetail = {
  id: "acb_1",
  name: "Guests",
  agent_id: "agent_1",
  from_number_id: "ap_1",
  region: "US",
  status: "pending",
  total_calls_scheduled: 0,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  recipients_called: 0,
  retry_count: 0,
  target_concurrency_limit: 5,
  priority: 3,
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 480,
  created_at: "2026-03-01T10:00:00Z",
  last_updated_at: "2026-03-01T10:00:00Z",
  recipients: [],
};

it("are said in a line and by their names, also those that nobody has set", () => {
  expect(settingsLine(BATCH)).toBe("Any hour · 5 at once · no retries");
  const facts = new Map(settingsOf(BATCH));
  expect([facts.get("Hours"), facts.get("Retries"), facts.get("Voicemail"), facts.get("Rings for")]).toEqual([
    "Any hour",
    "None",
    "Not detected",
    "60 s",
  ]);
  expect(facts.has("Days off")).toBe(false);
});

it("say all that a batch can have", () => {
  const full: BatchDetail = {
    ...BATCH,
    calling_window: {
      timezone_mode: "recipient",
      unknown_timezone: "use_timezone",
      timezone: "America/New_York",
      windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "20:00" }],
      excluded_dates: ["2026-12-25"],
    },
    retry_policy: { max_attempts: 3, retry_on: ["dial_busy", "dial_no_answer"], intervals_minutes: [30, 120] },
    on_voicemail: "hang_up",
    calls_per_second: 0.5,
    circuit_breaker: { state: "closed", min_calls: 20, failure_share: 0.07, window_minutes: 10, cool_down_minutes: 5 },
  };
  expect(settingsLine(full)).toBe(
    "Mon–Fri 09:00–20:00, where each person is · 5 at once · up to 3 calls each · hangs up on voicemail · 0.5 a second",
  );
  const facts = new Map(settingsOf(full));
  expect(facts.get("Unknown time zone")).toBe("Uses America/New York");
  expect(facts.get("Retries")).toBe("Up to 3 calls each (busy, no answer), after 30, 120 min");
  expect(facts.get("Stops automatically")).toBe(
    "When 7% of at least 20 calls in 10 min fail, then tries one call every 5 min",
  );
  expect([facts.get("Days off"), facts.get("Pace")]).toEqual(["2026-12-25", "0.5 calls per second"]);
});

it.each([
  [["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "every day"],
  [["fri", "mon", "tue", "wed", "thu"], "Mon–Fri"],
  [["mon", "wed"], "Mon, Wed"],
  [["sat", "sun"], "Sat, Sun"],
] as const)("days %j are %s", (days, words) => {
  expect(daysWords(days)).toBe(words);
});

it("a separator is what spreadsheets of the language expect", () => {
  expect(["de-DE", "fr-FR", "en-GB", "de-CH", "pt-BR"].map(usualSeparator)).toEqual([
    "semicolon",
    "semicolon",
    "comma",
    "comma",
    "semicolon",
  ]);
});
