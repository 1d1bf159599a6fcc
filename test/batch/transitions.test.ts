/** Whatever changes a status, a pure function or a statement for many rows, goes by the one table. */

import { expect, it } from "vitest";
import { dispatched, firstAttempt, nextAttempt, notDialed } from "../../src/batch/attempts/transitions.ts";
import { allAttempts, cancelQueued, insertAttempt, requeueFailed } from "../../src/batch/store/attempts.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { LATE, RECIPIENT_STATUSES, type RecipientEvent, step } from "../../src/calling/words/recipient.ts";
import { nodeSql } from "../support/node-sql.ts";
import { sampleAttempt } from "./samples.ts";

const TOKEN = "t".repeat(22);
const NOW = 5_000;

/** One recipient in each status. */
function inEachStatus() {
  const sql = nodeSql(BATCH_STEPS);
  RECIPIENT_STATUSES.forEach((status, position) => {
    insertAttempt(sql, sampleAttempt({ number: position + 1, position, status }));
  });
  return sql;
}

/** The last status of each recipient after the event, by the table. */
const byTheTable = (event: RecipientEvent) =>
  RECIPIENT_STATUSES.map((status) => {
    const after = step(status, event);
    return after === LATE ? status : after;
  });

it.each([
  ["cancel", cancelQueued],
  ["requeue", (sql: ReturnType<typeof inEachStatus>, now: number) => requeueFailed(sql, now)],
] as const)("%s changes the statuses that the table lets it change, and no others", (event, change) => {
  const sql = inEachStatus();
  change(sql, NOW);
  const statuses: string[] = [];
  for (const { position, status } of allAttempts(sql)) statuses[position] = status;
  expect(statuses).toEqual(byTheTable(event));
});

it("who waits is dispatched, or fails undialed, as the table says; of others that does not compile", () => {
  const waits = firstAttempt(1, 0, 1_000);
  expect(dispatched(waits, TOKEN, NOW).status).toBe(step("queued", "dispatch"));
  expect(notDialed(waits, "do_not_call", NOW).status).toBe(step("queued", "abandon"));
  expect(RECIPIENT_STATUSES.filter((status) => step(status, "dispatch") !== LATE)).toEqual(["queued"]);
});

it.each(RECIPIENT_STATUSES)(
  "another attempt follows only where the table has one, here of one that is %s",
  (status) => {
    expect(nextAttempt(sampleAttempt({ status }), 2, NOW, NOW)?.status ?? LATE).toBe(step(status, "requeue"));
  },
);

it("an attempt that begins has its token, its time, and when it is asked about", () => {
  const row = dispatched(firstAttempt(1, 0, 1_000), TOKEN, NOW);
  expect(row).toMatchObject({ status: "dispatched", token: TOKEN, created_at: 1_000, dispatched_at: NOW });
  expect(row.due_at).toBeGreaterThan(NOW);
});
