/** A changed attempt is stored as it is in memory, whichever of its columns change, or not at all. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { dispatched, firstAttempt } from "../../src/batch/attempts/transitions.ts";
import type { AttemptRow, StoredAttempt } from "../../src/batch/store/attempt-states.ts";
import { allAttempts, changeAttempt, findAttempt, insertAttempt } from "../../src/batch/store/attempts.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { present } from "../../src/calling/requests/assert.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";
import { but, sampleAttempt } from "./samples.ts";

const NUMBER = 7;
const TOKEN = "t".repeat(22);
const stored = (sql: Sql): AttemptRow => present(findAttempt(sql, NUMBER), "the intent was stored");
function insertIntent(sql: Sql, now: number): AttemptRow {
  const row = dispatched(firstAttempt(NUMBER, 3, now), TOKEN, now);
  insertAttempt(sql, row);
  expect({ ...stored(sql) }).toEqual(row);
  return row;
}
function begin(sql: Sql, now: number): boolean {
  const row = stored(sql);
  return row.status === "queued" && changeAttempt(sql, row, dispatched(row, TOKEN, now));
}
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const instant = fc.integer({ min: 1_000, max: 2 ** 45 });
/** Whatever can change of a call that is over; each of them need not. */
const change = fc.record(
  {
    carrier_call_id: fc.string(),
    answered_at: orNull(instant),
    ended_at: instant,
    end_reason: fc.constantFrom("client_hangup", "dial_busy", "error"),
    error_message: orNull(fc.string()),
    deferred_since: orNull(instant),
    ended_because: orNull(fc.constantFrom("voicemail", "max_duration")),
    carrier_code: orNull(fc.string()),
    sip_code: orNull(fc.integer({ min: 100, max: 699 })),
    answered_by: orNull(fc.constantFrom("human", "machine", "unknown")),
    updated_at: instant,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<StoredAttempt>>;

it("is stored as it is in memory, whatever changes of it", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const sql = nodeSql(BATCH_STEPS);
      let row = insertIntent(sql, 1_000);
      for (const one of changes) {
        const after =
          row.status === "failed"
            ? but(row, one)
            : but(row, { status: "failed", carrier_call_id: "CA1", end_reason: "dial_busy", ...one });
        expect(changeAttempt(sql, row, after)).toBe(true);
        expect({ ...findAttempt(sql, NUMBER) }).toEqual(after);
        row = after;
      }
    }),
  );
});

it.each([
  ["one that waits and has ended", { status: "queued", ended_at: 5 }],
  ["a call in flight that nobody asks about", { status: "started", due_at: null }],
  ["a call that is answered and has no name", { status: "started", carrier_call_id: null }],
  ["an intent without a token", { status: "dispatched", token: null }],
] as const)("is not read where it cannot be: %s", (_, fields) => {
  const sql = nodeSql(BATCH_STEPS);
  const row = sampleAttempt({ number: NUMBER, status: fields.status });
  insertAttempt(sql, { ...row, ...fields } as StoredAttempt as AttemptRow);
  expect(() => findAttempt(sql, NUMBER)).toThrow("broken invariant");
  expect(() => allAttempts(sql)).toThrow("broken invariant");
});

it("stays as it is where it has another status by now", () => {
  const sql = nodeSql(BATCH_STEPS);
  const dispatched = insertIntent(sql, 1_000);
  const started = but(dispatched, { status: "started", answered_at: 1_500 });
  expect(changeAttempt(sql, dispatched, started)).toBe(true);
  expect(changeAttempt(sql, dispatched, but(dispatched, { status: "failed", ended_at: 2_000 }))).toBe(false);
  expect({ ...findAttempt(sql, NUMBER) }).toEqual(started);
});

it("counts as put off by the carrier only for as long as the carrier put it off, and not for a weekend without a window", () => {
  const HOUR = 3_600_000;
  const sql = nodeSql(BATCH_STEPS);
  const putOff = (from: number, until: number): AttemptRow => {
    const row = stored(sql);
    const deferred_since = row.deferred_since ?? from;
    const after = but(row, { status: "queued", due_at: until, deferred_since });
    expect(changeAttempt(sql, row, after)).toBe(true);
    return after;
  };
  insertIntent(sql, 0);
  putOff(1_000, 2_000);
  // It was due after a second, and tried as soon as its window opened again.
  expect(begin(sql, 60 * HOUR)).toBe(true);
  expect(putOff(60 * HOUR, 61 * HOUR)).toMatchObject({ deferred_since: 60 * HOUR - 1_000 });
  // Tried when it was due: nothing is taken off, and an hour later an hour has come on top.
  expect(begin(sql, 61 * HOUR)).toBe(true);
  expect(putOff(61 * HOUR, 62 * HOUR).deferred_since).toBe(60 * HOUR - 1_000);
});

it("was never put off where the carrier never said so, however late it begins", () => {
  const sql = nodeSql(BATCH_STEPS);
  const row = insertIntent(sql, 0);
  changeAttempt(sql, row, but(row, { status: "queued", due_at: 1_000 }));
  expect(begin(sql, 9_000)).toBe(true);
  expect(findAttempt(sql, NUMBER)?.deferred_since).toBeNull();
});
