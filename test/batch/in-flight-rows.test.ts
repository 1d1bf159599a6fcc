import { describe, expect, it } from "vitest";
import { dispatched, firstAttempt } from "../../src/batch/attempts/transitions.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { changeAttempt, findAttempt, insertAttempt } from "../../src/batch/store/attempts.ts";
import { InFlightRows } from "../../src/batch/store/in-flight-rows.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";
import { but } from "./samples.ts";

const NUMBER = 7;
function insertIntent(sql: Sql): AttemptRow {
  const row = dispatched(firstAttempt(NUMBER, 3, 1_000), "t".repeat(22), 1_000);
  insertAttempt(sql, row);
  return row;
}

describe("the rows in memory", () => {
  it("a new intent's row is what the table has", () => {
    const sql = nodeSql(BATCH_STEPS);
    const row = insertIntent(sql);
    expect(row).toEqual({ ...findAttempt(sql, NUMBER) });
  });

  it("are read once while the attempt is in flight, and each time when it is over", () => {
    const sql = nodeSql(BATCH_STEPS);
    const rows = new InFlightRows(sql);
    const row = insertIntent(sql);
    rows.stored(row);
    const before = sql.rowsRead;
    expect(rows.find(7)).toBe(row);
    expect(sql.rowsRead).toBe(before);
    const ended = but(row, { status: "completed", ended_at: 2_000 });
    changeAttempt(sql, row, ended);
    rows.stored(ended);
    const changed = sql.rowsRead;
    expect({ ...rows.find(7) }).toEqual(ended);
    expect(sql.rowsRead).toBe(changed + 1);
  });

  it("are read again after a transaction that was rolled back", () => {
    const sql = nodeSql(BATCH_STEPS);
    const rows = new InFlightRows(sql);
    rows.stored(insertIntent(sql));
    expect(() =>
      sql.transaction(() => {
        const before = insertIntentOf(rows);
        const answered = but(before, { status: "started" });
        changeAttempt(sql, before, answered);
        rows.stored(answered);
        throw new Error("rolled back");
      }),
    ).toThrow("rolled back");
    expect(new InFlightRows(sql).find(7)?.status).toBe("dispatched");
  });

  it("nobody is found under a number without an attempt", () => {
    expect(new InFlightRows(nodeSql(BATCH_STEPS)).find(1)).toBeNull();
  });
});

function insertIntentOf(rows: InFlightRows) {
  const row = rows.find(NUMBER);
  if (row === null) throw new Error("the intent was stored");
  return row;
}
