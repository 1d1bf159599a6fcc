/** Who answers: asked for, shown, hung up on, called again; and not a word of it where nobody asked. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Batch, type Failed, type Recipient, TestService, until } from "../support/service.ts";

/** Answered by a machine, which records for a minute unless the call is ended. */
const MACHINE = "+15005550012";
const HUMAN = "+14155550123";
const CALLS = "/agents/calls";

type Told = { readonly answered_by?: string; readonly waiting_reason?: string; readonly attempts?: Told[] };
type Call = Told & { readonly id: string; readonly status: string; readonly end_reason?: string };

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 5 });
});
afterEach(async () => {
  await service.carrier.control("PUT", "faults", {});
  await service.carrier.control("PUT", "outcomes", { [MACHINE]: { answered_by: "machine_start", talk_ms: 60_000 } });
  await service.stop();
});

const recipientsOf = async (id: string) =>
  (await service.api<Batch>("GET", `${CALLS}/batches/${id}?expand=attempts`)).body.recipients as (Recipient & Told)[];
const call = async (id: string) => (await service.api<Call>("GET", `${CALLS}/${id}`)).body;
const summary = ({ status, end_reason, answered_by }: Recipient & Told) => ({ status, end_reason, answered_by });
const carrierCalls = () => service.carrier.calls() as Promise<readonly Record<string, unknown>[]>;

describe("hang_up", () => {
  it("a machine is nobody: its call is ended at once and fails; a person's goes on", async () => {
    const { id } = await service.createBatch([MACHINE, HUMAN], { on_voicemail: "hang_up" });
    expect((await service.finished(id)) as { on_voicemail?: string }).toMatchObject({ on_voicemail: "hang_up" });
    const recipients = await recipientsOf(id);
    const unreached = { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" };
    expect(recipients.map(summary)).toEqual([
      unreached,
      { status: "completed", end_reason: "client_hangup", answered_by: "human" },
    ]);
    expect(recipients[0]?.attempts).toMatchObject([unreached]);
    expect(await call(recipients[0]?.agent_call_id ?? "")).toMatchObject(unreached);
    expect((await carrierCalls()).map(({ status }) => status)).toEqual(["completed", "completed"]);
    expect((await service.carrier.summary()).calls_by_agent_call_id_more_than_one).toEqual([]);
  });

  it("is a policy's voicemail, and a human's Retry calls again too", async () => {
    const { id } = await service.createBatch([MACHINE], {
      on_voicemail: "hang_up",
      retry_policy: { max_attempts: 2, retry_on: ["voicemail"] },
    });
    const [waits] = await until(async () => {
      const recipients = await recipientsOf(id);
      return recipients[0]?.attempts?.length === 2 ? recipients : null;
    });
    expect(waits).toMatchObject({ status: "queued", waiting_reason: "retry_delay" });
    expect(waits?.attempts).toMatchObject([{ answered_by: "machine" }, { attempt: 2, status: "queued" }]);
    const other = await service.createBatch([MACHINE], {
      on_voicemail: "hang_up",
      retry_policy: { max_attempts: 2, retry_on: ["dial_no_answer"] },
    });
    await service.finished(other.id);
    await service.api("POST", `${CALLS}/batches/${other.id}/retry`);
    await service.finished(other.id);
    expect((await recipientsOf(other.id))[0]?.attempts).toMatchObject([
      { answered_by: "machine" },
      { answered_by: "machine" },
    ]);
  });

  it("of which the carrier tells only after the end it is nobody all the same, and its policy calls again", async () => {
    await service.carrier.control("PUT", "outcomes", { [MACHINE]: { answered_by: "machine_start", talk_ms: 50 } });
    let tell = (): void => {};
    let late: Promise<number> | null = null;
    const over = new Promise<void>((resolve) => {
      tell = resolve;
    });
    service.carrier.intercept = async ({ body }, deliver) => {
      if (!body.includes("AnsweredBy=machine")) return deliver();
      // Held back without holding up the callbacks behind it.
      late = over.then(deliver);
      return 204;
    };
    const retry_policy = { max_attempts: 2, retry_on: ["voicemail"] };
    const { id } = await service.createBatch([MACHINE], { on_voicemail: "hang_up", retry_policy });
    expect((await service.finished(id)).recipients).toMatchObject([{ status: "completed" }]);
    tell();
    expect(await late).toBe(204);
    const [waits] = await until(async () => {
      const recipients = await recipientsOf(id);
      return recipients[0]?.attempts?.length === 2 ? recipients : null;
    });
    expect(waits).toMatchObject({ status: "queued", waiting_reason: "retry_delay" });
    const unreached = { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" };
    expect(waits?.attempts).toMatchObject([unreached, { attempt: 2, status: "queued" }]);
    expect(await service.batch(id)).toMatchObject({ total_calls_finished: 0, total_calls_scheduled: 1 });
  });

  it("where the carrier does not hear it, it is told again until the call is over", async () => {
    const clock = new DrivenClock(service);
    await service.carrier.control("PUT", "faults", { end: { mode: "503" } });
    const { id } = await service.createBatch([MACHINE], { on_voicemail: "hang_up" });
    clock.watch(id);
    await until(async () => ((await recipientsOf(id))[0]?.answered_by === "machine" ? true : null));
    expect((await recipientsOf(id))[0]).toMatchObject({ status: "started" });
    await service.carrier.control("PUT", "faults", {});
    await until(async () => {
      await clock.advance(5_000);
      await clock.ring();
      return (await recipientsOf(id))[0]?.status === "failed" ? true : null;
    });
    clock.stop();
    expect((await recipientsOf(id)).map(summary)).toEqual([
      { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" },
    ]);
  });

  it("where every word of the carrier's is lost, it is asked and hung up on all the same", async () => {
    const clock = new DrivenClock(service);
    await service.carrier.control("PUT", "outcomes", {
      [MACHINE]: { answered_by: "machine_start", talk_ms: 600_000, callbacks: "none" },
    });
    const { id } = await service.createBatch([MACHINE], { on_voicemail: "hang_up" });
    clock.watch(id);
    await until(async () => {
      await clock.advance(5_000);
      await clock.ring();
      return (await recipientsOf(id))[0]?.status === "failed" ? true : null;
    });
    clock.stop();
    expect((await recipientsOf(id)).map(summary)).toEqual([
      { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" },
    ]);
  });

  it("direct calls have it too", async () => {
    const { calls } = (
      await service.api<{ calls: { agent_call_id?: string }[] }>("POST", CALLS, {
        agent_id: "agent_test",
        from_number_id: "ap_test",
        outbound_calls: [{ to_number: MACHINE }],
        on_voicemail: "hang_up",
      })
    ).body;
    const id = calls[0]?.agent_call_id ?? "";
    const ended = await until(async () => {
      const one = await call(id);
      return one.status === "failed" ? one : null;
    });
    expect(ended).toMatchObject({ end_reason: "dial_no_answer", answered_by: "machine" });
  });
});

describe("continue", () => {
  it("shows who answered, and the call ends like any other", async () => {
    await service.carrier.control("PUT", "outcomes", { [MACHINE]: { answered_by: "machine_start", talk_ms: 100 } });
    const { id } = await service.createBatch([MACHINE], { on_voicemail: "continue" });
    await service.finished(id);
    expect((await recipientsOf(id)).map(summary)).toEqual([
      { status: "completed", end_reason: "client_hangup", answered_by: "machine" },
    ]);
  });
});

it("without it nobody is asked, and a call costs three rows; with it one more", async () => {
  const rowsOf = async (id: string) =>
    runInDurableObject(
      service.batchObject(id),
      (object: { cost(): { rowsWritten: number } }) => object.cost().rowsWritten,
    );
  // Far more than the rows that answers share below.
  const to = Array.from({ length: 40 }, (_, index) => `+14155550${150 + index}`);
  const began = performance.now();
  const plain = await service.createBatch(to);
  await service.over(plain.id);
  expect((await carrierCalls()).map(({ amd_callback }) => amd_callback)).toEqual(to.map(() => null));
  expect((await recipientsOf(plain.id)).every((one) => one.answered_by === undefined)).toBe(true);
  const asking = await service.createBatch(to, { on_voicemail: "continue" });
  await service.over(asking.id);
  const more = (await rowsOf(asking.id)) - (await rowsOf(plain.id));
  // Answers that wait share a row every five seconds.
  const shared = Math.ceil((performance.now() - began) / 5_000);
  expect(Math.abs(more - to.length)).toBeLessThanOrEqual(2 + shared);
});

it("is refused where it means nothing, with what to change", async () => {
  const create = (fields: Record<string, unknown>) =>
    service.api<Failed>("POST", `${CALLS}/batches`, service.batchBody([HUMAN], fields));
  const retry_policy = { max_attempts: 2, retry_on: ["voicemail"] };
  const refused = {
    status: 400,
    body: { issues: [{ path: "retry_policy.retry_on", message: expect.stringContaining("hang_up") }] },
  };
  for (const fields of [{ retry_policy }, { retry_policy, on_voicemail: "continue" }]) {
    expect(await create(fields)).toMatchObject(refused);
  }
  const { id } = await service.createBatch([HUMAN], { on_voicemail: "continue" });
  expect(await service.api<Failed>("PATCH", `${CALLS}/batches/${id}`, { retry_policy })).toMatchObject(refused);
});
