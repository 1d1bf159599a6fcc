/** What a batch's page shows of calls over time, and what it makes of the batch's messages. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchDetail, LiveMessage } from "../../src/client/client.ts";
import { leftMs } from "../../src/page/dashboard/batch/progress/time-left.ts";
import { callsPerMinute, joined, type Sample, samplesOf, withSeen } from "../../src/page/dashboard/live/history.ts";
import { applied, isInStep, liveMessageOf } from "../../src/page/dashboard/live/message.ts";

const sample = (at: number, inFlight: number, finished = 0): Sample => ({ at, inFlight, limit: 5, finished });

describe("what is seen of a batch", () => {
  it("ends when nobody is on the phone any more: looking at it later adds nothing", () => {
    const running = withSeen([], sample(1_000, 2), false);
    const ended = withSeen(running, sample(2_000, 0, 2), true);
    expect(ended.map(({ at }) => at)).toEqual([1_000, 2_000]);
    expect(withSeen(ended, sample(9_000, 0, 2), true)).toBe(ended);
    expect(withSeen([], sample(9_000, 0, 2), true)).toEqual([]);
  });

  it("goes on while a batch that was cancelled has people on the phone", () => {
    expect(withSeen([sample(1_000, 2)], sample(2_000, 1), true)).toHaveLength(2);
  });

  it("never has more samples than a chart can show, and always the newest", () => {
    const many = Array.from({ length: 4_000 }, (_, index) => sample(index, 1));
    const seen = many.reduce<readonly Sample[]>((before, one) => withSeen(before, one, false), []);
    expect(seen.length).toBeLessThanOrEqual(900);
    expect(seen.at(-1)).toEqual(many.at(-1));
  });

  it("tells the pace of the last minute once enough was seen", () => {
    const seen = [sample(0, 2, 0), sample(30_000, 2, 10), sample(60_000, 2, 20)];
    expect([callsPerMinute(seen, 60_000), callsPerMinute([sample(0, 1)], 1_000), callsPerMinute([], 0)]).toEqual([
      20,
      null,
      null,
    ]);
  });
});

describe("the past, worked out from calls", () => {
  const spans = fc.array(
    fc
      .record({ from: fc.nat(1_000), lasts: fc.option(fc.nat(500)) })
      .map(({ from, lasts }) => ({ from, until: lasts === null ? null : from + lasts })),
    { maxLength: 60 },
  );

  it("goes forward in time, has nobody twice, and ends with those who are still on the phone", () => {
    fc.assert(
      fc.property(spans, (calls) => {
        const samples = samplesOf(calls);
        expect(samples.every(({ inFlight }) => inFlight >= 0 && inFlight <= calls.length)).toBe(true);
        expect(samples.every(({ at }, index) => at >= (samples[index - 1]?.at ?? 0))).toBe(true);
        const open = calls.filter(({ until }) => until === null).length;
        expect(samples.at(-1)?.inFlight ?? 0).toBe(open);
      }),
    );
  });

  it("says nothing of what the limit was, and gives way to what was seen", () => {
    const past = samplesOf([{ from: 1, until: 5 }]);
    expect(past.every(({ limit }) => limit === null)).toBe(true);
    expect(joined(past, [sample(3, 1)]).map(({ at }) => at)).toEqual([1, 1, 3]);
  });

  it("does not fall where the page was opened: what was read first is older than it came", () => {
    const past = samplesOf([0, 1, 2, 3].map((from) => ({ from, until: null })));
    const read = [sample(2, 1), sample(4, 5)];
    expect(joined(past, read).map(({ inFlight }) => inFlight)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(joined([], read)).toEqual(read);
  });
});

describe("a message", () => {
  const recipient = {
    id: "abcr_1",
    to_number: "+12125550100",
    created_at: "2026-03-01T10:00:00Z",
    external_id: "A-1",
    metadata: { name: "Ada" },
    waiting_reason: "pace",
  } as const;
  const told = {
    id: "acb_1",
    status: "pending",
    total_calls_scheduled: 1,
    total_calls_dispatched: 0,
    total_calls_finished: 0,
    ringing_timeout_seconds: 60,
    max_call_duration_minutes: 480,
    recipients_called: 0,
    retry_count: 0,
    target_concurrency_limit: 5,
    priority: 3,
    last_updated_at: "2026-03-01T10:00:00Z",
  } as const;
  const batch: BatchDetail = {
    ...told,
    name: "Guests",
    agent_id: "agent_1",
    from_number_id: "ap_1",
    region: "US",
    created_at: "2026-03-01T10:00:00Z",
    circuit_breaker: { state: "closed", min_calls: 10, calls: 2, failed_calls: 1 },
    recipients: [{ ...recipient, status: "queued" }],
  };
  const message: LiveMessage = {
    type: "changes",
    at: "2026-03-01T10:00:01Z",
    batch: { ...told, status: "in_progress", total_calls_dispatched: 1, circuit_breaker: "open" },
    recipients_by_status: { queued: 0, dispatched: 1, started: 0, completed: 0, failed: 0, cancelled: 0 },
    in_flight: 1,
    slots: 5,
    recipients: [{ id: "abcr_1", status: "dispatched", agent_call_id: "ac_1" }],
  };

  it("says what changed: who somebody is stays, why they waited goes", () => {
    const after = applied(batch, message, new Map([["abcr_1", 0]]));
    const { waiting_reason: __, ...stays } = recipient;
    expect(after.status).toBe("in_progress");
    expect(after.recipients).toEqual([{ ...stays, status: "dispatched", agent_call_id: "ac_1" }]);
  });

  it("ends why nobody was dialed as soon as somebody is, and not before", () => {
    const waits: BatchDetail = { ...batch, waiting_reason: "scheduled", waiting_until: "2026-03-01T10:00:00Z" };
    expect(applied(waits, message, new Map())).not.toHaveProperty("waiting_reason");
    const nobody = { ...message, batch: { ...message.batch, total_calls_dispatched: 0 } };
    expect(applied(waits, nobody, new Map())).toMatchObject({ waiting_reason: "scheduled" });
  });

  it("shows that something was missed: its count is another than that of everybody", () => {
    const after = applied(batch, message, new Map([["abcr_1", 0]]));
    expect([isInStep(after, message), isInStep(batch, message)]).toEqual([true, false]);
    expect(isInStep({ ...after, recipients: [] }, message)).toBe(false);
  });

  it("leaves the circuit breaker, of which it knows the state alone, to be read", () => {
    expect(applied(batch, message, new Map()).circuit_breaker).toBe(batch.circuit_breaker);
  });
});

it.each(["pong", "", "{", "null", '{"type":"other"}'])("%j is no message", (text) => {
  expect(liveMessageOf(text)).toBeNull();
});

describe("the time that is left", () => {
  const told = {
    status: "in_progress",
    total_calls_scheduled: 30,
    total_calls_dispatched: 20,
    total_calls_finished: 10,
  } as const;

  it("is the batch's own estimate, and before it has one the pace's", () => {
    expect(leftMs({ ...told, estimated_end_at: "2026-03-01T10:00:30Z" }, 10, Date.parse("2026-03-01T10:00:00Z"))).toBe(
      30_000,
    );
    expect(leftMs(told, 10, 0)).toBe(120_000);
    expect(leftMs(told, null, 0)).toBeNull();
  });

  it("is not known where nobody is on the phone: whoever is left waits for a second call, or for their hours", () => {
    expect(leftMs({ ...told, total_calls_finished: 20 }, 10, 0)).toBeNull();
    expect(leftMs({ ...told, paused_at: "2026-03-01T10:00:00Z" }, 10, 0)).toBeNull();
  });
});
