/** A changed attempt is stored as it is in memory, whichever of its columns change, or not at all. */

import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type AttemptRow,
  beginQueued,
  changeAttempt,
  findAttempt,
  insertIntent,
} from "../../src/batch/store/attempts.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { nodeSql } from "../support/node-sql.ts";

const INTENT = { number: 7, position: 3, token: "t".repeat(22), dueAt: 20_000 };
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const instant = fc.integer({ min: 1_000, max: 2 ** 45 });
/** Whatever can change of an attempt; each of them need not. */
const change = fc.record(
  {
    status: fc.constantFrom("queued", "dispatched", "started", "completed", "failed", "cancelled"),
    carrier_call_id: orNull(fc.string()),
    answered_at: orNull(instant),
    ended_at: orNull(instant),
    end_reason: orNull(fc.constantFrom("client_hangup", "dial_busy", "error")),
    error_message: orNull(fc.string()),
    due_at: orNull(instant),
    deferred_since: orNull(instant),
    ended_because: orNull(fc.constantFrom("voicemail", "max_duration")),
    carrier_code: orNull(fc.string()),
    sip_code: orNull(fc.integer({ min: 100, max: 699 })),
    failure_reason: orNull(fc.constantFrom("do_not_call", "window_expired")),
    answered_by: orNull(fc.constantFrom("human", "machine", "unknown")),
    updated_at: instant,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<AttemptRow>>;

it("is stored as it is in memory, whatever changes of it", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const sql = nodeSql(BATCH_STEPS);
      let row = insertIntent(sql, INTENT, 900, 1_000);
      for (const one of changes) {
        const after = { ...row, ...one };
        expect(changeAttempt(sql, row, after)).toBe(true);
        expect({ ...findAttempt(sql, INTENT.number) }).toEqual(after);
        row = after;
      }
    }),
  );
});

it("stays as it is where it has another status by now", () => {
  const sql = nodeSql(BATCH_STEPS);
  const dispatched = insertIntent(sql, INTENT, 900, 1_000);
  const started = { ...dispatched, status: "started", answered_at: 1_500 } as const;
  expect(changeAttempt(sql, dispatched, started)).toBe(true);
  expect(changeAttempt(sql, dispatched, { ...dispatched, status: "failed", ended_at: 2_000 })).toBe(false);
  expect({ ...findAttempt(sql, INTENT.number) }).toEqual(started);
});

it("counts as put off by the carrier only for as long as the carrier put it off, and not for a weekend without a window", () => {
  const HOUR = 3_600_000;
  const sql = nodeSql(BATCH_STEPS);
  const putOff = (from: number, until: number): AttemptRow => {
    const row = present(findAttempt(sql, INTENT.number), "the intent was stored");
    const deferred_since = row.deferred_since ?? from;
    const after = { ...row, status: "queued", due_at: until, deferred_since } as const;
    expect(changeAttempt(sql, row, after)).toBe(true);
    return after;
  };
  insertIntent(sql, INTENT, 0, 0);
  putOff(1_000, 2_000);
  // It was due after a second, and tried as soon as its window opened again.
  expect(beginQueued(sql, INTENT, 60 * HOUR)).toBe(true);
  expect(putOff(60 * HOUR, 61 * HOUR)).toMatchObject({ deferred_since: 60 * HOUR - 1_000 });
  // Tried when it was due: nothing is taken off, and an hour later an hour has come on top.
  expect(beginQueued(sql, INTENT, 61 * HOUR)).toBe(true);
  expect(putOff(61 * HOUR, 62 * HOUR).deferred_since).toBe(60 * HOUR - 1_000);
});

it("was never put off where the carrier never said so, however late it begins", () => {
  const sql = nodeSql(BATCH_STEPS);
  const row = insertIntent(sql, INTENT, 0, 0);
  changeAttempt(sql, row, { ...row, status: "queued", due_at: 1_000 });
  expect(beginQueued(sql, INTENT, 9_000)).toBe(true);
  expect(findAttempt(sql, INTENT.number)?.deferred_since).toBeNull();
});
