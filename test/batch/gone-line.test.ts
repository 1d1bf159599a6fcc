/** A batch whose agent or number is gone: nobody waits for ever, and no slot is held. What may pass is waited for. */

import { beforeEach, describe, expect, it } from "vitest";
import { Answering } from "../../src/batch/answering.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { BatchEvent, Effect } from "../../src/batch/core/effects.ts";
import { Engine } from "../../src/batch/core/engine.ts";
import type { LaneRpc } from "../../src/batch/dialing/lane.ts";
import { allAttempts, insertAttempt } from "../../src/batch/store/attempts.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { type Failure, notFound, TRY_AGAIN } from "../../src/calling/requests/failure.ts";
import { err, ok, type Result } from "../../src/calling/requests/result.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { Dialing } from "../../src/dialer/dialing.ts";
import type { Settings } from "../../src/env.ts";
import type { OrganizationRpc } from "../../src/organization/rpc.ts";
import { Peer, Peers } from "../../src/peer.ts";
import type { Sql } from "../../src/storage/sql.ts";
import type { WebhookRpc } from "../../src/webhooks/rpc.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";
import { calledBack, GIVEN, sampleAttempt, sampleDialing, sampleOrder } from "./samples.ts";

const NOW = 1_900_000_000_000;
const ROUTE = routeOfBatch(sampleOrder.id, "org_test") ?? "";
const PEOPLE = ["+14155550101", "+14155550102", "+14155550103"];
const { capabilities, dialer } = carrierNamed("twilio");
const LINE = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const GRANTED: BatchEvent = { kind: "granted", answer: { grantedRequest: 1, grantedSlots: 3 } };

let sql: Sql;
let engine: Engine;
beforeEach(() => {
  sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow(sampleOrder, PEOPLE.length, NOW));
  new Recipients(sql).insert(
    packRecipients(PEOPLE.map((to_number) => ({ to_number, metadata: null, timezone: null }))),
  );
  engine = new Engine(new Batch(sql, ROUTE, GIVEN));
});

const hear = (event: BatchEvent, now = NOW): readonly Effect[] => engine.handle(event, now);
const asksForLine = (effects: readonly Effect[]): boolean => effects.some(({ kind }) => kind === "fetch_line");
const noLine = (isGone: boolean): BatchEvent => ({ kind: "no_line", error: "there is none", isGone });
/** The batch would dial, and asks for its line. */
function asks(): void {
  hear({ kind: "woken" });
  expect(asksForLine(hear(GRANTED))).toBe(true);
}

describe("who waits to be dialed", () => {
  it("fails once the line is gone, and the slots are given back", () => {
    asks();
    expect(engine.batch.row.granted_slots).toBe(3);
    hear(noLine(true));
    expect(allAttempts(sql)).toMatchObject(
      PEOPLE.map(() => ({ status: "failed", failure_reason: "line_gone", dispatched_at: null })),
    );
    expect(engine.batch.row).toMatchObject({ request_open: 0, granted_slots: null });
    expect(engine.batch.waiting(NOW)).toBeNull();
  });

  it("waits on if nobody knows whether it is", () => {
    asks();
    hear(noLine(false));
    expect(engine.batch.roster.counts).toMatchObject({ queued: 3, failed: 0 });
    expect(engine.batch.placing.pausedUntil).toBeGreaterThan(NOW);
  });

  it("asks again if the answer is to an older question, which somebody else had asked", () => {
    hear({ kind: "woken" });
    expect(asksForLine(hear({ kind: "names", to: 1 }))).toBe(true);
    expect(asksForLine(hear(GRANTED))).toBe(false);
    expect(asksForLine(hear(noLine(true)))).toBe(true);
    expect(engine.batch.roster.counts.queued).toBe(3);
    hear(noLine(true));
    expect(engine.batch.roster.counts).toMatchObject({ queued: 0, failed: 3 });
  });
});

it("a call in flight goes on without its line, and ends as its carrier says", () => {
  insertAttempt(sql, sampleAttempt({ carrier_call_id: "CA1", dispatched_at: NOW, due_at: NOW + 60_000 }));
  engine = new Engine(new Batch(sql, ROUTE, GIVEN));
  asks();
  hear(noLine(true));
  expect(engine.batch.roster.counts).toMatchObject({ dispatched: 1, failed: 2 });
  // Its callback was on the way, and is verified by a line that came after all.
  hear({ kind: "names", to: 1 });
  hear({ kind: "line", line: LINE });
  calledBack(engine, 1, { kind: "answered" }, NOW);
  expect(engine.batch.roster.counts).toMatchObject({ started: 1, failed: 2 });
});

it("a retry changes nothing if nobody knows whether its line is gone, and may be repeated", () => {
  for (const number of [1, 2, 3]) {
    insertAttempt(sql, sampleAttempt({ number, position: number - 1, status: "failed" }));
  }
  engine = new Engine(new Batch(sql, ROUTE, GIVEN));
  hear({ kind: "retry", to: 7, key: "once" });
  expect(hear({ kind: "line_checked", to: 7, dialing: null })).toContainEqual({
    kind: "reply",
    to: 7,
    answer: err(TRY_AGAIN),
  });
  expect(engine.batch.roster.counts.failed).toBe(3);
  hear({ kind: "retry", to: 8, key: "once" });
  hear({ kind: "line_checked", to: 8, dialing: ok(sampleDialing) });
  expect(engine.batch.roster.counts.queued).toBe(3);
});

describe("a line", () => {
  const gateways = { US: null, EU: null, APAC: { url: "https://jambonz.example.com" } };
  const elsewhere = { ...sampleDialing, account: { carrier: "jambonz", regions: gateways } } as unknown as Dialing;
  const agent = { ...sampleDialing.agent, connection: { type: "livekit", agent_name: "Ada" } } as const;
  it.each<[string, () => Promise<Result<Dialing, Failure>>, boolean]>([
    ["whose number was deleted", async () => err(notFound("phone_number")), true],
    ["whose agent was deleted", async () => err(notFound("agent")), true],
    ["without a gateway in the batch's region", async () => ok(elsewhere), true],
    ["whose agent became one of another kind", async () => ok({ ...sampleDialing, agent }), true],
    ["whose key is not configured", async () => err({ kind: "not_configured", message: "no key" }), false],
    ["of an organization that does not answer", () => Promise.reject(new Error("it is overloaded")), false],
  ])("%s: gone or not", async (_, dialing, isGone) => {
    expect(await answering({ dialing }).answerTo({ kind: "fetch_line" })).toMatchObject({ kind: "no_line", isGone });
  });

  it.each<[string, Dialing, boolean]>([
    ["taken", sampleDialing, true],
    ["not taken without a gateway in the batch's region", elsewhere, false],
    ["not taken if its agent became one of another kind", { ...sampleDialing, agent }, false],
  ])("that comes with a grant is %s", async (_, dialing, isTaken) => {
    const [report] = hear({ kind: "woken" }).flatMap((effect) => (effect.kind === "report" ? [effect] : []));
    const granted = { grantedRequest: 1, grantedSlots: 3, webhooks: [], dialing };
    const answer = await answering({ report: async () => granted }).answerTo(present(report, "it is told"));
    expect(answer).toMatchObject({ kind: "report_answered", line: isTaken ? { dialing } : undefined });
  });

  function answering(organization: object): Answering {
    const others = {
      settings: { carrierBaseUrls: {} } as Settings,
      organization: new Peer(() => organization as OrganizationRpc),
      webhooks: new Peers<WebhookRpc>(() => expect.fail("nobody is told")),
      lanes: new Peers<LaneRpc>(() => expect.fail("nobody is dialed")),
    };
    return new Answering(engine.batch, others, async () => null);
  }
});
