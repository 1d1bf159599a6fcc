/** Reports equal a recount of what batches told last, however messages are repeated, lost and overtaken. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFalling, reportCsv } from "../../src/api/answers/organization/report.ts";
import { exportSteps } from "../../src/api/export/sections.ts";
import type { ExportSource } from "../../src/api/export/source.ts";
import { FIGURES, type Figures, type HourSums, noFigures } from "../../src/calling/messages/report-sums.ts";
import { putPriceList } from "../../src/organization/configuration/price-lists.ts";
import {
  REPORT_DIMENSIONS,
  type ReportDimension,
  type ReportRequest,
} from "../../src/organization/messages/reports.ts";
import { writeAnalytics } from "../../src/organization/reports/analytics.ts";
import { quantileOf } from "../../src/organization/reports/quantile.ts";
import { GROUPS_AT_MOST, reportOf } from "../../src/organization/reports/report.ts";
import { takeDirectSums, takeSums } from "../../src/organization/reports/sums.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const figuresOf = (some: Partial<Figures>): number[] => {
  const all = { ...noFigures(), ...some };
  return FIGURES.map((name) => all[name]);
};
const hour = (at: number, some: Partial<Figures>, version = 1, more: Partial<HourSums> = {}): HourSums => ({
  hour: at,
  isLocal: true,
  country: "US",
  version,
  figures: figuresOf(some),
  ...more,
});
const OF = { batchAt: 5, agentId: "agent_1", numberId: "ap_1" };
const ANY = { agentId: null, numberId: null, providerId: null, country: null, batchId: null };
const ask = (by: ReportDimension, more: Partial<ReportRequest> = {}): ReportRequest => ({
  by,
  from: 0,
  until: 1_000,
  ...ANY,
  ...more,
});
type Message = {
  readonly batch: number;
  readonly hour: number;
  readonly country: string;
  readonly isLocal: boolean;
  readonly count: number;
};
const PRICE = { destination: "US", per_minute: "1", increments: "60/60", connection_fee: "0" } as const;
/** The first Monday: 5 January 1970. */
const MONDAY = 4 * 24;

describe("sums", () => {
  it("are heard once, whatever is repeated or overtaken", () => {
    const sql = nodeSql(ORGANIZATION_STEPS);
    const first = hour(MONDAY, { dialed: 2, answered: 1 }, 10);
    const second = hour(MONDAY, { dialed: 5, answered: 3 }, 20);
    expect(takeSums(sql, OF, [first])).toHaveLength(1);
    expect(takeSums(sql, OF, [first])).toEqual([]);
    expect(takeSums(sql, OF, [second])[0]?.added).toMatchObject({ dialed: 3, answered: 2 });
    expect(takeSums(sql, OF, [first])).toEqual([]);
    expect(reportOf(sql, ask("day")).total).toMatchObject({ dialed: 5, answered: 3 });
    // A word that came late: a machine had answered, and the call counts as failed.
    takeSums(sql, OF, [hour(MONDAY, { dialed: 5, answered: 3, machine: 1 }, 30)]);
    expect(reportOf(sql, ask("day")).total).toMatchObject({ dialed: 5, machine: 1 });
  });

  it("of direct calls share rows, and each request counts once", () => {
    const sql = nodeSql(ORGANIZATION_STEPS);
    for (const at of [1, 2]) {
      sql.run(
        "INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at) VALUES (?, ?, 'agent_1', 'ap_1', 9)",
        at,
        `acb_${at}`,
      );
    }
    const of = { ...OF, batchAt: 0 };
    const told = hour(MONDAY, { dialed: 1 }, 10);
    for (const at of [1, 1, 2, 1]) takeDirectSums(sql, at, of, [told]);
    takeDirectSums(sql, 2, of, [hour(MONDAY, { dialed: 2, answered: 1 }, 20)]);
    takeDirectSums(sql, 2, of, [told]);
    // Withdrawn: it never was.
    takeDirectSums(sql, 3, of, [told]);
    expect(reportOf(sql, ask("batch")).groups).toMatchObject([
      { key: "direct_calls", figures: { dialed: 3, answered: 1 } },
    ]);
    expect(sql.all("SELECT hour FROM report_sums")).toHaveLength(1);
  });

  it("equal a recount by every dimension, after any messages in any order", () => {
    const message = fc.record({
      batch: fc.integer({ min: 1, max: 3 }),
      hour: fc.integer({ min: MONDAY - 30, max: MONDAY + 200 }),
      country: fc.constantFrom("US", "DE", "+800"),
      isLocal: fc.boolean(),
      /** How many attempts were over in it. */
      count: fc.integer({ min: 1, max: 50 }),
    });
    const sumsOf = ({ hour: at, count, country, isLocal }: Message) =>
      hour(at, { dialed: count, answered: Math.floor(count / 2), talk_seconds: count * 7 }, count, {
        country,
        isLocal,
      });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
        const sql = nodeSql(ORGANIZATION_STEPS);
        const latest = new Map<string, Message>();
        for (const one of messages) {
          const { batch, hour: at, country, isLocal, count } = one;
          takeSums(sql, { batchAt: batch, agentId: `agent_${batch % 2}`, numberId: `ap_${batch}` }, [sumsOf(one)]);
          const key = `${batch} ${at} ${country} ${isLocal}`;
          if ((latest.get(key)?.count ?? 0) < count) latest.set(key, one);
        }
        const keyOf: Record<ReportDimension, (one: Message) => string | null> = {
          day: (one) => String(Math.floor(one.hour / 24)),
          hour: (one) => (one.isLocal ? String(one.hour % 24) : null),
          weekday: (one) => (one.isLocal ? String(Math.floor((one.hour - MONDAY + 168) / 24) % 7) : null),
          hour_of_week: (one) => (one.isLocal ? String((one.hour - MONDAY + 168) % 168) : null),
          agent: (one) => `agent_${one.batch % 2}`,
          number: (one) => `ap_${one.batch}`,
          provider: () => "",
          country: (one) => one.country,
          batch: (one) => String(one.batch),
        };
        for (const by of REPORT_DIMENSIONS) {
          const expected = new Map<string, number>();
          for (const one of latest.values()) {
            const key = keyOf[by](one);
            if (key !== null) expected.set(key, (expected.get(key) ?? 0) + one.count);
          }
          const { groups, total } = reportOf(sql, ask(by));
          // No batch is in the index here, so that all of them go by one name.
          const found = groups.map(({ key, figures }) => [key, figures.dialed] as const);
          if (by !== "batch") expect([by, new Map(found)]).toEqual([by, expected]);
          expect(found.length).toBe(expected.size);
          expect(total.dialed).toBe([...latest.values()].reduce((sum, { count }) => sum + count, 0));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a report", () => {
  const sql = nodeSql(ORGANIZATION_STEPS);
  takeSums(sql, OF, [hour(MONDAY, { dialed: 10, answered: 8 }), hour(MONDAY + 24, { dialed: 4 })]);
  takeSums(sql, { batchAt: 9, agentId: "agent_2", numberId: "ap_2" }, [
    hour(MONDAY + 24, { dialed: 7 }, 1, { country: "DE" }),
  ]);

  it.each<[Partial<ReportRequest>, number]>([
    [{}, 21],
    [{ from: 4, until: 5 }, 10],
    [{ from: 5, until: 6 }, 11],
    [{ agentId: "agent_2" }, 7],
    [{ numberId: "ap_1" }, 14],
    [{ country: "DE", agentId: "agent_1" }, 0],
    [{ providerId: "app_1" }, 0],
    [{ batchId: "acb_unknown" }, 0],
  ])("is of %j alone", (more, dialed) => {
    expect(reportOf(sql, ask("day", more)).total.dialed).toBe(dialed);
  });

  it("names Monday 0 and knows how numbers were before", () => {
    expect(reportOf(sql, ask("weekday")).groups.map(({ key }) => key)).toEqual(["0", "1"]);
    const { groups } = reportOf(sql, ask("number", { from: 5, until: 6 }));
    expect(groups.map(({ key, before }) => [key, before])).toEqual([
      ["ap_2", null],
      ["ap_1", { dialed: 10, answered: 8 }],
    ]);
  });

  it("tells apart batches that were deleted, and direct calls", () => {
    const sql = nodeSql(ORGANIZATION_STEPS);
    for (const [batchAt, dialed] of [
      [0, 3],
      [Date.UTC(2026, 0, 1, 9), 2],
      [Date.UTC(2026, 0, 1, 9) + 1, 1],
    ] as const)
      takeSums(sql, { ...OF, batchAt }, [hour(MONDAY, { dialed })]);
    expect(reportOf(sql, ask("batch")).groups.map(({ key, name }) => [key, name])).toEqual([
      ["direct_calls", null],
      ["deleted_2026-01-01T09:00:00.000Z", null],
      ["deleted_2026-01-01T09:00:00.001Z", null],
    ]);
  });

  describe("with more groups than are shown", () => {
    const sql = nodeSql(ORGANIZATION_STEPS);
    const batches = GROUPS_AT_MOST + 5;
    putPriceList(sql, "", { validFrom: 0, currency: "EUR", rates: [PRICE] }, 1);
    for (let batchAt = 1; batchAt <= batches; batchAt += 1) {
      const figures = { answered: 1, started_minutes: 1, billed_6_6: 6 };
      takeSums(sql, { ...OF, batchAt, numberId: `ap_${batchAt}` }, [
        hour(MONDAY, { ...figures, dialed: batchAt }),
        hour(MONDAY + 24, { ...figures, dialed: batches - batchAt + 1 }),
      ]);
    }
    const billOf = (euros: number) => ({
      costs: [{ currency: "EUR", amount: euros.toFixed(4) }],
      minutesWithoutPrice: 0,
    });

    it("shows the largest, and its total is of all", () => {
      const report = reportOf(sql, ask("batch", { until: 5 }));
      expect(report).toMatchObject({ total: { answered: batches }, bill: billOf(batches), next: null });
      expect(report.groups).toHaveLength(GROUPS_AT_MOST);
      expect(report.groups.at(-1)).toMatchObject({ figures: { dialed: 6 }, bill: billOf(1) });
    });

    it("reads what is billed of those alone", () => {
      const counting = nodeSql(ORGANIZATION_STEPS);
      const read: number[] = [];
      const many = sql.many;
      counting.many = (statement, ...bindings) => {
        const rows = many.call(sql, statement, ...bindings);
        read.push(rows.length);
        return rows as never;
      };
      counting.first = sql.first.bind(sql);
      counting.all = sql.all.bind(sql);
      reportOf(counting, ask("batch", { until: 5 }));
      expect(Math.max(...read)).toBe(GROUPS_AT_MOST);
    });

    it("knows of each number how it was before, however many others there were", () => {
      const { groups } = reportOf(sql, ask("number", { from: 5, until: 6 }));
      // Of most calls now, and of fewest then.
      expect(groups[0]).toMatchObject({ key: "ap_1", before: { dialed: 1, answered: 1 } });
      expect(groups.filter(({ before }) => before === null)).toEqual([]);
    });

    it.each<ReportDimension>(["batch", "number"])("is read whole in parts, by %s", (by) => {
      const first = reportOf(sql, ask(by, { after: null }));
      const rest = reportOf(sql, ask(by, { after: first.next ?? null }));
      expect([first.groups.length, rest.groups.length, rest.next]).toEqual([GROUPS_AT_MOST, 5, null]);
      expect(new Set([...first.groups, ...rest.groups].map(({ key }) => key)).size).toBe(batches);
      for (const part of [first, rest]) {
        expect(part).toMatchObject({ total: { answered: batches * 2 }, bill: billOf(batches * 2) });
        for (const { bill } of part.groups) expect(bill).toEqual(billOf(2));
      }
    });

    it("is exported whole", async () => {
      const organization = {
        describe: async () => ({ ok: true, value: { createdAt: MONDAY * 3_600_000 } }),
        reportBy: async (request: ReportRequest) => reportOf(sql, { ...request, until: 1_000 }),
      };
      const source = { organization, organizationId: "org_1", batch: () => null } as unknown as ExportSource;
      const keys = new Set<string>();
      for await (const { file } of exportSteps(source, { section: "reports", after: "" })) {
        if (!file.name.startsWith("reports/")) break;
        if (!file.name.includes("/by-batch")) continue;
        for (const { key } of (JSON.parse(file.text) as { data: { key: string }[] }).data) keys.add(key);
        if (keys.size === batches) break;
      }
      expect(keys.size).toBe(batches);
    });
  });

  it("as a file has a row for each group and the total", () => {
    const report = reportOf(sql, ask("day"));
    const csv = reportCsv({ by: "day", from: 4, until: 6, report }, { separator: ";", hasMark: false });
    const [names, ...rows] = csv
      .trim()
      .split("\r\n")
      .map((line) => line.split(";"));
    expect(names?.slice(0, 5)).toEqual(["key", "name", "dialed", "answered", "answer_rate"]);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ["1970-01-05", "", "10", "8", "0.8"],
      ["1970-01-06", "", "11", "0", "0"],
      ["total", "", "21", "8", "0.381"],
    ]);
    for (const row of rows) expect(row).toHaveLength(names?.length ?? 0);
  });

  it("tells a number whose answer rate falls from one that has bad luck", () => {
    expect(isFalling({ dialed: 500, answered: 100 }, { dialed: 500, answered: 200 })).toBe(true);
    expect(isFalling({ dialed: 500, answered: 190 }, { dialed: 500, answered: 200 })).toBe(false);
    expect(isFalling({ dialed: 60, answered: 20 }, { dialed: 60, answered: 26 })).toBe(false);
    expect(isFalling({ dialed: 40, answered: 0 }, { dialed: 500, answered: 200 })).toBe(false);
    expect(isFalling({ dialed: 500, answered: 0 }, { dialed: 500, answered: 0 })).toBe(false);
  });

  it("estimates durations within their groups", () => {
    const of = (some: Partial<Figures>) => ({ ...noFigures(), ...some });
    expect(quantileOf(of({}), 0.5)).toBeNull();
    // All in 10 to 20 seconds.
    expect(quantileOf(of({ answered: 10, lasted_2: 10 }), 0.5)).toBe(15);
    expect(quantileOf(of({ answered: 10, lasted_2: 5, lasted_11: 5 }), 0.9)).toBe(1_200);
    expect(quantileOf(of({ answered: 4, lasted_0: 2, lasted_4: 2 }), 0.5)).toBe(5);
  });

  it("goes beside Analytics Engine, as what has changed", () => {
    const points: AnalyticsEngineDataPoint[] = [];
    const dataset = { writeDataPoint: (point: AnalyticsEngineDataPoint) => void points.push(point) };
    const changes = takeSums(nodeSql(ORGANIZATION_STEPS), OF, [hour(MONDAY, { dialed: 3 })]);
    writeAnalytics(dataset, { id: "acb_1", agent_id: "agent_1", from_number_id: "ap_1" }, changes);
    expect(points).toMatchObject([
      { indexes: ["agent_1"], blobs: ["acb_1", "agent_1", "ap_1", "US", "1970-01-05T00"] },
    ]);
    expect(points[0]?.doubles?.[0]).toBe(3);
    writeAnalytics(undefined, { id: "acb_1", agent_id: "agent_1", from_number_id: "ap_1" }, changes);
  });
});
