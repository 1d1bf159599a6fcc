/** What a report takes of a year of ten million calls, with new prices each month: rows read, and processor time. */

import { FIGURES } from "../../src/calling/messages/report-sums.ts";
import { putPriceList } from "../../src/organization/configuration/price-lists.ts";
import { REPORT_DIMENSIONS } from "../../src/organization/messages/reports.ts";
import { GROUPS_AT_MOST, reportOf } from "../../src/organization/reports/report.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const BATCHES = 2_500;
/** Of 4,000 calls each: eight hours in four time zones are eleven hours by the callees' clocks. */
const HOURS = 11;
const CALLS = 10_000_000;
const AGENTS = 5;
const NUMBERS = 20;
const DAYS = 365;
const MONTHS = 12;
const REPEATS = 10;
/** 2026-01-01. */
const FIRST_DAY = 20_454;

const SECONDS: ReadonlySet<string> = new Set(["talk_seconds", "billed_6_6", "billed_30_6", "billed_60_1"]);

function fill(sql: Sql): number {
  const rows = BATCHES * HOURS;
  const calls = Math.floor(CALLS / rows);
  const values = FIGURES.map((name) =>
    name === "dialed" ? calls : name === "answered" ? Math.floor(calls / 2) : SECONDS.has(name) ? 60 * calls : 7,
  );
  sql.run(
    `WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n < ${rows - 1})
    INSERT INTO report_sums
    SELECT (${FIRST_DAY} + (n / ${HOURS}) * ${DAYS} / ${BATCHES}) * 24 + 8 + n % ${HOURS}, 1000000 + n / ${HOURS}, 'US', 1,
      printf('agent_%d', (n / ${HOURS}) % ${AGENTS}), printf('ap_%d', (n / ${HOURS}) % ${NUMBERS}), 'app_1', 1,
      ${values.join(", ")} FROM one`,
  );
  for (let month = 0; month < MONTHS; month += 1) {
    const rates = [{ destination: "US", per_minute: "0.0140", increments: "60/60", connection_fee: "0" }] as const;
    putPriceList(sql, "app_1", { validFrom: FIRST_DAY + 30 * month, currency: "USD", rates }, 0);
  }
  return rows;
}

export function printReports(): void {
  const sql = nodeSql(ORGANIZATION_STEPS);
  const rows = fill(sql);
  console.log(
    `${CALLS.toLocaleString("en")} calls of a year in ${BATCHES.toLocaleString("en")} batches: rows ${rows}\n`,
  );
  console.log("| by | groups | rows read | ms of processor time |\n| --- | ---: | ---: | ---: |");
  const none = { agentId: null, numberId: null, providerId: null, country: null, batchId: null };
  for (const by of REPORT_DIMENSIONS) {
    const ask = () => reportOf(sql, { by, from: FIRST_DAY, until: FIRST_DAY + DAYS, ...none });
    const { groups } = ask();
    const before = process.cpuUsage();
    for (let turn = 0; turn < REPEATS; turn += 1) ask();
    const { user, system } = process.cpuUsage(before);
    // Groups and what they cost, and the same of all calls if groups are left out: each goes through the rows of the days once.
    const times = groups.length === GROUPS_AT_MOST ? 4 : 2;
    console.log(`| ${by} | ${groups.length} | ${times * rows} | ${((user + system) / 1_000 / REPEATS).toFixed(0)} |`);
  }
}
