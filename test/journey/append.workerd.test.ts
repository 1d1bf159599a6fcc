/** More recipients for a batch that waits, runs or is over, and a batch whose policy and window are changed. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, type Failed, numbers, type Recipient, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Appended = Batch & {
  readonly appended_recipients: number;
  readonly skipped_duplicates?: number;
  readonly skipped_external_ids?: number;
  readonly skipped_do_not_call?: number;
};
type Detail = Omit<Batch, "recipients"> & {
  readonly recipients: (Recipient & { external_id?: string; created_at: string; next_eligible_at?: string })[];
  readonly retry_policy?: unknown;
  readonly calling_window?: unknown;
  readonly waiting_reason?: string;
};

/** Its call goes on until it is ended. */
const TALKS_ON = "+15005550011";
connectReceiver();
let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 4 });
});
afterEach(async () => {
  await service.stop();
});

const path = (id: string, rest = "") => `/agents/calls/batches/${id}${rest}`;
const read = async (id: string) => (await service.api<Detail>("GET", path(id))).body;
const append = <T = Appended>(id: string, recipients: unknown, fields: Record<string, unknown> = {}) =>
  service.api<T>("POST", path(id, "/recipients"), { recipients, ...fields });
const to = (to_number: string, external_id?: string) => ({
  to_number,
  ...(external_id === undefined ? {} : { external_id }),
});
const inLater = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const usage = async (): Promise<number> =>
  (await service.admin<{ agents_usage: number }>("GET", `/${service.organization}`)).agents_usage;
const slotsInUse = async (): Promise<number> =>
  (await service.admin<{ in_use: number }>("GET", `/${service.organization}/ledger`)).in_use;

describe("recipients that are appended", () => {
  it("to a batch that is over are called, each once, and it is over again", async () => {
    const { id } = await service.createBatch(numbers(2));
    const first = await service.finished(id);
    const more = [to("+15005550006", "late-1"), to("+15005550010", "late-2")];
    const answer = await append(id, more);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ total_calls_scheduled: 4, appended_recipients: 2 });
    const again = await append(id, more);
    expect(again.body).toMatchObject({ total_calls_scheduled: 4, appended_recipients: 0, skipped_external_ids: 2 });

    await service.finished(id);
    const { recipients, ...ended } = await read(id);
    expect(ended).toMatchObject({ status: "completed", total_calls_finished: 4 });
    expect(recipients.slice(0, 2)).toMatchObject(first.recipients);
    expect(recipients.slice(2).map(({ external_id, status }) => [external_id, status])).toEqual([
      ["late-1", "completed"],
      ["late-2", "completed"],
    ]);
    expect(Date.parse(recipients[2]?.created_at ?? "")).toBeGreaterThan(Date.parse(first.created_at));
    const summary = await service.carrier.summary();
    expect(summary.placed).toBe(4);
    expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
    await until(async () => ((await slotsInUse()) === 0 ? true : null));
    const listed = await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches");
    expect(listed.body.data[0]).toMatchObject({ id, total_calls_scheduled: 4, status: "completed" });
  });

  it("to a batch that runs come after those who are in it, while several requests come at once", async () => {
    const { id } = await service.createBatch(numbers(20), { target_concurrency_limit: 2 });
    const late = (group: number) =>
      Array.from({ length: 5 }, (_, index) => to(`+1415557${group}00${index}`, `${group}-${index}`));
    const answers = await Promise.all([1, 2, 1, 3, 2].map((group) => append(id, late(group))));
    expect(answers.map(({ body }) => body.appended_recipients).reduce((sum, count) => sum + count)).toBe(15);
    const ended = await service.finished(id);
    expect(ended).toMatchObject({ total_calls_scheduled: 35, total_calls_finished: 35, status: "completed" });
    const summary = await service.carrier.summary();
    expect(summary.placed).toBe(35);
    expect(summary.peak_in_flight).toBeLessThanOrEqual(2);
    expect(await usage()).toBe(35);
  });

  it("wait with the batch that is scheduled", async () => {
    const { id } = await service.createBatch(numbers(1), { scheduled_at: inLater(1) });
    await append(id, [to("+15005550006")]);
    expect(await read(id)).toMatchObject({ status: "pending", total_calls_scheduled: 2, waiting_reason: "scheduled" });
    await service.api("PATCH", path(id), { scheduled_at: null });
    expect(await service.finished(id)).toMatchObject({ status: "completed", total_calls_finished: 2 });
  });

  it("with a number that is there already are skipped, unless the request says otherwise", async () => {
    const { id } = await service.createBatch(numbers(1), { scheduled_at: inLater(1) });
    const [number = ""] = numbers(1);
    expect((await append(id, [to(number)])).body).toMatchObject({ appended_recipients: 0, skipped_duplicates: 1 });
    expect(await append<Failed>(id, [to(number)], { on_duplicate: "reject" })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "recipients[0].to_number" }] },
    });
    expect((await append(id, [to(number)], { on_duplicate: "allow" })).body.appended_recipients).toBe(1);
    expect((await read(id)).total_calls_scheduled).toBe(2);
  });

  it("are refused all together where one is wrong, where the batch was cancelled, or where it is none", async () => {
    const { id } = await service.createBatch(numbers(1), { scheduled_at: inLater(1) });
    const wrong = await append<Failed>(id, [to("+15005550006"), to("12")]);
    expect(wrong).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[1].to_number" }] } });
    const twice = await append<Failed>(id, [to("+15005550006", "x"), to("+15005550007", "x")]);
    expect(twice).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[1].external_id" }] } });
    expect((await read(id)).total_calls_scheduled).toBe(1);
    await service.api("POST", path(id, "/cancel"));
    expect(await append<Failed>(id, [to("+15005550006")])).toMatchObject({
      status: 400,
      body: { error_code: "batch_cancelled" },
    });
    expect((await append<Failed>("acb_TX9N9ULdcZQd5CEgrpdpAE", [to("+15005550006")])).status).toBe(404);
  });

  it("count in the budget once, however often the request is repeated", async () => {
    const { id } = await service.createBatch(numbers(2), { scheduled_at: inLater(1) });
    await service.admin("PATCH", `/${service.organization}`, { agents_usage_limit: 4 });
    const more = [to("+15005550006"), to("+15005550007")];
    await Promise.all([append(id, more), append(id, more), append(id, more)]);
    expect(await usage()).toBe(4);
    const refused = await append<Failed>(id, [to("+15005550008")]);
    expect(refused).toMatchObject({ status: 402, body: { error_code: "usage_limit_reached" } });
    expect((await read(id)).total_calls_scheduled).toBe(4);
    expect(await usage()).toBe(4);
  });

  it("of a batch on its creation have an external_id too, once each", async () => {
    const recipients = [to("+15005550006", "one"), to("+15005550007", "one")];
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", service.batchBody([], { recipients }));
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[1].external_id" }] } });
    const { id } = await service.createBatch([], { recipients: recipients.slice(0, 1), scheduled_at: inLater(1) });
    expect((await read(id)).recipients[0]?.external_id).toBe("one");
    expect((await append(id, [to("+15005550008", "one")])).body).toMatchObject({ skipped_external_ids: 1 });
  });
});

describe("whoever is appended is as good a recipient as any", () => {
  const list = (numbers: readonly string[]) => service.api("POST", "/agents/do-not-call", { numbers });
  const [listed = "", other = "", third = ""] = numbers(3);

  it("left out where it is on the do-not-call list, and failed where it is listed later", async () => {
    await list([listed]);
    const { id } = await service.createBatch([TALKS_ON], { target_concurrency_limit: 1 });
    const people = [to(listed, "a"), to(other, "b"), to(third, "c")];
    expect((await append(id, people)).body).toMatchObject({
      total_calls_scheduled: 3,
      appended_recipients: 2,
      skipped_do_not_call: 1,
    });
    const again = (await append(id, people)).body;
    expect(again).toMatchObject({ appended_recipients: 0, skipped_external_ids: 2, skipped_do_not_call: 1 });
    expect(await usage()).toBe(3);
    await list([other]);
    expect((await read(id)).recipients[1]).toMatchObject({
      to_number: other,
      status: "failed",
      failure_reason: "do_not_call",
    });
    const call = await until(async () => (await service.carrier.calls()).find((one) => one.to === TALKS_ON) ?? null);
    await service.carrier.control("POST", `calls/${call.sid}/end`);
    await service.finished(id);
    expect((await service.carrier.calls()).map((one) => one.to).sort()).toEqual([third, TALKS_ON].sort());
    // The batch is over, and hears of nothing any more until somebody comes in.
    await list([third]);
    expect((await append(id, [to(third, "d")], { on_duplicate: "allow" })).body).toMatchObject({
      total_calls_scheduled: 3,
      appended_recipients: 0,
      skipped_do_not_call: 1,
    });
    expect(await usage()).toBe(3);
  });

  it("shown by every list and the file, with its attempts, and told of to webhooks as the batch's end is again", async () => {
    const receiver = new TestReceiver();
    const webhook = await service.made<{ secret: string }>("/agents/webhooks", {
      display_name: "CRM",
      url: receiver.url("ok"),
      events: ["batch_completed", "call_failed"],
    });
    const { id } = await service.createBatch(numbers(1));
    await service.finished(id);
    const busy = { ...to("+15005550002", "=late"), metadata: { shift: "night" } };
    await append(id, [busy]);
    await service.finished(id);
    const events = await until(async () => {
      const arrived = await receiver.events(webhook.secret);
      return arrived.length >= 3 ? arrived : null;
    });
    const totals = events.flatMap((event) => ("batch" in event ? event.batch.total_calls_finished : []));
    expect(totals.sort()).toEqual([1, 2]);
    expect(events.filter((event) => "call" in event)).toMatchObject([
      { type: "call_failed", call: { metadata: { shift: "night" } } },
    ]);
    const page = await service.api<{ data: Recipient[]; total: number }>("GET", path(id, "/recipients?status=failed"));
    expect(page.body).toMatchObject({ total: 1, data: [{ external_id: "=late", attempt_count: 1 }] });
    const one = await service.api("GET", path(id, `/recipients/${page.body.data[0]?.id}`));
    expect(one.body).toMatchObject({ external_id: "=late", attempts: [{ attempt: 1, end_reason: "dial_busy" }] });
    const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
    const url = `https://${service.host}${path(id, "/recipients.csv?bom=false")}`;
    const [header, , second] = (await (await fetchWorker(new Request(url, { headers }))).text()).split("\r\n");
    expect(header).toMatch(/,external_id,recipient_id,shift$/);
    expect(second).toMatch(/^\+15005550002,failed,dial_busy,.*,'=late,abcr_[^,]+,night$/);
  });

  it("not taken in where the batch's agent is there no more", async () => {
    const { id } = await service.createBatch(numbers(1));
    await service.finished(id);
    await until(async () => ((await service.api("DELETE", "/agents/agent_test")).status === 204 ? true : null));
    const refused = await append<Failed>(id, [to(other)]);
    expect(refused).toMatchObject({ status: 404, body: { error_code: "not_found" } });
    expect(await read(id)).toMatchObject({ status: "completed", total_calls_scheduled: 1 });
  });
});

describe("a change of a batch's rules", () => {
  const everyDay = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  /** Three hours of the day that begin some hours from now. */
  function closedNow(): unknown {
    // Six hours from now, or in the morning where that would lie across midnight; never within the next hour.
    const now = new Date().getUTCHours();
    const hour = now + 6 <= 21 ? now + 6 : 6;
    const text = (value: number) => `${String(value).padStart(2, "0")}:00`;
    return {
      timezone_mode: "fixed",
      timezone: "UTC",
      windows: [{ days: everyDay, start: text(hour), end: text(hour + 3) }],
    };
  }

  it("of its window holds for everybody who waits, and is taken away again", async () => {
    const { id } = await service.createBatch(numbers(3), { scheduled_at: inLater(1) });
    await service.api("PATCH", path(id), { calling_window: closedNow() });
    await service.api("PATCH", path(id), { scheduled_at: null });
    const waiting = await read(id);
    expect(waiting).toMatchObject({ waiting_reason: "window", total_calls_dispatched: 0 });
    expect(waiting.calling_window).toBeDefined();
    expect(waiting.recipients.every((one) => one.next_eligible_at !== undefined)).toBe(true);
    await service.api("PATCH", path(id), { calling_window: null });
    expect(await service.finished(id)).toMatchObject({ status: "completed" });
    expect((await read(id)).calling_window).toBeUndefined();
  });

  it("of its retry policy holds for calls that end from then on", async () => {
    const clock = new DrivenClock(service);
    const { id } = await service.createBatch(["+15005550002"], { scheduled_at: inLater(1) });
    const retry_policy = { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [30] };
    await service.api("PATCH", path(id), { retry_policy });
    expect((await read(id)).retry_policy).toEqual(retry_policy);
    await service.api("PATCH", path(id), { scheduled_at: null });
    await until(async () => ((await read(id)).waiting_reason === "retry_delay" ? true : null));
    expect(
      await service.api<Failed>("PATCH", path(id), { retry_policy: { ...retry_policy, max_attempts: 0 } }),
    ).toMatchObject({
      status: 400,
      body: { issues: [{ path: "retry_policy.max_attempts" }] },
    });
    clock.stop();
  });
});
