/** What the form of a new batch says: its hours, what is set under Advanced, how late a phone could ring, and the first steps. */

import { describe, expect, it } from "vitest";
import { type Draft, newDraft } from "../../src/page/dashboard/draft/draft.ts";
import { latestRing, latestRingWords } from "../../src/page/dashboard/draft/latest-ring.ts";
import { advancedWords, hoursWords } from "../../src/page/dashboard/draft/words.ts";
import { stepsOf } from "../../src/page/dashboard/first-steps/steps.ts";

const NOW = Date.parse("2026-03-02T20:00:00Z");
const MINUTE = 60_000;
const draftOf = (change: Partial<Draft>): Draft => ({ ...newDraft(NOW), ...change });

it("a new batch calls from 09:00 to 20:00 where each person is, and nothing is set under Advanced", () => {
  expect(hoursWords(newDraft(NOW))).toBe("Mon–Fri 09:00–20:00, where each person is");
  expect(advancedWords(newDraft(NOW))).toBeNull();
  expect(hoursWords(draftOf({ hasHours: false }))).toBe("Any hour");
  expect(hoursWords(draftOf({ clock: "fixed", hoursZone: "America/New_York" }))).toBe(
    "Mon–Fri 09:00–20:00, America/New York",
  );
});

it.each<[Partial<Draft>, string]>([
  [{ concurrency: "5", callsAgain: true }, "5 at once · up to 3 calls each"],
  [{ hangsUp: true, callsPerSecond: "0.5" }, "hangs up on voicemail · 0.5 calls per second"],
  [{ freeDays: "2026-12-25, 2027-01-01", lastsUntil: "2027-02-01T09:00" }, "2 days off · hours end"],
  [{ freeDays: "2026-12-25", hasHours: false, ringSeconds: "30" }, "rings 30 s"],
  [{ unknownZone: "use_timezone", hoursZone: "Asia/Tokyo" }, "unknown zones use Asia/Tokyo"],
  [{ stopsItself: true, stopAtPercent: "40", callMinutes: "9" }, "calls up to 9 min · stops when 40% fail"],
])("what is set under Advanced is said in a line: %j", (change, words) => {
  expect(advancedWords(draftOf(change))).toBe(words);
});

describe("the latest a phone could ring", () => {
  const words = (zones: readonly string[], minutes: number) =>
    latestRingWords(latestRing(zones, NOW, NOW + minutes * MINUTE));

  it("is where the night is latest, at the end of the calls", () => {
    // 20:00 UTC is 15:00 in New York and 01:30 in Kolkata.
    expect(words(["America/New_York"], 0)).toBe("The latest a phone could ring: 15:00 (America/New York).");
    expect(words(["America/New_York", "Asia/Kolkata"], 70)).toBe(
      "The latest a phone could ring: 02:40 (Asia/Kolkata).",
    );
  });

  it("is before the morning where the calls last over the night", () => {
    expect(words(["America/New_York"], 24 * 60)).toContain("05:59 (America/New York)");
    expect(words(["Asia/Kolkata"], 6 * 60)).toContain("05:59");
  });

  it("may be at any time where no zone is known", () => {
    expect(words([], 10)).toBe("A phone could ring as late as 05:59.");
  });
});

describe("the first steps", () => {
  const states = (providers: number, numbers: number, agents: number, hasCalled = false) =>
    stepsOf({ providers, numbers, agents }, hasCalled).map(({ state }) => state);

  it("come one after the other: provider, number, agent, and a call to oneself", () => {
    expect(stepsOf({ providers: 0, numbers: 0, agents: 0 }, false).map(({ name }) => name)).toEqual([
      "provider",
      "number",
      "agent",
      "call",
    ]);
    expect(states(0, 0, 0)).toEqual(["next", "later", "later", "later"]);
    expect(states(1, 0, 0)).toEqual(["done", "next", "later", "later"]);
    expect(states(1, 1, 1)).toEqual(["done", "done", "done", "next"]);
    expect(states(1, 1, 1, true)).toEqual(["done", "done", "done", "done"]);
    // Somebody began with the agent.
    expect(states(0, 0, 1)).toEqual(["next", "later", "done", "later"]);
  });
});
