/** The organization's core: requests and answers go in with their time, and messages to batches and the alarm come out. */

import { beforeEach, expect, it } from "vitest";
import { summaryOf } from "../../src/batch/telling/views.ts";
import type { SlotStatement } from "../../src/calling/messages/slots.ts";
import { NO_RECIPIENTS } from "../../src/calling/words/batch-status.ts";
import { beginDeletion, storeDeleted } from "../../src/organization/batches/deletions.ts";
import type { Effect, Message } from "../../src/organization/core/effects.ts";
import { type Decision, Engine } from "../../src/organization/core/engine.ts";
import { changed, reported } from "../../src/organization/core/requests.ts";
import { completeErasure, insertErasure } from "../../src/organization/erasing/erasure-rows.ts";
import { Erasures } from "../../src/organization/erasing/erasures.ts";
import { AUDIT_EVERY_MS } from "../../src/organization/ledger/audit.ts";
import { SWEEP_EVERY_MS } from "../../src/organization/ledger/sweep.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { insertProfile } from "../../src/organization/store/profile.ts";
import { sampleBatch } from "../batch/samples.ts";
import { nodeSql } from "../support/node-sql.ts";

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;
const OLDER = "acb_TX9N9ULdcZQd5CEgrpdpAE";
const YOUNGER = "acb_UX9N9ULdcZQd5CEgrpdpAE";

let sql: ReturnType<typeof nodeSql>;
let engine: Engine;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  insertProfile(
    sql,
    {
      id: "org_1",
      name: "Acme",
      agent_call_concurrency_limit: 1,
      reserved_concurrency: 0,
      agents_usage_limit: null,
      calling_window: null,
    },
    NOW,
  );
  engine = new Engine(sql, NOW);
});

const asks = (batchId: string, more: Partial<SlotStatement> = {}): SlotStatement => ({
  batchId,
  direct: false,
  createdAt: batchId === OLDER ? NOW : NOW + 1,
  requestNumber: 1,
  open: true,
  granted: false,
  slots: 1,
  holds: 0,
  ...more,
});
const rests = (batchId: string) => asks(batchId, { open: false, slots: 0, requestNumber: 2 });

const messages = (effects: readonly Effect[]): Message[] =>
  effects.flatMap((effect) => (effect.kind === "send" ? effect.message : []));
const alarm = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "set_alarm" ? (effect.due?.at ?? []) : []));
const decide = <Answer>(decision: Decision<Answer>, now = NOW) => engine.decide(decision, now);
const hears = (statement: SlotStatement, now = NOW) =>
  decide((organization) => organization.slots.hear(statement, organization.capacity, now), now);

it("grants the slot of a batch that rests to the next one, and tells it until it answers", () => {
  expect(hears(asks(OLDER)).answer).toEqual({ grantedRequest: 1, grantedSlots: 1 });
  hears(asks(OLDER, { granted: true }));
  expect(hears(asks(YOUNGER)).answer).toEqual({ grantedRequest: 0, grantedSlots: 0 });
  const [grant, ...others] = messages(hears(rests(OLDER)).effects);
  expect(grant).toMatchObject({ kind: "grant", batchId: YOUNGER, holding: { grantedSlots: 1 } });
  expect(others).toEqual([]);
  if (grant === undefined) return;
  const unheard = engine.handle({ kind: "unheard", message: grant }, NOW);
  expect(messages(unheard)).toEqual([]);
  const dueAt = alarm(unheard)[0] ?? 0;
  expect(dueAt).toBeGreaterThan(NOW);
  const [again] = messages(engine.handle({ kind: "woken" }, dueAt));
  expect(again).toEqual(grant);
  const statement = asks(YOUNGER, { granted: true });
  const heard = engine.handle({ kind: "heard", message: grant, statement }, dueAt);
  expect(messages(heard)).toEqual([]);
  expect(alarm(heard)).toEqual([NOW + AUDIT_EVERY_MS]);
});

it("tells batches of a higher limit, which may have been granted less than they asked for, and of no lower one", () => {
  hears(asks(OLDER, { slots: 2 }));
  const limit = (agent_call_concurrency_limit: number) => {
    const { answer, effects } = decide((organization) => changed(organization, { agent_call_concurrency_limit }, NOW));
    // Nothing waits until they have heard.
    expect(answer).toBeNull();
    return messages(effects);
  };
  expect(limit(2)).toMatchObject([{ kind: "rules", batchId: OLDER, numbers: [] }]);
  expect(limit(1)).toEqual([]);
});

it("repairs by an audit what it thought of a batch that is gone", () => {
  hears(asks(OLDER, { granted: true }));
  const [audit] = messages(engine.handle({ kind: "woken" }, NOW + AUDIT_EVERY_MS));
  expect(audit).toMatchObject({ kind: "audit", batchId: OLDER });
  if (audit === undefined) return;
  const effects = engine.handle({ kind: "heard", message: audit, statement: null }, NOW + AUDIT_EVERY_MS);
  expect(effects).toContainEqual({ kind: "warn", event: "ledger_repaired", batch: OLDER });
  expect(engine.organization.slots.holdings.size).toBe(0);
});

it("has a new rule heard by a batch with slots", () => {
  hears(asks(OLDER, { granted: true }));
  const { answer: spread, effects } = decide((organization) => changed(organization, { min_gap_minutes: 5 }, NOW));
  const [message] = messages(effects);
  expect(message).toMatchObject({ kind: "rules", batchId: OLDER, numbers: [] });
  expect(spread?.waitsFor.size).toBe(1);
  if (message !== undefined) engine.handle({ kind: "heard", message, statement: null }, NOW);
  expect(spread?.waitsFor.size).toBe(0);
});

it("says with a grant, and only then, whether the batch must ask before it dials", () => {
  const report = (slots: SlotStatement) => {
    const row = { ...sampleBatch(), id: slots.batchId, created_at: slots.createdAt };
    const counts = { ...NO_RECIPIENTS, queued: 1 };
    const summary = summaryOf(row, { counts, called: 0, answered: 0, updatedAt: 0 });
    const { answer } = decide((organization) => reported(organization, { summary, slots, atRest: false }, NOW));
    return answer.answer.isFree;
  };
  expect([report(asks(OLDER)), report(asks(YOUNGER))]).toEqual([true, undefined]);
  expect(report(asks(OLDER, { granted: true }))).toBeUndefined();
  decide((organization) => changed(organization, { min_gap_minutes: 5 }, NOW));
  expect(report(asks(OLDER))).toBe(false);
});

it("is not woken where nothing is due but the hourly sweep, which finds nobody", () => {
  expect(alarm(decide(() => null).effects)).toEqual([NOW + SWEEP_EVERY_MS]);
  expect(engine.handle({ kind: "woken" }, NOW + SWEEP_EVERY_MS)).toEqual([{ kind: "set_alarm", due: null }]);
});

it("changes nothing by a request that fails, and reads its rows again", () => {
  hears(asks(OLDER));
  const fails = () =>
    decide((organization) => {
      organization.slots.hear(rests(OLDER), organization.capacity, NOW);
      throw new Error("no room on the disk");
    });
  expect(fails).toThrow("no room on the disk");
  expect(engine.organization.slots.holdings.get(OLDER)?.grantedSlots).toBe(1);
});

it("goes on later with what takes long to be erased or deleted, and not at once and again until it is done", async () => {
  beginDeletion(sql, { createdAt: NOW, batchId: OLDER, act: null, isArchived: false });
  const work = { person: { toNumber: "+14155550123", externalId: null }, sources: [1], numbers: [], hashes: [] };
  insertErasure(sql, "erasure_1", work, { id: "key_1", label: "main" }, NOW);
  engine = new Engine(sql, NOW);
  expect(engine.organization.erasing.dueAt).toBeLessThanOrEqual(NOW);
  for (let now = NOW; now < NOW + 10 * MINUTE; now += 1_000) {
    const [at] = alarm(engine.handle({ kind: "woken" }, now));
    expect(at).toBeGreaterThan(now);
    expect(at).toBeLessThanOrEqual(now + MINUTE);
  }
  // An erasure that is over leaves the deletion.
  completeErasure(sql, "erasure_1", NOW);
  const erasures = new Erasures({
    sql,
    keyRing: [],
    decide: (decision) => decide(decision).answer,
    waitUntil: () => {},
    personIn: () => expect.unreachable(),
    erasePerson: () => expect.unreachable(),
    eraseCalls: () => expect.unreachable(),
    archives: {
      mark: () => expect.unreachable(),
      personIn: () => expect.unreachable(),
      erase: () => expect.unreachable(),
      problem: null,
    },
  });
  await erasures.run();
  expect(engine.organization.erasing.dueAt).toBeGreaterThan(NOW);
  storeDeleted(sql, NOW, NOW);
  await erasures.run();
  expect(engine.organization.erasing.dueAt).toBe(Number.POSITIVE_INFINITY);
});
