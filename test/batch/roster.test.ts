/** Who is dialed next: first attempts before second ones, then in the order submitted, whenever they came to wait again. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { ALWAYS } from "../../src/batch/people/hours.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { rosterRows } from "../../src/batch/store/attempt-texts.ts";
import { insertAttempt } from "../../src/batch/store/attempts.ts";
import { BATCH_LATE, BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { isOver, RECIPIENT_STATUSES } from "../../src/calling/words/recipient.ts";
import { emptySql, nodeSql } from "../support/node-sql.ts";
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

it("is the same by what it reads of a batch's rows as by all of their columns", () => {
  const attempts = fc.array(
    fc.record({
      position: fc.nat(9),
      status: fc.constantFrom(...RECIPIENT_STATUSES),
      isPlaced: fc.boolean(),
      isAnswered: fc.boolean(),
      at: fc.integer({ min: 1, max: 1_000_000 }),
      gap: fc.constantFrom(1, 1, 1, 700),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(attempts, fc.boolean(), (given, isCancelled) => {
      const sql = nodeSql(BATCH_STEPS);
      let number = 0;
      const rows = given.map(({ position, status, isPlaced, isAnswered, at, gap }) => {
        // Numbers reach beyond one text.
        number += gap;
        const call =
          isPlaced && status !== "queued" && status !== "cancelled" ? { carrier_call_id: `CA${number}` } : {};
        const answer = isAnswered && status === "completed" ? { answered_at: at } : {};
        const times = { updated_at: at, dispatched_at: at, due_at: isOver(status) ? null : at };
        const row = sampleAttempt({ number, position, status, ...call, ...answer, ...times });
        insertAttempt(sql, row);
        return row;
      });
      const { open, ...others } = rosterRows(sql);
      expect(open.map((row) => row.number)).toEqual(
        rows.filter(({ status }) => !isOver(status)).map((row) => row.number),
      );
      const seen = (roster: Roster) => ({
        ...{ counts: roster.counts, called: roster.called, answered: roster.answered, flying: roster.flying },
        ...{ next: roster.nextNumber, updatedAt: roster.updatedAt, dispatchedAt: roster.lastDispatchedAt },
        latest: Array.from({ length: 10 }, (_, position) => roster.latestOf(position)),
        due: [...roster.inFlight.due(2_000_000)],
        turn: [...roster.queue.inTurn(2_000_000)],
      });
      const read = Roster.of(10, isCancelled, open, undefined, undefined, others);
      expect(seen(read)).toEqual(seen(Roster.of(10, isCancelled, rows)));
    }),
  );
});

it("is read of a batch that has dialed nobody, whose table of attempts is not made yet", () => {
  const { updatedAt, ...lists } = rosterRows(emptySql(BATCH_LATE));
  expect([updatedAt, lists.over, lists.open]).toEqual([0, [], []]);
});
