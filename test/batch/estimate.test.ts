/** When a batch will be over, from the pace of the last minutes. */

import { describe, expect, it } from "vitest";
import { estimatedEndAt, type Progress } from "../../src/batch/reading/estimate.ts";

const MINUTE = 60_000;
const NOW = 60 * MINUTE;
/** From dialing to the end. */
const TAKES = MINUTE / 2;
const endings = (...endedAt: number[]) => endedAt.map((at) => ({ dialedAt: at - TAKES, endedAt: at }));
/** Two a minute in the last five minutes, for as long as the batch is admitted. */
const progress: Progress = {
  finished: endings(...Array.from({ length: 10 }, (_, index) => NOW - index * (MINUTE / 2))),
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
    [
      "counts a pause within the time measured",
      { admittedAt: NOW - 60 * MINUTE, finished: [...progress.finished, ...endings(NOW - 10 * MINUTE)] },
      NOW + Math.round((20 * 10 * MINUTE) / 11),
    ],
    [
      "is measured from when a batch that was over dials again",
      { admittedAt: NOW - 60 * MINUTE, finished: endings(...Array(50).fill(NOW - MINUTE)) },
      NOW + Math.round((20 * (MINUTE + TAKES)) / 50),
    ],
    ["is not known while nobody knows when it goes on", { waiting: { reason: "paused", until: null } }, null],
    ["is not known before anybody was dialed", { admittedAt: null }, null],
    ["is not known after too few calls", { finished: endings(NOW, NOW - 1, NOW - 2, NOW - 3) }, null],
    ["is not known from calls of an hour ago", { finished: endings(...Array(100).fill(0)), admittedAt: 0 }, null],
    ["is none where nobody remains", { remaining: 0 }, null],
  ])("%s", (_, change, expected) => {
    expect(estimatedEndAt({ ...progress, ...change }, NOW)).toBe(expected);
  });
});
