/** A report equals a recount of the calls, whatever breaks off, and costs a tenth of a row a call. */

import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { OrganizationObject } from "../../src/organization/object.ts";
import { Sql } from "../../src/storage/sql.ts";
import { numbers, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Group = { readonly key: string; readonly name?: string; readonly dialed: number; readonly answered: number };
type Report = {
  readonly total: Record<string, unknown> & {
    readonly dialed: number;
    readonly completed: number;
    readonly not_called: { readonly not_placed: number };
  };
  readonly data: Group[];
};

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 50 });
});
afterEach(async () => {
  await service.stop();
});

/** Whatever the clocks of callees say, it was today or a day beside it. */
const days = () => {
  const of = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  return `from=${of(-1)}&until=${of(1)}`;
};
const report = async (query = ""): Promise<Report> =>
  (await service.api<Report>("GET", `/agents/reports?${days()}&${query}`)).body;
const csvOf = async (by: string): Promise<string> => {
  const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
  const asked = new Request(`https://${service.host}/agents/reports.csv?${days()}&by=${by}&bom=false`, { headers });
  return (await fetchWorker(asked)).text();
};
const told = (dialed: number): Promise<Report> =>
  until(async () => {
    const now = await report();
    return now.total.dialed === dialed ? now : null;
  });

const OUTCOMES = ["+15005550001", "+15005550002", "+15005550003", "+15005550004"];

describe("a report", () => {
  it("is what the calls came to, of batches and direct calls, by each dimension", async () => {
    const { id } = await service.createBatch([...OUTCOMES, ...numbers(20)], { name: "First" });
    await service.finished(id);
    await service.api("POST", `/agents/calls/batches/${id}/retry`);
    await service.finished(id);
    const direct = await service.api("POST", "/agents/calls", {
      agent_id: "agent_test",
      from_number_id: "ap_test",
      outbound_calls: [{ to_number: "+14155569999" }],
    });
    expect(direct.status).toBe(200);
    const { total } = await told(20 + 3 * 2 + 1);
    expect(total).toMatchObject({
      answered: 21,
      completed: 21,
      not_reached: { busy: 2, no_answer: 2, dial_failed: 2, other: 0 },
      not_called: { not_placed: 2, do_not_call: 0, not_in_hours: 0 },
      completed_on_attempt: [21, 0, 0, 0, 0],
      answer_rate: 0.7778,
    });
    const batches = await report("by=batch");
    expect(batches.data.map(({ key, name, dialed }) => [key, name, dialed])).toEqual([
      [id, "First", 26],
      ["direct_calls", undefined, 1],
    ]);
    for (const [by, name] of [
      ["agent", "Test agent"],
      ["number", "+14155550100"],
      ["provider", "stand-in"],
    ]) {
      expect((await report(`by=${by}`)).data.map((one) => [one.name, one.dialed])).toEqual([[name, 27]]);
    }
    expect((await report(`batch_id=${id}`)).total.dialed).toBe(26);
    const csv = await csvOf("country");
    expect(csv).toMatch(/\r\nUS,,\d+,21,/);
    expect(csv).toMatch(/\r\ntotal,,27,21,/);
  });

  it("says what calls cost, by the prices of their provider, and which have no price", async () => {
    const { id } = await service.createBatch([...numbers(3), "+4915112345678", "+493012345678"]);
    await service.finished(id);
    await told(5);
    const prices = "/agents/phone-numbers/providers/app_test/prices";
    const set = (currency: string, valid_from: string, rates: unknown) =>
      service.api("POST", prices, { currency, valid_from, rates });
    expect((await report()).total).toMatchObject({ costs: [], minutes_without_price: 5 });
    const us = { destination: "US", per_minute: "0.014" };
    const mobile = { destination: "DE mobile", per_minute: "0.05", connection_fee: "0.01" };
    expect((await set("USD", "2020-01-01", [us, mobile])).status).toBe(200);
    // Each call of the tests is shorter than a minute.
    expect(await report("by=country")).toMatchObject({
      total: { costs: [{ currency: "USD", amount: "0.1020" }], minutes_without_price: 1 },
      data: [
        { key: "US", costs: [{ currency: "USD", amount: "0.0420" }], minutes_without_price: 0 },
        { key: "DE", costs: [{ currency: "USD", amount: "0.0600" }], minutes_without_price: 1 },
      ],
    });
    expect(await csvOf("country")).toMatch(/,cost_USD\r\nUS,,3,.*,0\.0420\r\nDE,.*,0\.0600\r\ntotal,.*,0\.1020\r\n$/s);
    // No call is dialed on a day so far away.
    await set("EUR", "2050-01-01", [us]);
    expect((await report()).total).toMatchObject({ costs: [{ currency: "USD", amount: "0.1020" }] });
    // One that moves behind the calls prices them no more, and no moment is without a list.
    await service.api("POST", prices, {
      currency: "USD",
      valid_from: "2049-01-01",
      replaces: "2020-01-01",
      rates: [us],
    });
    expect((await report()).total).toMatchObject({ costs: [], minutes_without_price: 5 });
    await service.api("POST", prices, {
      currency: "USD",
      valid_from: "2020-01-01",
      replaces: "2049-01-01",
      rates: [us],
    });
    expect((await report()).total).toMatchObject({ minutes_without_price: 2 });
    await service.api("DELETE", `${prices}/2020-01-01`);
    expect((await report()).total).toMatchObject({ costs: [], minutes_without_price: 5 });
  });

  it("says what is wrong with a period", async () => {
    const asked = async (query: string) => {
      const { status, body } = await service.api<{ issues: { path: string; message: string }[] }>(
        "GET",
        `/agents/reports?${query}`,
      );
      return [status, body.issues[0]?.path];
    };
    expect(await asked("from=2026-02-30")).toEqual([400, "from"]);
    expect(await asked("from=2026-03-02&until=2026-03-01")).toEqual([400, "until"]);
    expect(await asked("from=2024-01-01&until=2026-03-01")).toEqual([400, "from"]);
    expect(await asked("by=nothing")).toEqual([400, "by"]);
  });

  it("counts each call once though every message is heard twice, and objects break off", async () => {
    const original = OrganizationObject.prototype.report;
    let heard = 0;
    OrganizationObject.prototype.report = async function (this: OrganizationObject, message) {
      const answer = await original.call(this, message);
      heard += 1;
      // The batch is not told that it was heard, and tells it again.
      if (heard % 3 === 0) throw new Error("lost on the way back");
      await original.call(this, message);
      return answer;
    };
    try {
      const { id } = await service.createBatch(numbers(30));
      await until(async () => ((await service.batch(id)).total_calls_finished > 10 ? true : null));
      await abortAllDurableObjects();
      await service.finished(id);
      // A request to the carrier that broke off with its object may have placed no call.
      const { total } = await until(async () => {
        const now = await report();
        return now.total.dialed + now.total.not_called.not_placed === 30 ? now : null;
      });
      expect(total.completed).toBe(total.dialed);
      expect(total.dialed).toBeGreaterThan(20);
    } finally {
      OrganizationObject.prototype.report = original;
    }
    expect(heard).toBeGreaterThan(3);
  });

  it("costs a tenth of a row a call at most", async () => {
    let rows = 0;
    const run = Sql.prototype.run;
    Sql.prototype.run = function (this: Sql, statement, ...bindings) {
      const written = run.call(this, statement, ...bindings);
      if (statement.includes("report_sums")) rows += written;
      return written;
    };
    try {
      const { id } = await service.createBatch(numbers(200));
      await service.finished(id);
      await told(200);
    } finally {
      Sql.prototype.run = run;
    }
    expect(rows).toBeGreaterThan(0);
    expect(rows / 200).toBeLessThanOrEqual(0.1);
  });

  it("is told of a batch that waits, within a minute and without a word from elsewhere", async () => {
    const { id } = await service.createBatch(numbers(2), {
      retry_policy: { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [1] },
      calls_per_second: 0.02,
    });
    await until(async () => ((await service.batch(id)).total_calls_finished === 1 ? true : null));
    expect((await report()).total.dialed).toBe(0);
    const due = await runInDurableObject(service.batchObject(id), (_: BatchObject, state) => state.storage.getAlarm());
    expect(due).toBeLessThanOrEqual(Date.now() + 61_000);
  });
});
