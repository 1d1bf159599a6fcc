/** Who is dialed next: first attempts before second ones, then in the order submitted, whenever they came to wait again. */

import { expect, it } from "vitest";
import { ALWAYS } from "../../src/batch/people/hours.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { sampleAttempt } from "./samples.ts";

const NOW = 1_000;
const queued = (number: number, position: number, attempt: number): AttemptRow =>
  sampleAttempt({ number, position, attempt, status: "queued", due_at: NOW });
const turn = (roster: Roster) => [...roster.queue.inTurn(NOW)].map(({ position, attempt }) => [position, attempt]);
const LINE = [
  [3, 1],
  [1, 2],
  [2, 2],
  [0, 3],
];
const WAITING = [queued(4, 0, 3), queued(5, 2, 2), queued(6, 1, 2)];

it("by the rows", () => {
  expect(turn(Roster.of(4, false, WAITING, ALWAYS))).toEqual(LINE);
});

it("by what has happened since", () => {
  const before = WAITING.map((row) =>
    sampleAttempt({ number: row.number, position: row.position, attempt: row.attempt }),
  );
  const roster = Roster.of(4, false, before, ALWAYS);
  expect(turn(roster)).toEqual([[3, 1]]);
  for (const [index, row] of WAITING.entries()) roster.follow(before[index] ?? null, row);
  expect(turn(roster)).toEqual(LINE);
});
