/** Why a batch dials nobody, and what a human may change about it. */

import { describe, expect, it } from "vitest";
import { type WaitingRecipient, waitingOf, waitingOfRecipient } from "../../src/batch/core/waiting.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { changed, paused, resumed } from "../../src/batch/steering/steering.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import { USUAL_BREAKER } from "../../src/calling/words/circuit-breaker.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

const NOW = 1_000;
const open: Partial<BatchRow> = { request_number: 1, request_open: 1, granted_slots: 1 };
const rosterOf = (total: number, rows: AttemptRow[] = []) => Roster.of(total, false, rows);
const flying = sampleAttempt({ carrier_call_id: "CA1" });
const later = sampleAttempt({ status: "queued", attempt: 2, due_at: 5_000 });
const circuit_breaker = JSON.stringify(USUAL_BREAKER);
const counts = { calls: 2, failed: 2 };
const broken = (until: number | null) => ({
  circuit_breaker,
  breaker: JSON.stringify({ state: "open", since: 1, until, counts }),
});
const onTrial = (call: number | null) => ({
  ...open,
  granted_slots: 2,
  circuit_breaker,
  breaker: JSON.stringify({ state: "trial", since: 1, call, counts }),
});
const done = sampleAttempt({ status: "completed" });

describe("the reason why a recipient is not dialed", () => {
  const first: WaitingRecipient = { dueAt: 0, isDeferred: false, hold: null, opensAt: NOW };
  it.each<[string, Partial<BatchRow>, Partial<typeof first>, { flying?: number; pausedUntil?: number }, unknown]>([
    ["paused batch", { ...open, paused_at: 1 }, {}, {}, { reason: "paused", until: null }],
    ["scheduled batch", { scheduled_at: 9_000 }, { dueAt: 99_000 }, {}, { reason: "scheduled", until: 9_000 }],
    ["called again later", open, { dueAt: 5_000, opensAt: 7_000 }, {}, { reason: "retry_delay", until: 7_000 }],
    [
      "put off by the carrier",
      open,
      { dueAt: 5_000, opensAt: 5_000, isDeferred: true },
      {},
      { reason: "carrier", until: 5_000 },
    ],
    ["closed window", { ...open, granted_slots: null }, { opensAt: 8_000 }, {}, { reason: "window", until: 8_000 }],
    ["the carrier's pause", open, {}, { pausedUntil: 4_000 }, { reason: "carrier", until: 4_000 }],
    ["no grant", { ...open, granted_slots: null }, {}, {}, { reason: "organization_concurrency", until: null }],
    ["all slots taken", open, {}, { flying: 1 }, { reason: "batch_concurrency", until: null }],
    ["others before it", open, {}, {}, { reason: "pace", until: null }],
    [
      "called too recently",
      open,
      { hold: { until: 6_000, reason: "contact_gap" }, opensAt: 7_000 },
      {},
      { reason: "contact_gap", until: 7_000 },
    ],
  ])("%s", (_, fields, recipient, { flying = 0, pausedUntil = 0 }, expected) => {
    const batch = { row: sampleBatch(fields), flying, pauses: { pausedUntil, pacedUntil: 0 } };
    expect(waitingOfRecipient(batch, { ...first, ...recipient }, NOW)).toEqual(expected);
  });
});

describe("the reason why nobody is dialed", () => {
  it.each<[string, Partial<BatchRow>, Roster, number, ReturnType<typeof waitingOf>]>([
    ["somebody is", open, rosterOf(2), 0, null],
    ["nobody waits", {}, rosterOf(1, [done]), 0, null],
    ["paused", { ...open, paused_at: 1 }, rosterOf(2), 0, { reason: "paused", until: null }],
    ["scheduled", { scheduled_at: 9_000 }, rosterOf(2), 0, { reason: "scheduled", until: 9_000 }],
    [
      "paused before it is scheduled",
      { scheduled_at: 9_000, paused_at: 1 },
      rosterOf(2),
      0,
      { reason: "paused", until: null },
    ],
    ["the carrier's pause", open, rosterOf(2), 4_000, { reason: "carrier", until: 4_000 }],
    [
      "closed window",
      open,
      Roster.of(2, false, [], { groups: 1, groupOf: () => 0, opensAt: () => 8_000 }),
      0,
      { reason: "window", until: 8_000 },
    ],
    ["called again later", open, rosterOf(1, [later]), 0, { reason: "retry_delay", until: 5_000 }],
    ["no grant", { ...open, granted_slots: null }, rosterOf(2), 0, { reason: "organization_concurrency", until: null }],
    [
      "about to ask for slots",
      { ...open, request_open: 0, granted_slots: null },
      rosterOf(2),
      0,
      { reason: "organization_concurrency", until: null },
    ],
    ["no free slot", open, rosterOf(2, [flying]), 0, { reason: "batch_concurrency", until: null }],
    [
      "open circuit breaker",
      { ...broken(9_000), granted_slots: null },
      rosterOf(2),
      0,
      { reason: "carrier", until: 9_000 },
    ],
    ["open until a human resumes", broken(null), rosterOf(2), 0, { reason: "carrier", until: null }],
    ["a trial call decides", onTrial(1), rosterOf(2, [flying]), 0, { reason: "carrier", until: null }],
    ["a trial call is about to be made", onTrial(null), rosterOf(2), 0, null],
  ])("%s", (_, row, roster, pausedUntil, expected) => {
    expect(waitingOf(sampleBatch(row), roster, { pausedUntil, pacedUntil: 0 }, NOW)).toEqual(expected);
  });
});

describe("steering", () => {
  const row = sampleBatch(open);

  it("pauses once, and not what is over", () => {
    const first = paused(row, rosterOf(2), { at: NOW, by: null });
    expect(first).toMatchObject({ ok: true, value: { paused_at: NOW, changed_at: NOW } });
    if (!first.ok) return;
    expect(paused(first.value, rosterOf(2), { at: NOW + 1, by: null })).toEqual(first);
    expect(paused(row, rosterOf(1, [done]), { at: NOW, by: null })).toMatchObject({
      ok: false,
      failure: { code: "batch_over" },
    });
  });

  it("pauses a batch whose calls in flight may lead to others", () => {
    const retried = { ...row, retry_policy: JSON.stringify({ max_attempts: 2 }) };
    expect(paused(retried, rosterOf(1, [flying]), { at: NOW, by: null })).toMatchObject({
      ok: true,
      value: { paused_at: NOW },
    });
    expect(paused(row, rosterOf(1, [flying]), { at: NOW, by: null })).toMatchObject({ ok: false });
    expect(paused(retried, rosterOf(1, [done]), { at: NOW, by: null })).toMatchObject({ ok: false });
  });

  it("resumes, and what is not paused stays as it is", () => {
    expect(resumed({ ...row, paused_at: 5 }, NOW)).toMatchObject({ paused_at: null, changed_at: NOW });
    expect(resumed(row, NOW)).toBe(row);
  });

  it("asks anew for a lower target, so that nobody is dialed before it is granted", () => {
    const dialing = { ...row, target_concurrency_limit: 9, granted_slots: 9 };
    expect(changed(dialing, rosterOf(2), { target_concurrency_limit: 4 }, NOW)).toMatchObject({
      value: { target_concurrency_limit: 4, request_number: 2, request_open: 1, granted_slots: null },
    });
  });

  it("goes on with its slots under a higher target, and asks anew where it has none", () => {
    const higher = { target_concurrency_limit: 9 };
    expect(changed({ ...row, granted_slots: 1 }, rosterOf(2), higher, NOW)).toMatchObject({
      value: { target_concurrency_limit: 9, request_number: 1, granted_slots: 1 },
    });
    expect(changed({ ...row, granted_slots: null }, rosterOf(2), higher, NOW)).toMatchObject({
      value: { request_number: 2, request_open: 1, granted_slots: null, asked_slots: 9, kept_slots: null },
    });
    // The slots of its calls in flight are counted: it dials again as they end.
    expect(changed({ ...row, granted_slots: null }, rosterOf(2, [flying]), higher, NOW)).toMatchObject({
      value: { request_number: 2, granted_slots: null, asked_slots: 9, kept_slots: 1 },
    });
    // Lowered far and raised a little: more calls are in flight than it may have, and they are not replaced.
    const [lowered, three] = [{ ...row, target_concurrency_limit: 1, granted_slots: null }, [1, 2, 3]];
    const talking = three.map((number) =>
      sampleAttempt({ number, position: number - 1, carrier_call_id: `CA${number}` }),
    );
    expect(changed(lowered, rosterOf(4, talking), { target_concurrency_limit: 2 }, NOW)).toMatchObject({
      value: { granted_slots: null, asked_slots: 2, kept_slots: null },
    });
    expect(changed(lowered, rosterOf(4, talking), { target_concurrency_limit: 3 }, NOW)).toMatchObject({
      value: { granted_slots: null, asked_slots: 3, kept_slots: 3 },
    });
    expect(changed({ ...row, granted_slots: 1, most_slots: 1 }, rosterOf(2), higher, NOW)).toMatchObject({
      value: { granted_slots: 1, most_slots: null },
    });
    const same = changed(row, rosterOf(2), { target_concurrency_limit: row.target_concurrency_limit }, NOW);
    expect(same).toEqual({ ok: true, value: row });
  });

  it("moves the start until somebody was dialed", () => {
    expect(changed(row, rosterOf(2), { scheduledAt: 9_000 }, NOW)).toMatchObject({ value: { scheduled_at: 9_000 } });
    expect(changed(row, rosterOf(2, [flying]), { scheduledAt: 9_000 }, NOW)).toMatchObject({
      ok: false,
      failure: { code: "batch_started" },
    });
    expect(changed(row, rosterOf(2, [flying]), { name: "New" }, NOW)).toMatchObject({ value: { name: "New" } });
  });
});
