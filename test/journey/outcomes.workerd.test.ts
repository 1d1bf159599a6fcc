/** Every outcome of the stand-in carrier's table, from create to finished, through the real Twilio path. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asListed, type Batch, numbers, type Recipient, TestService, until } from "../support/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  await service.stop();
});

type Expected = Partial<Recipient> & { readonly says?: RegExp };

const OUTCOMES: readonly [name: string, to: string, expected: Expected][] = [
  ["refused", "+15005550001", { status: "failed", says: /21211/ }],
  ["busy", "+15005550002", { status: "failed", end_reason: "dial_busy" }],
  ["no answer", "+15005550003", { status: "failed", end_reason: "dial_no_answer" }],
  ["fails after it was accepted", "+15005550004", { status: "failed", end_reason: "dial_failed" }],
  ["answered, ends well", "+15005550006", { status: "completed", end_reason: "client_hangup" }],
  ["every callback twice and in reverse order", "+15005550008", { status: "completed", end_reason: "client_hangup" }],
  ["first request 429, then accepted", "+15005550009", { status: "completed", end_reason: "client_hangup" }],
  ["answered, the agent hangs up", "+15005550010", { status: "completed", end_reason: "agent_hangup" }],
  ["any other number", "+14155550199", { status: "completed", end_reason: "client_hangup" }],
];

describe("each outcome of the carrier", () => {
  it.each(OUTCOMES)("%s", async (_, to, { says, ...expected }) => {
    const batch = await service.finished((await service.createBatch([to])).id);
    const [recipient] = batch.recipients;
    expect(recipient).toMatchObject(expected);
    if (says === undefined) {
      expect(recipient?.agent_call_id).toMatch(/^ac_/);
      expect(recipient?.error_message).toBeUndefined();
    } else {
      expect(recipient?.error_message).toMatch(says);
      expect(recipient?.agent_call_id).toBeUndefined();
    }
    expect(batch).toMatchObject({ total_calls_scheduled: 1, total_calls_dispatched: 1, total_calls_finished: 1 });
    expect(batch.status).toBe(says === undefined ? "completed" : "failed");
  });
});

describe("a whole batch", () => {
  it("answers as the published API does at every stage", async () => {
    const created = await service.createBatch(["+15005550006", "+15005550002"], { name: "Reminders" });
    expect(created).toMatchObject({
      name: "Reminders",
      status: "pending",
      region: "US",
      target_concurrency_limit: 10,
      total_calls_scheduled: 2,
      total_calls_dispatched: 0,
      total_calls_finished: 0,
      retry_count: 0,
    });
    expect(created).not.toHaveProperty("recipients");
    expect(created).not.toHaveProperty("scheduled_at");
    expect(created).not.toHaveProperty("admitted_at");

    const finished = await service.finished(created.id);
    expect(finished.admitted_at).toMatch(/Z$/);
    expect(finished.recipients.map((one) => one.to_number)).toEqual(["+15005550006", "+15005550002"]);

    type Listed = { data: Batch[]; has_more: boolean; next_page: string | null };
    const listed = await until(async () => {
      const { body } = await service.api<Listed>("GET", "/agents/calls/batches");
      return body.data[0]?.total_calls_finished === 2 ? body : null;
    });
    expect(listed).toMatchObject({ has_more: false, next_page: null });
    expect(finished.recipients).toHaveLength(2);
    expect(listed.data).toEqual([{ ...asListed(finished), last_updated_at: expect.any(String) }]);
  });

  it("keeps a call record for every attempt", async () => {
    const { id } = await service.createBatch(["+15005550002"]);
    await service.finished(id);
    await service.api("POST", `/agents/calls/batches/${id}/retry`);
    const retried = await service.finished(id);
    expect(retried.retry_count).toBe(1);
    type Calls = { data: { id: string; status: string; end_reason: string; telephony_params: { to: string } }[] };
    const { body } = await service.api<Calls>("GET", `/agents/calls?batch_id=${id}`);
    expect(body.data).toHaveLength(2);
    expect(body.data[0]?.id).toBe(retried.recipients[0]?.agent_call_id);
    for (const call of body.data) {
      expect(call).toMatchObject({
        status: "failed",
        end_reason: "dial_busy",
        telephony_params: { to: "+15005550002" },
      });
      const one = await service.api<{ id: string }>("GET", `/agents/calls/${call.id}`);
      expect(one.body).toEqual(call);
    }
  });

  it("a batch whose every recipient is refused has failed", async () => {
    const { id } = await service.createBatch(["+15005550001", "+15005550001"]);
    expect((await service.finished(id)).status).toBe("failed");
  });

  it("never exceeds its target at the carrier", async () => {
    const { id } = await service.createBatch(numbers(60), { target_concurrency_limit: 3 });
    const batch = await service.finished(id);
    expect(batch.recipients.every((one) => one.status === "completed")).toBe(true);
    const summary = await service.carrier.summary();
    expect(summary.placed).toBe(60);
    expect(summary.peak_in_flight).toBeLessThanOrEqual(3);
    expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
  });
});
