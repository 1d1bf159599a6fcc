/** Requests to append in the batch's core: in turn, and with what happens while the organization is asked. */

import { beforeEach, describe, expect, it } from "vitest";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import type { OnDuplicate } from "../../src/calling/numbers/duplicates.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";
import { GIVEN, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1415555${1_000 + index}`);
const person = (to_number: string): NewRecipient => ({ to_number, metadata: null, timezone: null });

let sql: Sql;
let engine: Engine;
beforeEach(() => {
  sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow({ ...sampleOrder, scheduledAt: NOW + 3_600_000 }, 0, NOW));
  engine = woken();
});
const woken = () => new Engine(new Batch(sql, routeOfBatch(sampleOrder.id, "org_test") ?? "", GIVEN));

type About = Extract<Effect, { kind: "admit" | "reply" }>;
/** What comes out for who asks, and for the organization about them. */
const hear = (event: BatchEvent): About[] =>
  engine.handle(event, NOW).flatMap((effect) => (effect.kind === "admit" || effect.kind === "reply" ? effect : []));
const append = (to: number, given: readonly string[], key: string | null = null, onDuplicate: OnDuplicate = "skip") =>
  hear({ kind: "append", to, recipients: given.map(person), onDuplicate, key });
const admitted = (to: number, doNotCall: readonly string[] = []) =>
  hear({ kind: "admitted", to, answer: { ok: true, value: { doNotCall } } });
const refused = (to: number) =>
  hear({ kind: "admitted", to, answer: { ok: false, failure: { kind: "usage_limit_reached", message: "" } } });
const appended = (to: number, value: object) => ({ kind: "reply", to, answer: { ok: true, value } });
const inBatch = () => engine.batch.recipients.all().map(({ to_number }) => to_number);

describe("a request to append", () => {
  it("takes in who is not listed, once the organization has counted them, and says what became of all", () => {
    const [a = "", b = "", c = ""] = numbers(3);
    expect(append(1, [a, b, b, c])).toMatchObject([
      { kind: "admit", to: 1, request: { numbers: [a, b, c], appendedBefore: 0 } },
    ]);
    expect(inBatch()).toEqual([]);
    expect(admitted(1, [b])).toMatchObject([
      appended(1, { appended: 2, skippedDoNotCall: 1, skippedDuplicates: 1, summary: { total_calls_scheduled: 2 } }),
    ]);
    expect(inBatch()).toEqual([a, c]);
    expect(engine.batch.row).toMatchObject({ total_recipients: 2, appended_recipients: 2 });
  });

  it("asks again where a number is listed between the organization's answer and its arrival", () => {
    const [a = "", b = ""] = numbers(2);
    append(1, [a, b]);
    hear({ kind: "rules_changed", listed: [a] });
    expect(admitted(1)).toMatchObject([{ kind: "admit", to: 1, request: { numbers: [a, b] } }]);
    expect(admitted(1, [a])).toMatchObject([appended(1, { appended: 1, skippedDoNotCall: 1 })]);
    expect(inBatch()).toEqual([b]);
  });

  it("that meets a cancel takes back what was counted, and is refused then", () => {
    const [a = "", b = ""] = numbers(2);
    append(1, [a]);
    admitted(1);
    append(2, [b]);
    engine.obey({ kind: "cancel" }, NOW);
    expect(admitted(2)).toMatchObject([{ kind: "admit", to: 2, request: { numbers: [], appendedBefore: 1 } }]);
    expect(admitted(2)).toMatchObject([
      { kind: "reply", to: 2, answer: { ok: false, failure: { code: "batch_cancelled" } } },
    ]);
    expect(inBatch()).toEqual([a]);
  });

  it("waits for the one before it, also where that is refused, or its question breaks", () => {
    const [a = "", b = ""] = numbers(2);
    expect(append(1, numbers(11))).toHaveLength(1);
    expect([append(2, [a]), append(3, [a, b]), append(4, [a])]).toEqual([[], [], []]);
    expect(refused(1)).toMatchObject([
      { kind: "reply", to: 1, answer: { ok: false } },
      { kind: "admit", to: 2 },
    ]);
    expect(hear({ kind: "broke", to: 2, error: "no answer" })).toMatchObject([{ kind: "admit", to: 3 }]);
    expect(admitted(3)).toMatchObject([appended(3, { appended: 2 }), appended(4, { appended: 0 })]);
    expect(inBatch()).toEqual([a, b]);
  });

  it("that is repeated with its key gets the first answer and asks nobody, also of a batch that restarted", () => {
    append(1, numbers(2), "key-1");
    const [first] = admitted(1);
    engine = woken();
    expect(append(2, numbers(2), "key-1", "allow")).toMatchObject([
      { kind: "reply", to: 2, answer: first?.kind === "reply" ? first.answer : expect.fail("it was answered") },
    ]);
    expect(append(3, [])).toMatchObject([appended(3, { appended: 0 })]);
    expect(inBatch()).toHaveLength(2);
  });
});
