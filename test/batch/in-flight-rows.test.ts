import { describe, expect, it } from "vitest";
import { changeAttempt, findAttempt, insertIntent } from "../../src/batch/store/attempts.ts";
import { InFlightRows } from "../../src/batch/store/in-flight-rows.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const intent = { number: 7, position: 3, token: "t".repeat(22), dueAt: 20_000 };

describe("the rows in memory", () => {
  it("a new intent's row is what the table has", () => {
    const sql = nodeSql(BATCH_STEPS);
    const row = insertIntent(sql, intent, 900, 1_000);
    expect(row).toEqual({ ...findAttempt(sql, intent.number) });
  });

  it("are read once while the attempt is in flight, and each time when it is over", () => {
    const sql = nodeSql(BATCH_STEPS);
    const rows = new InFlightRows(sql);
    const row = insertIntent(sql, intent, 900, 1_000);
    rows.stored(row);
    const before = sql.rowsRead;
    expect(rows.find(7)).toBe(row);
    expect(sql.rowsRead).toBe(before);
    const ended = { ...row, status: "completed", ended_at: 2_000, due_at: null } as const;
    changeAttempt(sql, row, ended);
    rows.stored(ended);
    expect({ ...rows.find(7) }).toEqual(ended);
    expect(sql.rowsRead).toBe(before + 1);
  });

  it("what a rolled back transaction said is forgotten", () => {
    const sql = nodeSql(BATCH_STEPS);
    const rows = new InFlightRows(sql);
    rows.stored(insertIntent(sql, intent, 900, 1_000));
    expect(() =>
      sql.transaction(() => {
        const before = insertIntentOf(rows);
        const answered = { ...before, status: "started" } as const;
        changeAttempt(sql, before, answered);
        rows.stored(answered);
        throw new Error("rolled back");
      }),
    ).toThrow("rolled back");
    rows.clear();
    expect(rows.find(7)?.status).toBe("dispatched");
  });

  it("nobody is found under a number without an attempt", () => {
    expect(new InFlightRows(nodeSql(BATCH_STEPS)).find(1)).toBeNull();
  });
});

function insertIntentOf(rows: InFlightRows) {
  const row = rows.find(intent.number);
  if (row === null) throw new Error("the intent was stored");
  return row;
}
