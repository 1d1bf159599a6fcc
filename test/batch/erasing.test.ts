/** What of a recipient and its calls is erased, and what stays. Pure: the batch's real rows in Node's SQLite. */

import { expect, it } from "vitest";
import { Batch } from "../../src/batch/core/batch.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import { eraseRecipient } from "../../src/batch/people/erasing.ts";
import { allAttempts, changeAttempt, insertAttempt, mayRetry, requeueFailed } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { ok } from "../../src/calling/requests/result.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { nodeSql } from "../support/node-sql.ts";
import { but, GIVEN, sampleAttempt, sampleDialing, sampleOrder } from "./samples.ts";

const ID = "acb_9GMZNjbCy2jfNrwkvjCCHq";
const PEOPLE = [
  { to_number: "+14155550101", metadata: '{"first_name":"Ada"}', timezone: "Europe/Berlin", external_id: "crm-1" },
  { to_number: "+14155550102", metadata: '{"first_name":"Grace"}', timezone: null, external_id: "crm-2" },
];
const PERSONAL = /41555501|Ada|Grace|crm-|Berlin|CA0000|no such subscriber|secret|4040/;
const OVER = { status: "failed", carrier_code: "4040", error_message: "no such subscriber", token: "secret" } as const;
const WANTS = [{ id: "webhook_1", events: ["call_failed", "call_completed"] as const }];

/** Each of the two was called twice in vain; the events of the calls wait. */
function batchOf() {
  const sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow({ ...sampleOrder, id: ID, webhooks: WANTS }, PEOPLE.length, 0));
  new Recipients(sql).insert(packRecipients(PEOPLE));
  for (const [number, position, attempt] of [
    [1, 0, 1],
    [2, 1, 1],
    [3, 0, 2],
    [4, 1, 2],
  ] as const) {
    insertAttempt(sql, sampleAttempt({ number, position, attempt, ...OVER, carrier_call_id: `CA0000${number}` }));
  }
  const route = present(routeOfBatch(ID, "org_test"), "it is a batch's id");
  const batch = new Batch(sql, route, GIVEN);
  for (const row of allAttempts(sql)) {
    const before = but(row, { status: "dispatched", due_at: 0 });
    const ride = row.attempt === 1 ? batch.outbox.rideOf(before, row, 1_000) : null;
    if (ride === null) batch.outbox.attemptChanged(before, row, 1_000);
    else {
      changeAttempt(sql, row, row, ride.riding);
      batch.outbox.rode(ride);
    }
  }
  batch.outbox.store(true);
  return { sql, batch };
}
const everything = ({ sql }: ReturnType<typeof batchOf>, position: number): string =>
  JSON.stringify([
    sql.all("SELECT recipients FROM recipient_pages").map((row) => JSON.parse(String(row.recipients))[position]),
    sql.all("SELECT * FROM attempts WHERE position = ?", position),
    sql
      .all("SELECT value FROM outbox_pages, json_each(events)")
      .filter((row) => JSON.parse(String(row.value)).attempt.position === position),
  ]);

it("leaves nothing of the recipient, in no row, and everything of others", () => {
  const stored = batchOf();
  const other = everything(stored, 1);
  expect(everything(stored, 0)).toMatch(PERSONAL);
  eraseRecipient(stored.batch, 0, 5_000);
  expect(everything(stored, 0)).not.toMatch(PERSONAL);
  expect(everything(stored, 1)).toBe(other);
  expect(stored.batch.recipients.at(0)).toEqual({ to_number: "", metadata: null, timezone: null, addedAt: null });
  expect(stored.batch.recipients.at(1).to_number).toBe("+14155550102");
});

it("keeps that there were calls, when, and how they ended; a repeat keeps the first time", () => {
  const stored = batchOf();
  const before = stored.batch.summary();
  eraseRecipient(stored.batch, 0, 5_000);
  eraseRecipient(stored.batch, 0, 9_000);
  const [first, , second] = allAttempts(stored.sql);
  for (const row of [first, second]) {
    expect(row).toMatchObject({ status: "failed", dispatched_at: 0, carrier_call_id: "", redacted_at: 5_000 });
  }
  const route = present(routeOfBatch(ID, "org_test"), "it is a batch's id");
  expect(new Batch(stored.sql, route, GIVEN).summary()).toEqual(before);
});

it("has nobody called again by a retry", () => {
  const { sql, batch } = batchOf();
  eraseRecipient(batch, 0, 5_000);
  expect(mayRetry(sql)).toBe(true);
  expect(requeueFailed(sql, 6_000)).toBe(1);
  const alone = batchOf();
  for (const position of [0, 1]) eraseRecipient(alone.batch, position, 5_000);
  expect(mayRetry(alone.sql)).toBe(false);
  const engine = new Engine(alone.batch);
  engine.handle({ kind: "retry", to: 1, key: null }, 6_000);
  const effects = engine.handle({ kind: "line_checked", to: 1, dialing: ok(sampleDialing) }, 6_000);
  expect(effects).toContainEqual({
    kind: "reply",
    to: 1,
    answer: { ok: true, value: expect.objectContaining({ retry_count: 0 }) },
  });
});

it.each(["queued", "dispatched", "started"] as const)(
  "is refused while the recipient's latest attempt is %s",
  (status) => {
    const { sql } = batchOf();
    insertAttempt(sql, sampleAttempt({ number: 5, position: 0, attempt: 3, status, due_at: 10_000 }));
    const route = present(routeOfBatch(ID, "org_test"), "it is a batch's id");
    const engine = new Engine(new Batch(sql, route, GIVEN));
    for (const number of [1, 3]) {
      const { answer } = engine.obey({ kind: "erase_call", number }, 6_000);
      expect(answer).toMatchObject({ ok: false, failure: { kind: "conflict", code: "call_not_over" } });
    }
    expect(engine.obey({ kind: "erase_call", number: 2 }, 6_000).answer.ok).toBe(true);
    expect(engine.obey({ kind: "erase_call", number: 99 }, 6_000).answer).toMatchObject({ ok: false });
    expect(allAttempts(sql).map(({ redacted_at }) => redacted_at)).toEqual([null, 6_000, null, 6_000, null]);
  },
);
