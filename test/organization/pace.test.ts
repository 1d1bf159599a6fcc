/** What is kept of a pace: changed limits, a carrier's "not now", and the lowest of several. */

import { beforeEach, describe, expect, it } from "vitest";
import { PACE_AHEAD_MS } from "../../src/calling/messages/clearance.ts";
import { limitPace, Pace, paceView } from "../../src/organization/rules/pace.ts";
import { shareAt } from "../../src/organization/rules/token-bucket.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const NOW = 1_000_000;
const [PROVIDER, NUMBER] = ["app_one", "ap_one"];
let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
});

/** A question takes so many tokens; what is in memory is gone after it. */
function takeTokens(count: number, now: number): number[] {
  const pace = new Pace(sql, PROVIDER, NUMBER);
  const at = Array.from({ length: count }, () => {
    const next = pace.nextAt(now);
    pace.take(next);
    return next;
  });
  pace.store();
  return at;
}
const nextAt = (now: number): number => new Pace(sql, PROVIDER, NUMBER).nextAt(now);

describe("the pace", () => {
  it("is the lowest of the organization's, the provider's and the number's, from question to question", () => {
    limitPace(sql, 100, NOW);
    limitPace(sql, 2, NOW, PROVIDER);
    limitPace(sql, 10, NOW, NUMBER);
    expect(takeTokens(2, NOW)).toEqual([NOW, NOW + 500]);
    expect(nextAt(NOW)).toBe(NOW + 1_000);
  });

  it("costs a row for each limit that is met, and none where there is none", () => {
    const before = sql.rowsWritten;
    takeTokens(5, NOW);
    expect(sql.rowsWritten).toBe(before);
    limitPace(sql, 10, NOW, NUMBER);
    const limited = sql.rowsWritten;
    takeTokens(5, NOW);
    expect(sql.rowsWritten).toBe(limited + 1);
    takeTokens(0, NOW);
    expect(sql.rowsWritten).toBe(limited + 1);
  });

  it("does not make anybody wait for a limit that has been raised, nor lets two begin at once", () => {
    limitPace(sql, 0.001, NOW, NUMBER);
    takeTokens(1, NOW);
    limitPace(sql, 10, NOW + 5, NUMBER);
    expect(nextAt(NOW + 5)).toBe(NOW + 5 + PACE_AHEAD_MS + 100);
    limitPace(sql, 1, NOW + 6, NUMBER);
    expect(nextAt(NOW + 6)).toBe(NOW + 5 + PACE_AHEAD_MS + 100);
  });

  it("is halved by each refusal of the carrier, whole again within a minute, and never the organization's own", () => {
    limitPace(sql, 10, NOW);
    limitPace(sql, 10, NOW, PROVIDER);
    for (const at of [NOW, NOW + 10, NOW + 2_000]) {
      const pace = new Pace(sql, PROVIDER, NUMBER);
      pace.throttle(at);
      pace.store();
    }
    const shareOf = (id: string | undefined, at: number) => {
      const view = paceView(sql, id);
      return view === null ? null : shareAt(view.bucket, at);
    };
    // Those of one second are one: they were under way together.
    expect(shareOf(PROVIDER, NOW + 2_000)).toBeCloseTo((0.5 + 2 / 60) / 2);
    expect(shareOf(PROVIDER, NOW + 62_000)).toBe(1);
    expect(shareOf(undefined, NOW + 2_000)).toBe(1);
  });
});
