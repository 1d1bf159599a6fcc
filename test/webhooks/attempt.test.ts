/** What an attempt makes of a delivery, over a day and at its edges. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  afterAttempt,
  DISABLE_AFTER_MS,
  failingSince,
  GIVE_UP_AFTER_MS,
  RETRY_AFTER_MS,
  whyDisabled,
} from "../../src/webhooks/attempt.ts";
import type { Delivery } from "../../src/webhooks/packs.ts";
import type { AttemptOutcome } from "../../src/webhooks/rpc.ts";

const HOUR = 3_600_000;
const row: Delivery = {
  id: "evt_1",
  type: "call_completed",
  status: "pending",
  attempts: 0,
  tries: 0,
  ordered_at: 0,
  created_at: 0,
  due_at: 0,
  attempted_at: null,
  response_status: null,
  error_message: null,
  batch_id: null,
  call_id: null,
};
const answered = (status: number, retryAfterMs: number | null = null): AttemptOutcome => ({
  kind: "answered",
  status,
  retryAfterMs,
});
const DOWN: AttemptOutcome = { kind: "unanswered", message: "no answer" };

describe("an answer", () => {
  it.each([200, 201, 204, 299])("%i is received", (status) => {
    expect(afterAttempt(row, answered(status), 7, 0)).toMatchObject({
      status: "delivered",
      attempts: 1,
      attempted_at: 7,
      due_at: null,
      response_status: status,
      error_message: null,
    });
  });
  it.each([301, 302, 307, 400, 401, 404, 408, 429, 500, 503])("%i is tried again", (status) => {
    const after = afterAttempt(row, answered(status), 7, 0);
    expect(after).toMatchObject({ status: "pending", due_at: 7 + (RETRY_AFTER_MS[0] ?? 0), response_status: status });
    expect(after.error_message).toContain(String(status));
  });
  it("410 is not", () => {
    expect(afterAttempt(row, answered(410), 7, 0)).toMatchObject({ status: "failed", due_at: null });
  });
  it("that asks for patience gets it, within the day", () => {
    expect(afterAttempt(row, answered(429, 60_000), 0, 0).due_at).toBe(60_000);
    expect(afterAttempt(row, answered(429, 1), 0, 0).due_at).toBe(RETRY_AFTER_MS[0]);
    expect(afterAttempt(row, answered(429, 10 * GIVE_UP_AFTER_MS), 0, 0).status).toBe("failed");
  });
});

it.each([0, 0.5, 1])("nobody there for a day: tried eight times, each wait longer or as long (chance %d)", (chance) => {
  let now = 0;
  let delivery = row;
  const waits: number[] = [];
  while (delivery.status === "pending") {
    delivery = afterAttempt(delivery, DOWN, now, chance);
    if (delivery.due_at === null) break;
    waits.push(delivery.due_at - now);
    now = delivery.due_at;
  }
  expect(delivery).toMatchObject({ status: "failed", attempts: RETRY_AFTER_MS.length + 1 });
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(now).toBeGreaterThan(23 * HOUR);
  expect(now).toBeLessThanOrEqual(GIVE_UP_AFTER_MS);
});

it("is retried as the guide says", () => {
  const said = (ms: number) => (ms < 60_000 ? `${ms / 1_000} s` : ms < HOUR ? `${ms / 60_000} min` : `${ms / HOUR} h`);
  const waits = RETRY_AFTER_MS.map(said);
  const guide = readFileSync(new URL("../../docs/guides/webhooks.md", import.meta.url), "utf8");
  expect(guide).toContain(`after ${waits.slice(0, -1).join(", ")} and ${waits.at(-1)}`);
});

it("is given up by time, however few its tries", () => {
  const late = GIVE_UP_AFTER_MS;
  expect(afterAttempt(row, DOWN, late, 0).status).toBe("failed");
  expect(afterAttempt({ ...row, ordered_at: late }, DOWN, late, 0).status).toBe("pending");
});

describe("a webhook", () => {
  it("fails since its first failure, until it succeeds", () => {
    expect(failingSince(null, DOWN, 5)).toBe(5);
    expect(failingSince(5, DOWN, 9)).toBe(5);
    expect(failingSince(5, answered(200), 9)).toBeNull();
  });
  it("is disabled when it is gone, or has failed for three days", () => {
    expect(whyDisabled(answered(410), 0, 0)).toMatch("410");
    expect(whyDisabled(DOWN, 0, DISABLE_AFTER_MS - 1)).toBeNull();
    expect(whyDisabled(DOWN, 0, DISABLE_AFTER_MS)).toMatch("three days");
    expect(whyDisabled(answered(200), null, DISABLE_AFTER_MS)).toBeNull();
  });
});
