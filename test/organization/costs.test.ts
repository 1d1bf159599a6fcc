/** What calls cost: each by the price list of its day, exact, and nothing priced that has no price. */

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { countBilled, FIGURES, type HourSums, INCREMENTS, noFigures } from "../../src/calling/messages/report-sums.ts";
import type { PriceList, Rate } from "../../src/calling/words/price-list.ts";
import { deletePriceList, putPriceList } from "../../src/organization/configuration/price-lists.ts";
import { PriceRegister } from "../../src/organization/configuration/price-register.ts";
import {
  REPORT_DIMENSIONS,
  type ReportDimension,
  type ReportRequest,
} from "../../src/organization/messages/reports.ts";
import { reportOf } from "../../src/organization/reports/report.ts";
import { takeSums } from "../../src/organization/reports/sums.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

type Call = {
  readonly day: number;
  readonly country: string;
  readonly isMobile: boolean;
  readonly seconds: number;
  readonly number: "ap_1" | "ap_2";
};
const call = (some: Partial<Call> = {}): Call => ({
  day: 10,
  country: "DE",
  isMobile: false,
  seconds: 61,
  number: "ap_1",
  ...some,
});
const rate = (destination: string, per_minute: string, more: Partial<Rate> = {}): Rate => ({
  destination,
  per_minute,
  increments: "60/60",
  connection_fee: "0",
  ...more,
});
const listOf = (validFrom: number, rates: readonly Rate[], currency = "EUR"): PriceList => ({
  validFrom,
  currency,
  rates,
});
const ask = (by: ReportDimension = "day", more: Partial<ReportRequest> = {}): ReportRequest => ({
  by,
  from: 0,
  until: 1_000,
  agentId: null,
  numberId: null,
  providerId: null,
  country: null,
  batchId: null,
  ...more,
});

/** As a batch sums them up. */
function told(sql: Sql, calls: readonly Call[], batchAt = 5): void {
  const hours = new Map<string, { call: Call; of: Call[] }>();
  for (const one of calls) {
    const key = `${one.number} ${one.day} ${one.country}`;
    hours.set(key, { call: one, of: [...(hours.get(key)?.of ?? []), one] });
  }
  for (const { call: first, of } of hours.values()) {
    const figures = noFigures();
    for (const { seconds, isMobile } of of) {
      figures.dialed += 1;
      figures.answered += 1;
      countBilled(figures, seconds, isMobile);
    }
    const hour: HourSums = {
      hour: first.day * 24 + 9,
      isLocal: first.country !== "+800",
      country: first.country,
      version: 1,
      figures: FIGURES.map((name) => figures[name]),
    };
    takeSums(sql, { batchAt, agentId: "agent_1", numberId: first.number }, [hour]);
  }
}

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  for (const at of [1, 2]) {
    sql.run(
      `INSERT INTO providers (id, carrier, label, shown, sealed_credentials, created_at, updated_at)
       VALUES ('app_${at}', 'twilio', 'main', '{}', '', 1, 1)`,
    );
    sql.run(
      `INSERT INTO phone_numbers (id, label, number, provider_id, created_at, updated_at)
       VALUES ('ap_${at}', '', '+1415555010${at}', 'app_${at}', 1, 1)`,
    );
  }
});
const billOf = (request = ask()) => reportOf(sql, request).bill;

describe("what calls cost", () => {
  it.each<[string, readonly Rate[], Call, string]>([
    ["by minutes begun", [rate("DE", "0.014")], call(), "0.0280"],
    ["by seconds", [rate("DE", "0.06", { increments: "1/1" })], call(), "0.0610"],
    ["by six seconds", [rate("DE", "0.06", { increments: "6/6" })], call(), "0.0660"],
    ["by half a minute at least", [rate("DE", "0.06", { increments: "30/6" })], call({ seconds: 3 }), "0.0300"],
    ["by a minute at least", [rate("DE", "0.06", { increments: "60/1" })], call({ seconds: 3 }), "0.0600"],
    ["with a fee", [rate("DE", "0.01", { connection_fee: "0.005" })], call(), "0.0250"],
    ["to a mobile number", [rate("DE", "0.01"), rate("DE mobile", "0.05")], call({ isMobile: true }), "0.1000"],
    ["to a fixed line", [rate("DE mobile", "0.05"), rate("DE", "0.01")], call(), "0.0200"],
    ["to a mobile number without a price of its own", [rate("DE", "0.01")], call({ isMobile: true }), "0.0200"],
    ["by the calling code", [rate("*", "9"), rate("+49", "0.01")], call({ isMobile: true }), "0.0200"],
    ["to a country of a calling code", [rate("+1", "0.01"), rate("CA", "0.02")], call({ country: "CA" }), "0.0400"],
    ["to no country", [rate("*", "9"), rate("+800", "0.5")], call({ country: "+800" }), "1.0000"],
    ["to all others", [rate("US", "0.01"), rate("*", "0.5")], call(), "1.0000"],
    ["with eight decimals, rounded", [rate("DE", "0.00002500")], call(), "0.0001"],
    ["of much", [rate("DE", "999999.99999999")], call(), "2000000.0000"],
  ])("%s", (_, rates, one, amount) => {
    putPriceList(sql, "app_1", listOf(0, rates), 1);
    told(sql, [one]);
    expect(billOf()).toEqual({ costs: [{ currency: "EUR", amount }], minutesWithoutPrice: 0 });
  });

  it("is by the list of the day, of the provider of the number, in its currency", () => {
    putPriceList(sql, "app_1", listOf(10, [rate("DE", "0.01")]), 1);
    putPriceList(sql, "app_1", listOf(12, [rate("DE", "0.02")]), 1);
    putPriceList(sql, "app_2", listOf(11, [rate("DE", "0.1")], "USD"), 1);
    told(
      sql,
      [9, 10, 11, 12, 13].map((day) => call({ day, seconds: 60 })),
    );
    told(
      sql,
      [10, 11].map((day) => call({ day, seconds: 60, number: "ap_2" })),
    );
    const euro = (amount: string) => ({ currency: "EUR", amount });
    expect(billOf()).toEqual({
      costs: [euro("0.0600"), { currency: "USD", amount: "0.1000" }],
      minutesWithoutPrice: 2,
    });
    expect(billOf(ask("day", { from: 11, until: 13, numberId: "ap_1" }))).toEqual({
      costs: [euro("0.0300")],
      minutesWithoutPrice: 0,
    });
    expect(reportOf(sql, ask("provider")).groups.map(({ key, bill }) => [key, bill?.minutesWithoutPrice])).toEqual([
      ["app_1", 1],
      ["app_2", 1],
    ]);
    deletePriceList(sql, "app_1", 10);
    expect(billOf(ask("day", { numberId: "ap_1" }))).toEqual({ costs: [euro("0.0400")], minutesWithoutPrice: 3 });
  });

  it("is not known without a price, nor of rows that do not say what is billed", () => {
    told(sql, [call(), call({ country: "FR" })]);
    expect(billOf()).toEqual({ costs: [], minutesWithoutPrice: 4 });
    putPriceList(sql, "app_1", listOf(0, [rate("DE", "0.01")]), 1);
    expect(billOf()).toEqual({ costs: [{ currency: "EUR", amount: "0.0200" }], minutesWithoutPrice: 2 });
    sql.run("UPDATE report_sums SET billed_6_6 = 0, billed_30_6 = 0, billed_60_1 = 0");
    expect(billOf()).toEqual({ costs: [], minutesWithoutPrice: 4 });
  });

  it("equals the sum of each call's cost, by every dimension", () => {
    const calls = fc.record({
      day: fc.integer({ min: 8, max: 14 }),
      country: fc.constantFrom("DE", "FR", "US", "+800"),
      isMobile: fc.boolean(),
      seconds: fc.integer({ min: 0, max: 400 }),
      number: fc.constantFrom("ap_1" as const, "ap_2" as const),
    });
    const decimals = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99_999_999 }));
    const rates = fc.uniqueArray(
      fc.record({
        destination: fc.constantFrom("DE", "DE mobile", "FR", "+1", "*"),
        per_minute: decimals.map(([whole, part]) => `${whole}.${String(part).padStart(8, "0")}`),
        increments: fc.constantFrom(...(Object.keys(INCREMENTS) as (keyof typeof INCREMENTS)[])),
        connection_fee: decimals.map(([whole, part]) => `${whole}.${String(part).padStart(8, "0")}`),
      }),
      { selector: ({ destination }) => destination, maxLength: 5 },
    );
    const lists = fc.array(
      fc.record({
        provider: fc.constantFrom("app_1", "app_2"),
        validFrom: fc.integer({ min: 7, max: 15 }),
        currency: fc.constantFrom("EUR", "USD"),
        rates,
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.array(calls, { maxLength: 30 }), lists, (made, given) => {
        sql.run("DELETE FROM report_sums WHERE hour >= 0");
        sql.run("DELETE FROM price_lists WHERE provider_id > ''");
        for (const { provider, ...list } of given) putPriceList(sql, provider, list, 1);
        told(sql, made);
        const exact = new Map<string, bigint>();
        let unpriced = 0;
        for (const one of made) {
          // Of two lists of one day the later one is stored.
          const list = given
            .filter(({ provider, validFrom }) => provider.at(-1) === one.number.at(-1) && validFrom <= one.day)
            .sort((a, b) => a.validFrom - b.validFrom)
            .at(-1);
          const found = list === undefined ? undefined : nearest(latest(given, list).rates, one);
          if (list === undefined || found === undefined) unpriced += Math.max(1, Math.ceil(one.seconds / 60));
          else {
            const { currency } = latest(given, list);
            exact.set(currency, (exact.get(currency) ?? 0n) + exactCost(found, one.seconds));
          }
        }
        for (const by of REPORT_DIMENSIONS) {
          const { bill, groups } = reportOf(sql, ask(by));
          expect(bill?.minutesWithoutPrice).toBe(unpriced);
          expect(bill?.costs.map(({ currency }) => currency)).toEqual([...exact.keys()].sort());
          for (const { currency, amount } of bill?.costs ?? []) {
            // Exact in 10^-8 / 60, and half of 10^-4 at most when it is rounded.
            const difference = BigInt(amount.replace(".", "")) * 10_000n * 60n - (exact.get(currency) ?? 0n);
            expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(5_000n * 60n);
          }
          const isWhole = !["hour", "weekday", "hour_of_week"].includes(by);
          const sum = groups.reduce((all, { bill: one }) => all + (one?.minutesWithoutPrice ?? 0), 0);
          if (isWhole) expect(sum).toBe(unpriced);
        }
      }),
      { numRuns: 60 },
    );
  });
});

type Given = PriceList & { readonly provider: string };
const latest = (given: readonly Given[], { provider, validFrom }: Given): Given =>
  given.findLast((one) => one.provider === provider && one.validFrom === validFrom) as Given;

const CODES: Readonly<Record<string, string>> = { DE: "+49", FR: "+33", US: "+1", "+800": "+800" };
const nearest = (rates: readonly Rate[], { country, isMobile }: Call): Rate | undefined => {
  const places = [...(isMobile ? [`${country} mobile`] : []), country, CODES[country], "*"];
  return places.map((place) => rates.find(({ destination }) => destination === place)).find((one) => one !== undefined);
};

/** Step by step, in 10^-8 / 60. */
function exactCost({ per_minute, connection_fee, increments }: Rate, seconds: number): bigint {
  const [first = 0, step = 1] = increments.split("/").map(Number);
  let billed = increments === "1/1" ? 0 : first;
  while (billed < seconds) billed += step;
  return BigInt(billed) * BigInt(per_minute.replace(".", "")) + 60n * BigInt(connection_fee.replace(".", ""));
}

describe("a price list", () => {
  const register = () => new PriceRegister(sql);
  const act = (id: string) => ({
    id,
    operation: "setPrices",
    by: { kind: "key", id: "key_1", label: "mine" } as const,
  });
  it("replaces the one of its day, is listed by days, and is gone when it is deleted", async () => {
    expect(await register().setPrices("app_9", listOf(1, []))).toMatchObject({ ok: false });
    await register().setPrices("app_1", listOf(20, [rate("DE", "1")]));
    await register().setPrices("app_1", listOf(30, [rate("DE", "2")]));
    await register().setPrices("app_1", listOf(20, [rate("DE", "3"), rate("*", "4")]));
    const listed = await register().listPrices("app_1");
    expect(listed.ok && listed.value.map(({ validFrom, rates }) => [validFrom, rates[0]?.per_minute])).toEqual([
      [30, "2"],
      [20, "3"],
    ]);
    expect(await register().deletePrices("app_1", 20)).toEqual({ ok: true, value: true });
    expect(await register().deletePrices("app_1", 20)).toEqual({ ok: true, value: false });
  });

  it("is refused beyond fifty, unless it replaces one", async () => {
    for (let day = 0; day < 50; day += 1) await register().setPrices("app_1", listOf(day, []));
    expect(await register().setPrices("app_1", listOf(50, []))).toMatchObject({
      failure: { issues: [{ path: "valid_from" }] },
    });
    expect(await register().setPrices("app_1", listOf(49, []))).toMatchObject({ ok: true });
  });

  it("is audited: the prices that differ, as a change of the provider", async () => {
    await register().setPrices("app_1", listOf(20, [rate("DE", "1"), rate("FR", "2")]), act("a".repeat(20)));
    await register().setPrices("app_1", listOf(20, [rate("DE", "1.5"), rate("FR", "2")]), act("b".repeat(20)));
    const rows = sql.all<{ kind: string; resource_id: string; before: string; after: string }>(
      "SELECT kind, resource_id, before, after FROM acts ORDER BY id",
    );
    const name = "price of DE from 1970-01-21";
    expect(rows.at(-1)).toEqual({
      kind: "provider",
      resource_id: "app_1",
      before: JSON.stringify({ [name]: "1 EUR, 60/60, fee 0" }),
      after: JSON.stringify({ [name]: "1.5 EUR, 60/60, fee 0" }),
    });
    expect(rows).toHaveLength(2);
  });
});
