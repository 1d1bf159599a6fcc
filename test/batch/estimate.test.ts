/** When a batch will be over, from the pace of the last minutes. */

import { describe, expect, it } from "vitest";
import { estimatedEndAt, type Progress } from "../../src/batch/estimate.ts";

const MINUTE = 60_000;
const NOW = 60 * MINUTE;
/** Two a minute in the last five minutes, for as long as the batch is admitted. */
const progress: Progress = {
  finishedAt: Array.from({ length: 10 }, (_, index) => NOW - index * (MINUTE / 2)),
  remaining: 20,
  admittedAt: NOW - 5 * MINUTE,
  waiting: null,
};

describe("the estimated end", () => {
  it.each<[string, Partial<Progress>, number | null]>([
    ["goes on at the measured pace", {}, NOW + 10 * MINUTE],
    [
      "goes on where a slot is all that is missing",
      { waiting: { reason: "batch_concurrency", until: null } },
      NOW + 10 * MINUTE,
    ],
    ["begins when the window opens", { waiting: { reason: "window", until: NOW + 60 * MINUTE } }, NOW + 70 * MINUTE],
    ["counts a pause within the time measured", { admittedAt: NOW - 60 * MINUTE }, NOW + 20 * MINUTE],
    ["is not known while nobody knows when it goes on", { waiting: { reason: "paused", until: null } }, null],
    ["is not known before anybody was dialed", { admittedAt: null }, null],
    ["is not known after too few calls", { finishedAt: [NOW, NOW - 1, NOW - 2, NOW - 3] }, null],
    ["is not known from calls of an hour ago", { finishedAt: Array(100).fill(0), admittedAt: 0 }, null],
    ["is none where nobody remains", { remaining: 0 }, null],
  ])("%s", (_, change, expected) => {
    expect(estimatedEndAt({ ...progress, ...change }, NOW)).toBe(expected);
  });
});
