/** What a preview says comes true when the batch is created, and nothing comes of the preview itself. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type Batch, type Failed, numbers, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const BATCHES = "/agents/calls/batches";
const PREVIEW = `${BATCHES}/preview`;
const TOLL_FREE = "+18005550100";

type Person = {
  readonly index: number;
  readonly line?: number;
  readonly to_number: string;
  readonly outcome: string;
  readonly reason: string;
  readonly timezone?: string;
  readonly next_eligible_at?: string;
};
type Preview = {
  readonly total_recipients: number;
  readonly called: number;
  readonly delayed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly reasons: Record<string, number>;
  readonly people: readonly Person[];
  readonly people_left_out: number;
  readonly slots: Record<string, unknown>;
  readonly estimate: Record<string, unknown>;
};
type Listed = {
  readonly waiting_reason?: string;
  readonly next_eligible_at?: string;
  readonly failure_reason?: string;
};

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(() => service.stop());

const preview = async (to: readonly string[], fields: Record<string, unknown> = {}) => {
  const { status, body } = await service.api<Preview>("POST", PREVIEW, { ...service.batchBody(to), ...fields });
  expect([status, body]).toEqual([200, expect.anything()]);
  return body;
};
/** Open around the clock, or in one hour that is twelve hours away. */
const window = (isOpen: boolean, fields: Record<string, unknown> = {}) => {
  const hour = (new Date().getUTCHours() + 12) % 24;
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    timezone_mode: "recipient",
    windows: [
      {
        days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        start: isOpen ? "00:00" : `${two(hour)}:00`,
        end: isOpen ? "24:00" : `${two(hour)}:59`,
      },
    ],
    ...fields,
  };
};
const state = async () => ({
  batches: (await service.api<{ data: Batch[] }>("GET", BATCHES)).body.data.map(({ id }) => id),
  organization: await service.admin("GET", `/${service.organization}`),
  ledger: await service.admin("GET", `/${service.organization}/ledger`),
  placed: (await service.carrier.summary()).placed,
});

describe("a preview", () => {
  it("stores nothing and calls nobody", async () => {
    const before = await state();
    expect(await preview(numbers(3))).toMatchObject({
      total_recipients: 3,
      called: 3,
      people: [],
      people_left_out: 0,
      slots: { needed: 10, free: 20, waiting_batches: 0, granted_at_once: true },
      estimate: { expected_call_seconds: 60, calls: 3, duration_seconds: 60, expected_minutes: 3, most_minutes: 1_440 },
    });
    expect(await state()).toEqual(before);
  });

  it("comes true: who is left out, who waits and why, and who fails without a call", async () => {
    const [called = "", listed = "", free = ""] = numbers(3);
    const retry_policy = { max_attempts: 2, retry_on: ["dial_busy"], min_gap_minutes: 60 };
    await service.finished((await service.createBatch([called], { retry_policy })).id);
    await service.made("/agents/do-not-call", { number: listed });
    const to = [called, listed, free, free, TOLL_FREE];
    const fields = {
      retry_policy,
      on_duplicate: "skip",
      calling_window: window(true),
      max_call_duration_minutes: 10,
      expected_call_seconds: 30,
      calls_per_second: 0.5,
    };
    const seen = await preview(to, fields);
    expect(seen).toMatchObject({
      total_recipients: 5,
      called: 1,
      delayed: 1,
      skipped: 2,
      failed: 1,
      reasons: { contact_gap: 1, do_not_call: 1, duplicate: 1, unknown_timezone: 1 },
      people: [
        { index: 0, to_number: called, outcome: "delayed", reason: "contact_gap" },
        { index: 1, to_number: listed, outcome: "skipped", reason: "do_not_call" },
        { index: 3, to_number: free, outcome: "skipped", reason: "duplicate" },
        { index: 4, to_number: TOLL_FREE, outcome: "failed", reason: "unknown_timezone" },
      ],
      // Two may be called, twice each, for ten minutes at most.
      estimate: { expected_call_seconds: 30, calls_per_second: 0.5, calls: 2, most_minutes: 40 },
    });
    const { expected_call_seconds, ...order } = fields;
    const batch = await service.createBatch(to, order);
    expect(batch).toMatchObject({ total_calls_scheduled: 3, skipped_duplicates: 1, skipped_do_not_call: 1 });
    const waits = await until(async () => {
      const { recipients } = await service.batch(batch.id);
      const [first, second, third] = recipients as readonly (Batch["recipients"][number] & Listed)[];
      return second?.status === "completed" && first?.waiting_reason === "contact_gap" ? [first, second, third] : null;
    });
    expect(waits[2]).toMatchObject({ status: "failed", failure_reason: "window_never_open" });
    // The margin is between the instants of the two questions.
    expect(waits[0]?.next_eligible_at).toBe(seen.people[0]?.next_eligible_at);
  });

  it("comes true where the window is shut, and says when it opens", async () => {
    await service.admin("PATCH", `/${service.organization}`, {
      calling_window: window(false, { timezone_mode: "fixed", timezone: "UTC" }),
    });
    const to = numbers(2);
    const seen = await preview(to);
    expect(seen).toMatchObject({ called: 0, delayed: 2, reasons: { window: 2 } });
    const batch = await service.createBatch(to);
    const [first] = await until(async () => {
      const recipients = (await service.batch(batch.id)).recipients as readonly Listed[];
      return recipients[0]?.waiting_reason === "window" ? recipients : null;
    });
    expect(first?.next_eligible_at).toBe(seen.people[0]?.next_eligible_at);
  });

  it("says who comes first for the slots", async () => {
    const fields = { target_concurrency_limit: 15 };
    const running = await service.createBatch(["+15005550011", "+15005550011"], fields);
    await until(async () => ((await service.batch(running.id)).total_calls_dispatched === 2 ? true : null));
    await service.api("PATCH", `${BATCHES}/${running.id}`, { name: "Running" });
    expect((await preview(numbers(1), fields)).slots).toMatchObject({ needed: 15, free: 18, granted_at_once: true });
    expect((await preview(numbers(1), { target_concurrency_limit: 20 })).slots).toMatchObject({
      needed: 20,
      free: 18,
      granted_at_once: false,
    });
  });

  it("takes a file, and names its lines", async () => {
    const [number = ""] = numbers(1);
    const form = new FormData();
    const { recipients, ...fields } = {
      ...service.batchBody([number]),
      on_duplicate: "skip",
      expected_call_seconds: 90,
    };
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    form.append("file", new File([`phone;name\n${number};Ada\n\n${number};Ada again\n`], "people.csv"));
    const response = await fetchWorker(
      new Request(`https://${service.host}${PREVIEW}`, {
        method: "POST",
        headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" },
        body: form,
      }),
    );
    expect([response.status, await response.json()]).toMatchObject([
      200,
      {
        called: 1,
        people: [{ index: 1, line: 4, outcome: "skipped", reason: "duplicate" }],
        estimate: { expected_call_seconds: 90 },
      },
    ]);
  });

  it("lists a hundred people, and counts all", async () => {
    const to = numbers(150);
    const seen = await preview([...to, ...to], { on_duplicate: "skip" });
    expect(seen).toMatchObject({ called: 150, skipped: 150, people_left_out: 50 });
    expect(seen.people).toHaveLength(100);
  });

  it("refuses what create refuses, in the same words", async () => {
    const [number = ""] = numbers(1);
    await service.made("/agents/do-not-call", { number });
    const told = ({ status, body: { message, error_code, issues } }: Answer<Failed>) => ({
      status,
      message,
      error_code,
      issues,
    });
    for (const fields of [
      {},
      { agent_id: "agent_no" },
      { target_concurrency_limit: 21 },
      { scheduled_at: "2020-01-01T00:00:00Z" },
      { on_duplicate: "reject", recipients: [{ to_number: number }, { to_number: number }] },
      { recipients: [{ to_number: "+1" }] },
    ]) {
      const body = { ...service.batchBody([number]), ...fields };
      const refused = told(await service.api<Failed>("POST", PREVIEW, body));
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused).toEqual(told(await service.api<Failed>("POST", BATCHES, body)));
    }
  });
});
