/** A batch that is read in parts against the same batch that is presented as a whole. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presentBatchHead } from "../../src/api/answers/calls/batch.ts";
import { batchJson } from "../../src/api/answers/calls/batch-json.ts";
import { presentRecipientDetail, presentRecipients } from "../../src/api/answers/calls/recipient.ts";
import { CallingHours } from "../../src/batch/people/calling-hours.ts";
import { HeldBack } from "../../src/batch/people/held-back.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { resultOf } from "../../src/batch/reading/recipient-view.ts";
import { snapshotPart, snapshotPeople } from "../../src/batch/reading/snapshot.ts";
import type { BatchSnapshot, PartRequest } from "../../src/batch/rpc.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import { shownAttempts } from "../../src/batch/store/attempt-texts.ts";
import { latestAttempts } from "../../src/batch/store/attempts.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { packRecipients, Recipients } from "../../src/batch/store/recipients.ts";
import { attemptView, summaryOf } from "../../src/batch/telling/views.ts";
import { headOf, presentRecipientHead } from "../../src/calling/answers/recipient.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import type { RecipientView } from "../../src/calling/messages/batch-view.ts";
import { callId, newBatchId, recipientId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { END_REASONS } from "../../src/calling/words/call.ts";
import { NOT_DIALED_REASONS } from "../../src/calling/words/not-dialed.ts";
import { RECIPIENT_STATUSES } from "../../src/calling/words/recipient.ts";
import { ANSWERED_BY } from "../../src/calling/words/voicemail.ts";
import { WAITING_REASONS } from "../../src/calling/words/waiting.ts";
import { nodeSql } from "../support/node-sql.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

const NOW = 1_000;
const route = routeOfBatch(newBatchId(), "org_test") ?? "";

/** People with little, much or no metadata, up to three attempts each, interleaved. */
const batches = fc
  .record({
    metadata: fc.array(fc.constantFrom(null, 10, 3_000, 16_000), { minLength: 1, maxLength: 150, size: "max" }),
    attempts: fc.array(fc.record({ position: fc.nat({ max: 149 }), status: fc.constantFrom(...RECIPIENT_STATUSES) }), {
      maxLength: 200,
      size: "max",
    }),
    text: fc.string({ unit: "grapheme" }),
    isCancelled: fc.boolean(),
  })
  .map(({ metadata, attempts, text, isCancelled }) => {
    const people = metadata.map((size, index): NewRecipient => {
      const note = size === null ? null : JSON.stringify({ text, note: "x".repeat(size), 1: -0, n: 1e21 });
      const one = { to_number: `+1415555${String(index).padStart(4, "0")}`, metadata: note, timezone: null };
      return index % 3 === 0 ? { ...one, external_id: `p${index}` } : one;
    });
    const sql = nodeSql(BATCH_STEPS);
    const recipients = new Recipients(sql);
    recipients.insert(packRecipients(people));
    const count = new Map<number, number>();
    const rows = attempts
      .filter(({ position }) => position < people.length)
      .map(({ position, status }, index) => {
        const attempt = (count.get(position) ?? 0) + 1;
        count.set(position, attempt);
        const call =
          index % 4 === 0 || status === "queued" || status === "cancelled" ? {} : { carrier_call_id: `CA${index}` };
        const row = sampleAttempt({ number: index + 1, position, attempt, status, error_message: text, ...call });
        const names = Object.keys(row);
        sql.run(
          `INSERT INTO attempts (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
          ...(Object.values(row) as (string | number | null)[]),
        );
        return row;
      });
    const batch = {
      route,
      row: sampleBatch({ total_recipients: people.length, cancelled_at: isCancelled ? 1 : null }),
      roster: Roster.of(people.length, isCancelled, rows),
      recipients,
      pauses: { pausedUntil: 0, pacedUntil: 0 },
      heldBack: new HeldBack(),
      callingHours: new CallingHours(null, () => people, 30_000),
    };
    return { sql, batch, rows };
  });
type Case = typeof batches extends fc.Arbitrary<infer T> ? T : never;

function snapshotIn({ sql, batch, rows }: Case, withAttempts: boolean): BatchSnapshot {
  const whole = new Map<number, AttemptRow>(rows.map((row) => [row.position, row]));
  const latest = shownAttempts(sql, rows.length, null);
  expect(latestAttempts(sql)).toEqual(whole);
  return {
    summary: summaryOf(batch.row, batch.roster),
    waiting: null,
    estimatedEndAt: NOW,
    callingWindow: null,
    retryPolicy: null,
    circuitBreaker: null,
    callsPerSecond: 2,
    ringingTimeoutSeconds: 30,
    maxCallDurationMinutes: 10,
    onVoicemail: null,
    ...snapshotPeople(sql, batch, latest, withAttempts ? whole : null, NOW),
  };
}

/** Each recipient as it is told when it is asked for alone, without what only that tells. */
function whole({ batch, rows }: Case, snapshot: BatchSnapshot, withAttempts: boolean): unknown {
  const recipients = Array.from({ length: batch.row.total_recipients }, (_, position) => {
    const own = rows.filter((row) => row.position === position);
    const result = resultOf(batch, position, batch.recipients.at(position), own.at(-1) ?? null, NOW);
    const attempts = own.map((row) => attemptView(route, row));
    const page = { data: [result], hasMore: false, nextPage: null, total: null };
    const shown = withAttempts ? presentRecipientDetail({ ...result, attempts }) : presentRecipients(page).data[0];
    return {
      ...shown,
      attempt_count: undefined,
      dispatched_at: undefined,
      answered_at: undefined,
      ended_at: undefined,
    };
  });
  return JSON.parse(JSON.stringify({ ...presentBatchHead(snapshot), recipients }));
}

const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const text = fc.string({ unit: "binary" });
const at = fc.integer({ min: 0, max: 4_102_444_800_000 });

it("the text of a recipient is its JSON, whatever is in it", () => {
  const views = fc.record<RecipientView>({
    id: fc.nat().map((position) => recipientId(route, position)),
    to_number: fc.constantFrom("+14155550100", ""),
    status: fc.constantFrom(...RECIPIENT_STATUSES),
    createdAt: at,
    external_id: orNull(text),
    redactedAt: orNull(at),
    metadata: fc.constant(null),
    agent_call_id: orNull(fc.nat().map((number) => callId(route, number))),
    end_reason: orNull(fc.constantFrom(...END_REASONS)),
    answeredBy: orNull(fc.constantFrom(...ANSWERED_BY)),
    error_message: orNull(text),
    failureReason: orNull(fc.constantFrom(...NOT_DIALED_REASONS)),
    timezone: orNull(text),
    nextEligibleAt: orNull(at),
    waiting: orNull(fc.record({ reason: fc.constantFrom(...WAITING_REASONS), until: orNull(at) })),
    attempts: fc.constant(null),
  });
  fc.assert(
    fc.property(views, (view) => {
      expect(`${headOf(view)}}`).toBe(JSON.stringify(presentRecipientHead(view)));
    }),
  );
});

describe("a batch that is read in parts", () => {
  for (const withAttempts of [false, true]) {
    it(`is what it is as a whole, ${withAttempts ? "with" : "without"} attempts`, async () => {
      let mostParts = 0;
      await fc.assert(
        fc.asyncProperty(batches, async (one) => {
          const snapshot = snapshotIn(one, withAttempts);
          mostParts = Math.max(mostParts, 1 + snapshot.rest.length);
          const json = batchJson(snapshot, async (request) => snapshotPart(one.sql, one.batch, request));
          expect(await new Response(json).json()).toEqual(whole(one, snapshot, withAttempts));
        }),
        { numRuns: 30 },
      );
      expect(mostParts).toBeGreaterThan(1);
    });
  }

  const asked: PartRequest[] = [];
  /** Four parts. */
  const large = async () => {
    asked.length = 0;
    const people = Array.from({ length: 120 }, (_, index) => ({
      to_number: `+1415555${String(index).padStart(4, "0")}`,
      metadata: JSON.stringify({ note: "x".repeat(16_000) }),
      timezone: null,
    }));
    const sql = nodeSql(BATCH_STEPS);
    const recipients = new Recipients(sql);
    recipients.insert(packRecipients(people));
    const batch = {
      route,
      row: sampleBatch({ total_recipients: people.length }),
      roster: Roster.of(people.length, false, []),
      recipients,
      pauses: { pausedUntil: 0, pacedUntil: 0 },
      heldBack: new HeldBack(),
      callingHours: new CallingHours(null, () => people, 30_000),
    };
    return { sql, batch, rows: [] };
  };

  it("is asked for no more parts than are taken, and for none when nobody takes any more", async () => {
    const one = await large();
    const json = batchJson(snapshotIn(one, false), async (request) => {
      asked.push(request);
      return snapshotPart(one.sql, one.batch, request);
    });
    const reader = json.getReader();
    // What comes before the first part, and that part.
    await reader.read();
    await reader.read();
    expect(asked).toEqual([]);
    await reader.read();
    expect(asked).toHaveLength(1);
    await reader.cancel();
    await new Promise(setImmediate);
    expect(asked).toHaveLength(1);
  });

  it("breaks off where a part cannot be read: half a batch is no batch", async () => {
    const json = batchJson(snapshotIn(await large(), false), () => Promise.reject(new Error("gone")));
    await expect(new Response(json).text()).rejects.toThrow("gone");
  });
});
