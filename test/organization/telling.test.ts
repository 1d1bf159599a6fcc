/** While a batch is being told of something, the organization's alarm is the safety net behind it: it is not set to now. */

import { expect, it } from "vitest";
import { Slots } from "../../src/organization/ledger/slots.ts";
import { RuleNotices, WITHOUT_SLOTS_EVERY_MS } from "../../src/organization/people/rule-notices.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const BATCH = "acb_TX9N9ULdcZQd5CEgrpdpAE";
const DIALS = "acb_UX9N9ULdcZQd5CEgrpdpAE";
const MINUTE = 60_000;

function running(...ids: readonly string[]): Sql {
  const sql = nodeSql(ORGANIZATION_STEPS);
  ids.forEach((id, index) => {
    sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', 0, 1, '{}')`,
      index + 1,
      id,
    );
  });
  return sql;
}

const list = (sql: Sql, number: string) =>
  sql.run(`INSERT INTO do_not_call (number, added_at, added_by) VALUES (?, 1, '{}')`, number);

it("a batch that takes long to hear of its grant", () => {
  const slots = new Slots(nodeSql(ORGANIZATION_STEPS));
  const statement = { batchId: BATCH, direct: false, createdAt: 1, requestNumber: 1, open: true, granted: false };
  slots.hear({ ...statement, slots: 2, holds: 0 }, { limit: 10, reserved: 0 }, 0);
  expect(slots.tell(MINUTE)).toMatchObject([{ kind: "grant", batchId: BATCH, holding: { grantedSlots: 2 } }]);
  for (let now = MINUTE; now < 10 * MINUTE; now += 1_000) {
    expect(slots.tell(now)).toEqual([]);
    expect(slots.nextDue(now)?.at).toBeGreaterThan(now);
    // Should this object die meanwhile, it goes on.
    expect(slots.nextDue(now)?.at).toBeLessThanOrEqual(now + MINUTE);
  }
});

it("a batch that takes long to hear of the do-not-call list", () => {
  const sql = running(BATCH);
  list(sql, "+14155550123");
  const notices = new RuleNotices(sql);
  expect(notices.tell(0)).toMatchObject([{ batchId: BATCH, numbers: ["+14155550123"] }]);
  for (let now = 0; now < 10 * MINUTE; now += 1_000) {
    expect(notices.tell(now)).toEqual([]);
    expect(notices.nextDue(now)?.at).toBeGreaterThan(now);
    expect(notices.nextDue(now)?.at).toBeLessThanOrEqual(now + MINUTE);
  }
});

it("a batch hears of more numbers than one message has in two, and of each once", () => {
  const sql = running(BATCH);
  const numbers = Array.from({ length: 5_002 }, (_, index) => `+1415${5_550_000 + index}`);
  for (const number of numbers) list(sql, number);
  const notices = new RuleNotices(sql);
  const messages: string[][] = [];
  for (let [next] = notices.tell(0); next !== undefined; [next] = notices.tell(0)) {
    messages.push([...next.numbers]);
    notices.told(next);
  }
  expect(messages.map(({ length }) => length)).toEqual([5_000, 2]);
  expect(messages.flat()).toEqual(numbers);
});

it("a batch that does not answer hears of the do-not-call list later, and of what is new since as well", () => {
  const sql = running(BATCH);
  list(sql, "+14155550123");
  const notices = new RuleNotices(sql);
  const [lost] = notices.tell(0);
  if (lost === undefined) expect.fail("it is behind");
  list(sql, "+14155550124");
  notices.untold(lost);
  const dueAt = notices.nextDue(0)?.at ?? 0;
  expect(notices.tell(dueAt - 1)).toEqual([]);
  const [again] = notices.tell(dueAt);
  expect(again).toMatchObject({ numbers: ["+14155550123", "+14155550124"] });
  if (again !== undefined) notices.told(again);
  expect(notices.tell(dueAt)).toEqual([]);
  expect(notices.nextDue(dueAt)).toBeNull();
});

it("a rule is heard when every batch that may dial has acknowledged it, and never when one does not answer", () => {
  const sql = running(BATCH, DIALS);
  const notices = new RuleNotices(sql);
  list(sql, "+14155550123");
  const heard = notices.spread(new Set([DIALS]), true);
  const messages = notices.tell(0);
  expect(messages.map(({ batchId, upTo }) => [batchId, upTo])).toEqual([
    [DIALS, null],
    [BATCH, null],
    [BATCH, 1],
    [DIALS, 1],
  ]);
  const ofDials = messages.filter(({ batchId }) => batchId === DIALS);
  for (const message of ofDials) {
    expect(heard.waitsFor.size).toBeGreaterThan(0);
    notices.told(message);
    notices.tell(0);
  }
  expect(heard.waitsFor.size).toBe(0);
  const unheard = notices.spread(new Set([DIALS]), true);
  for (const message of notices.tell(0)) notices.untold(message);
  expect(unheard.waitsFor.size).toBe(1);
});

it("a batch without slots is told of many new numbers once a minute, and one that dials of each at once", () => {
  const sql = running(BATCH, DIALS);
  const told = new Map<string, string[][]>([BATCH, DIALS].map((id) => [id, []]));
  const notices = new RuleNotices(sql);
  const run = (now: number): void => {
    for (let messages = notices.tell(now); messages.length > 0; messages = notices.tell(now)) {
      for (const message of messages) {
        told.get(message.batchId)?.push([...message.numbers]);
        notices.told(message);
      }
    }
  };
  const OPT_OUTS = 5 * 60 * 3;
  let now = 0;
  for (let count = 0; count < OPT_OUTS; count += 1) {
    list(sql, `+1415${5_550_000 + count}`);
    notices.spread(new Set([DIALS]));
    run(now);
    now += 200;
    // As the alarm does.
    run(now);
  }
  run(now + WITHOUT_SLOTS_EVERY_MS);
  const [waits, dials] = [BATCH, DIALS].map((id) => told.get(id));
  expect(dials).toHaveLength(OPT_OUTS);
  expect(waits?.length).toBeLessThanOrEqual(5);
  expect(waits?.flat()).toHaveLength(OPT_OUTS);
});
