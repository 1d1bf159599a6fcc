/** A running batch is paused, resumed and changed, and calls again by itself, as its policy says. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";

type Steered = Batch & {
  readonly paused_at?: string;
  readonly scheduled_at?: string;
  readonly waiting_reason?: string;
  readonly waiting_until?: string;
};
const LIMIT = 4;

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: LIMIT });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const path = (id: string, action = "") => `/agents/calls/batches/${id}${action}`;
const read = async (id: string): Promise<Steered> => (await service.api<Steered>("GET", path(id))).body;
const post = (id: string, action: string) => service.api<Steered & Failed>("POST", path(id, `/${action}`));
const patch = (id: string, body: unknown) => service.api<Steered & Failed>("PATCH", path(id), body);
const placed = async (): Promise<number> => (await service.carrier.summary()).placed;
/** Time for whatever would happen wrongly to happen. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 400));

type Ledger = { readonly in_use: number };
const slotsInUse = async (): Promise<number> =>
  (await service.admin<Ledger>("GET", `/${service.organization}/ledger`)).in_use;

describe("pause and resume", () => {
  it("dial nobody more, give the slots back, and go on to the end", async () => {
    const { id } = await service.createBatch(numbers(40), { target_concurrency_limit: LIMIT });
    await until(async () => ((await placed()) >= LIMIT ? true : null));
    expect((await post(id, "pause")).body.paused_at).toBeDefined();
    await until(async () => ((await service.carrier.summary()).in_flight === 0 ? true : null));
    const before = await placed();
    await quiet();
    expect(await placed()).toBe(before);
    expect(before).toBeLessThan(40);
    expect(await slotsInUse()).toBe(0);
    expect(await read(id)).toMatchObject({ status: "in_progress", waiting_reason: "paused" });

    const second = await service.createBatch(numbers(1), { target_concurrency_limit: LIMIT });
    expect((await service.finished(second.id)).status).toBe("completed");

    expect((await post(id, "resume")).body.paused_at).toBeUndefined();
    const ended = await service.finished(id);
    expect(ended.recipients.every(({ status }) => status === "completed")).toBe(true);
    expect((await service.carrier.summary()).calls_by_agent_call_id_more_than_one).toEqual([]);
  });

  it("are for a batch in which somebody waits", async () => {
    const { id } = await service.createBatch(numbers(1));
    await service.finished(id);
    expect(await post(id, "pause")).toMatchObject({ status: 400, body: { error_code: "batch_over" } });
    expect(await post(id, "resume")).toMatchObject({ status: 200 });
    const unknown = "acb_TX9N9ULdcZQd5CEgrpdpAE";
    expect(await post(unknown, "pause")).toMatchObject({ status: 404 });
  });

  it("leave a retried and a cancelled batch as they should be", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(2), { scheduled_at: later });
    await post(id, "pause");
    expect((await read(id)).waiting_reason).toBe("paused");
    await post(id, "cancel");
    expect(await read(id)).toMatchObject({ status: "cancelled" });
  });
});

describe("a change", () => {
  it("of the concurrency holds from then on, up and down", async () => {
    const { id } = await service.createBatch(numbers(30), { target_concurrency_limit: 1 });
    await until(async () => ((await placed()) >= 2 ? true : null));
    expect((await service.carrier.summary()).peak_in_flight).toBe(1);
    expect((await patch(id, { target_concurrency_limit: LIMIT })).body.target_concurrency_limit).toBe(LIMIT);
    await until(async () => ((await service.carrier.summary()).peak_in_flight > 1 ? true : null));
    await patch(id, { target_concurrency_limit: 2 });
    expect(await service.finished(id)).toMatchObject({ status: "completed", total_calls_finished: 30 });
    expect((await service.carrier.summary()).peak_in_flight).toBeLessThanOrEqual(LIMIT);
    expect(await slotsInUse()).toBe(0);
  });

  it("of name and start is seen, and brings the start forward", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(1), { scheduled_at: later });
    expect(await read(id)).toMatchObject({ waiting_reason: "scheduled", waiting_until: later });
    expect((await patch(id, { name: "Renamed", scheduled_at: null })).body).toMatchObject({ name: "Renamed" });
    expect(await service.finished(id)).toMatchObject({ status: "completed", name: "Renamed" });
    const listed = await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches");
    expect(listed.body.data[0]).toMatchObject({ id, name: "Renamed" });
  });

  it.each([
    [{ target_concurrency_limit: LIMIT + 1 }, "target_concurrency_limit"],
    [{ target_concurrency_limit: 0 }, "target_concurrency_limit"],
    [{ name: "" }, "name"],
    [{ scheduled_at: "2020-01-01T00:00:00Z" }, "scheduled_at"],
  ])("that makes no sense is refused: %j", async (body, field) => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(1), { scheduled_at: later });
    const before = await read(id);
    expect(await patch(id, body)).toMatchObject({ status: 400, body: { issues: [{ path: field }] } });
    expect(await read(id)).toEqual(before);
  });

  it("of the start comes too late once somebody was dialed", async () => {
    const { id } = await service.createBatch(numbers(1));
    await service.finished(id);
    expect(await patch(id, { scheduled_at: null })).toMatchObject({ status: 200 });
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await patch(id, { scheduled_at: later })).toMatchObject({
      status: 400,
      body: { error_code: "batch_started" },
    });
  });
});

it.each(["agent_id", "from_number_id", "region", "ringing_timeout_seconds", "on_voicemail", "recipients"])(
  "what was decided when the batch was created is not changed, and whoever tries is told: %s",
  async (field) => {
    const { id } = await service.createBatch(numbers(1), { scheduled_at: new Date(Date.now() + 60_000).toISOString() });
    const before = await read(id);
    const answer = await patch(id, { name: "New", [field]: 60 });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: field }] } });
    expect(answer.body.message).toContain("cannot be changed");
    expect(await read(id)).toEqual(before);
  },
);

describe("a retry policy", () => {
  const policy = { max_attempts: 3, retry_on: ["dial_busy"], intervals_minutes: [10, 60] };

  async function pass(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 1) {
      await clock.advance(60_000);
      await clock.ring();
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  it("calls again those it names, after its intervals and as often as it says, by alarms alone", async () => {
    const { id } = await service.createBatch(["+15005550002", "+15005550003", ...numbers(1)], { retry_policy: policy });
    clock.watch(id);
    await until(async () =>
      (await placed()) === 3 && (await service.carrier.summary()).in_flight === 0 ? true : null,
    );
    const waiting = await until(async () => {
      const seen = await read(id);
      // The last callback may still be on its way.
      const isTold = seen.recipients.every(({ status }) => status !== "started" && status !== "dispatched");
      return seen.waiting_reason === "retry_delay" && isTold ? seen : null;
    });
    expect(waiting.recipients.map(({ status }) => status)).toEqual(["queued", "failed", "completed"]);
    expect(waiting).toMatchObject({ status: "in_progress", total_calls_finished: 2 });
    // Nobody is held up by somebody who is called again in ten minutes.
    expect(await slotsInUse()).toBe(0);

    await pass(8);
    expect(await placed()).toBe(3);
    await pass(4);
    expect(await placed()).toBe(4);
    await pass(55);
    expect(await placed()).toBe(4);
    await pass(10);
    expect(await placed()).toBe(5);
    await pass(70);
    expect(await placed()).toBe(5);
    const ended = await read(id);
    expect(ended).toMatchObject({ status: "completed", total_calls_finished: 3, retry_count: 0 });
    expect(ended.recipients.map((one) => [one.status, one.end_reason])).toEqual([
      ["failed", "dial_busy"],
      ["failed", "dial_no_answer"],
      ["completed", "client_hangup"],
    ]);
    const calls = await service.api<{ data: { end_reason: string }[] }>(
      "GET",
      `/agents/calls?batch_id=${id}&limit=100`,
    );
    expect(calls.body.data).toHaveLength(5);
  });

  it("never calls again where it is not certain whether a call was placed", async () => {
    await service.carrier.control("PUT", "faults", { place: { mode: "reset-before" } });
    const all = { ...policy, retry_on: ["dial_busy", "dial_no_answer", "dial_failed"] };
    const { id } = await service.createBatch(numbers(1), { retry_policy: all });
    clock.watch(id);
    await pass(3);
    await service.carrier.control("PUT", "faults", {});
    await pass(70);
    expect((await read(id)).recipients[0]).toMatchObject({ status: "failed" });
    expect(await placed()).toBe(0);
  });

  it("stops with the batch: who waits for another call is cancelled", async () => {
    const { id } = await service.createBatch(["+15005550002"], { retry_policy: policy });
    clock.watch(id);
    await until(async () => ((await read(id)).waiting_reason === "retry_delay" ? true : null));
    await post(id, "cancel");
    await pass(15);
    expect((await read(id)).recipients[0]?.status).toBe("cancelled");
    expect(await placed()).toBe(1);
  });

  it.each([
    [{ max_attempts: 0, retry_on: ["dial_busy"] }, "retry_policy.max_attempts"],
    [{ max_attempts: 11, retry_on: ["dial_busy"] }, "retry_policy.max_attempts"],
    [{ max_attempts: 2, retry_on: [] }, "retry_policy.retry_on"],
    [{ max_attempts: 2, retry_on: ["client_hangup"] }, "retry_policy.retry_on[0]"],
    [{ max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [] }, "retry_policy.intervals_minutes"],
    [{ max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [0] }, "retry_policy.intervals_minutes[0]"],
    [{ max_attempts: 2, retry_on: ["dial_busy"], least_gap: 5 }, "retry_policy"],
    ["often", "retry_policy"],
  ])("that makes no sense is refused: %j", async (retry_policy, field) => {
    const refused = await service.api<Failed>(
      "POST",
      "/agents/calls/batches",
      service.batchBody(numbers(1), { retry_policy }),
    );
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: field }] } });
  });
});

describe("the same number more than once in a list", () => {
  const twice = [...numbers(2), ...numbers(1)];
  it.each([
    [undefined, 201, 3],
    ["allow", 201, 3],
    ["skip", 201, 2],
    ["reject", 400, 0],
  ])("with on_duplicate %s is answered %i, and %i calls are placed", async (on_duplicate, status, calls) => {
    const answer = await service.api<Batch & Failed & { skipped_duplicates?: number }>(
      "POST",
      "/agents/calls/batches",
      service.batchBody(twice, { on_duplicate }),
    );
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(answer.body.issues).toMatchObject([{ path: "recipients[2].to_number" }]);
    } else {
      expect(answer.body.skipped_duplicates).toBe(calls === 2 ? 1 : undefined);
      expect(await service.finished(answer.body.id)).toMatchObject({ total_calls_scheduled: calls });
    }
    expect(await placed()).toBe(calls);
  });
});
