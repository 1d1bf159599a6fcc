/** While a batch is being told of something, the organization's alarm is the safety net behind it: it is not set to now. */

import { expect, it, vi } from "vitest";
import { present } from "../../src/calling/requests/assert.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { Slots } from "../../src/organization/ledger/slots.ts";
import { RuleNotices, WITHOUT_SLOTS_EVERY_MS } from "../../src/organization/people/rule-notices.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { AlarmClock } from "../../src/storage/alarm-clock.ts";
import { nodeSql } from "../support/node-sql.ts";

const BATCH = "acb_TX9N9ULdcZQd5CEgrpdpAE";
const NEVER = () => new Promise<never>(() => {});
const MINUTE = 60_000;

it("a batch that takes long to hear of its grant", () => {
  const slots = new Slots(nodeSql(ORGANIZATION_STEPS), NEVER);
  const statement = { batchId: BATCH, direct: false, createdAt: 1, requestNumber: 1, open: true, granted: false };
  slots.hear({ ...statement, slots: 2, holds: 0 }, { limit: 10, reserved: 0 }, 0);
  const [holding] = slots.due(MINUTE);
  if (holding === undefined) expect.fail("a grant that is not confirmed is told again");
  void slots.tell(holding, MINUTE);
  for (let now = MINUTE; now < 10 * MINUTE; now += 1_000) {
    expect(slots.due(now)).toEqual([]);
    expect(slots.nextDue(now)).toBeGreaterThan(now);
    // Should this object die meanwhile, it goes on.
    expect(slots.nextDue(now)).toBeLessThanOrEqual(now + MINUTE);
  }
});

it("a batch that takes long to hear of the do-not-call list", () => {
  vi.useFakeTimers({ now: 0 });
  const sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(
    `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
     VALUES (1, ?, 'agent_1', 'ap_1', 0, 1, '{}')`,
    BATCH,
  );
  sql.run(`INSERT INTO do_not_call (number, added_at, added_by) VALUES ('+14155550123', 1, '{}')`);
  const storage = { setAlarm: () => Promise.resolve() } as unknown as DurableObjectStorage;
  const notices = new RuleNotices(sql, new AlarmClock(storage), NEVER);
  void notices.run(Date.now());
  for (let now = 0; now < 10 * MINUTE; now += 1_000) {
    vi.setSystemTime(now);
    void notices.run(now);
    expect(notices.nextDue(now)).toBeGreaterThan(now);
    expect(notices.nextDue(now)).toBeLessThanOrEqual(now + MINUTE);
  }
  vi.useRealTimers();
});

it("a batch without slots is told of many new numbers once a minute, and one that dials of each at once", async () => {
  vi.useFakeTimers({ now: 0 });
  const sql = nodeSql(ORGANIZATION_STEPS);
  const DIALS = "acb_UX9N9ULdcZQd5CEgrpdpAE";
  [BATCH, DIALS].forEach((id, index) => {
    sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', 0, 1, '{}')`,
      index + 1,
      id,
    );
  });
  const slots = new Slots(sql, NEVER);
  const statement = { direct: false, requestNumber: 1, open: true, granted: false, slots: 2, holds: 0 };
  slots.hear({ ...statement, batchId: DIALS, createdAt: 2 }, { limit: 10, reserved: 0 }, 0);
  const told = new Map<string, string[][]>();
  const storage = { setAlarm: () => Promise.resolve() } as unknown as DurableObjectStorage;
  const notices = new RuleNotices(sql, new AlarmClock(storage), async (route, numbers) => {
    told.set(route, [...(told.get(route) ?? []), [...numbers]]);
  });
  const OPT_OUTS = 5 * 60 * 3;
  for (let count = 0; count < OPT_OUTS; count += 1) {
    sql.run(`INSERT INTO do_not_call (number, added_at, added_by) VALUES (?, 1, '{}')`, `+1415${5_550_000 + count}`);
    await notices.spread(Date.now());
    vi.setSystemTime(Date.now() + 200);
    // As the alarm does.
    if ((notices.nextDue(Date.now()) ?? Number.POSITIVE_INFINITY) <= Date.now()) await notices.run(Date.now());
  }
  vi.setSystemTime(Date.now() + WITHOUT_SLOTS_EVERY_MS);
  await notices.run(Date.now());
  vi.useRealTimers();
  const [waits, dials] = [BATCH, DIALS].map((id) => told.get(present(routeOfBatch(id), "a batch's id")) ?? []);
  expect(dials).toHaveLength(OPT_OUTS);
  expect(waits?.length).toBeLessThanOrEqual(5);
  expect(waits?.flat()).toHaveLength(OPT_OUTS);
});
