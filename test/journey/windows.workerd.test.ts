/** Nobody is called outside of their calling window, whatever wakes the batch; by alarms alone on a driven clock. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Batch, type Failed, type Recipient, TestService, until } from "../support/service.ts";

type Windowed = Omit<Batch, "recipients"> & {
  readonly waiting_reason?: string;
  readonly waiting_until?: string;
  readonly calling_window?: unknown;
  readonly recipients: (Recipient & { readonly timezone?: string; readonly next_eligible_at?: string })[];
};

const HOUR = 3_600_000;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NEW_YORK = "+12125550142";
const LOS_ANGELES = "+14155550142";
/** No zone is known of a toll-free number. */
const NOWHERE = "+18005550142";
const officeHours = { timezone_mode: "recipient", windows: [{ days: DAYS, start: "09:00", end: "17:00" }] };
/** A Wednesday in the future, 6 a.m. in New York. */
const MORNING = Date.parse("2027-06-02T10:00:00Z");

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: MORNING });
  service = await TestService.start({ limit: 4 });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const read = async (id: string): Promise<Windowed> =>
  (await service.api<Windowed>("GET", `/agents/calls/batches/${id}`)).body;
const create = async (to: readonly string[], fields: Record<string, unknown>): Promise<string> => {
  const { id } = await service.createBatch(to, fields);
  clock.watch(id);
  return id;
};
const statuses = async (id: string): Promise<string[]> => (await read(id)).recipients.map(({ status }) => status);
const placed = async (): Promise<number> => (await service.carrier.summary()).placed;
const inUse = async (): Promise<number> =>
  (await service.admin<{ in_use: number }>("GET", `/${service.organization}/ledger`)).in_use;

async function pass(hours: number): Promise<void> {
  for (let passed = 0; passed < hours * 2; passed += 1) {
    await clock.advance(HOUR / 2);
    for (let wake = 0; wake < 3; wake += 1) {
      await clock.ring();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }
}

describe("a calling window", () => {
  it("lets everybody be called in their own hours, and holds no slot for who waits", async () => {
    const id = await create([LOS_ANGELES, NEW_YORK], { calling_window: officeHours, target_concurrency_limit: 1 });
    const early = await until(async () => ((await read(id)).waiting_reason === "window" ? await read(id) : null));
    expect(early).toMatchObject({ status: "pending", waiting_until: "2027-06-02T13:00:00.000Z" });
    expect(early.recipients.map((one) => [one.timezone, one.next_eligible_at])).toEqual([
      ["America/Los_Angeles", "2027-06-02T16:00:00.000Z"],
      ["America/New_York", "2027-06-02T13:00:00.000Z"],
    ]);
    expect(early.calling_window).toMatchObject({ ...officeHours, unknown_timezone: "block", excluded_dates: [] });
    expect(await inUse()).toBe(0);

    await pass(2.5);
    expect(await placed()).toBe(0);
    // Nine in New York: the second recipient is called first, because the first is asleep.
    await pass(1);
    expect(await statuses(id)).toEqual(["queued", "completed"]);
    expect(await inUse()).toBe(0);
    await pass(3);
    expect(await statuses(id)).toEqual(["completed", "completed"]);
    expect(await read(id)).toMatchObject({ status: "completed" });
  });

  it("holds for retries by a human and by the policy too", async () => {
    const id = await create(["+15005550002"], {
      calling_window: { ...officeHours, timezone_mode: "fixed", timezone: "America/New_York" },
      retry_policy: { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [24 * 60] },
    });
    await pass(3.5);
    expect(await placed()).toBe(1);
    await clock.advance(8 * HOUR);
    // In the evening; called again a day after the end of the first call, which was at nine.
    await pass(2);
    expect(await placed()).toBe(1);
    await clock.advance(11 * HOUR);
    await pass(4);
    expect(await placed()).toBe(2);
    expect(await statuses(id)).toEqual(["failed"]);
    await clock.advance(9 * HOUR);
    // Asked for by a human at night.
    await service.api("POST", `/agents/calls/batches/${id}/retry`);
    await pass(2);
    expect(await placed()).toBe(2);
    await clock.advance(10 * HOUR);
    await pass(6);
    expect(await placed()).toBe(3);
  });

  it("stands in the list of batches as in Get, before the start, and after each change", async () => {
    const id = await create([NEW_YORK], { calling_window: officeHours, scheduled_at: "2027-06-03T10:00:00Z" });
    const listed = async () => {
      const { body } = await service.api<{ data: Windowed[] }>(
        "GET",
        "/agents/calls/batches?status=pending&sort=start",
      );
      return body.data.find((one) => one.id === id);
    };
    const isListedAsRead = async () => {
      const [shown, { calling_window }] = [await listed(), await read(id)];
      expect(shown).toBeDefined();
      return JSON.stringify(shown?.calling_window) === JSON.stringify(calling_window) ? { calling_window } : null;
    };
    expect((await until(isListedAsRead)).calling_window).toMatchObject(officeHours);
    const fixed = { ...officeHours, timezone_mode: "fixed", timezone: "Europe/Berlin" };
    await service.api("PATCH", `/agents/calls/batches/${id}`, { calling_window: fixed });
    expect((await until(isListedAsRead)).calling_window).toMatchObject(fixed);
    await service.api("PATCH", `/agents/calls/batches/${id}`, { calling_window: null });
    expect((await until(isListedAsRead)).calling_window).toBeUndefined();
  });

  it("is narrowed by the organization's, which holds for batches without one of their own", async () => {
    const calling_window = {
      timezone_mode: "fixed",
      timezone: "America/New_York",
      windows: [{ days: DAYS, start: "12:00", end: "13:00" }],
    };
    await service.admin("PATCH", `/${service.organization}`, { calling_window });
    expect(await service.admin("GET", `/${service.organization}`)).toMatchObject({ calling_window });
    const plain = await create([NEW_YORK], {});
    const own = await create([NEW_YORK], { calling_window: officeHours });
    await pass(5.5);
    expect(await placed()).toBe(0);
    expect(await inUse()).toBe(0);
    await pass(1);
    expect(await statuses(plain)).toEqual(["completed"]);
    expect(await statuses(own)).toEqual(["completed"]);
  });

  it("counts the zone that the order names, before the number's", async () => {
    const body = service.batchBody([], { calling_window: officeHours });
    const recipients = [{ to_number: LOS_ANGELES, timezone: "Europe/Berlin" }];
    const { id } = await service.made<Batch>("/agents/calls/batches", { ...body, recipients });
    // Noon in Berlin.
    expect(await service.finished(id)).toMatchObject({ status: "completed" });
  });

  it("fails whom it never lets be called, and says why", async () => {
    const id = await create([NOWHERE, NEW_YORK], { calling_window: officeHours });
    const blocked = await until(async () => {
      const [first] = (await read(id)).recipients;
      return first?.status === "failed" ? first : null;
    });
    expect(blocked.error_message).toMatch(/time zone is unknown/);
    await pass(3.5);
    expect(await statuses(id)).toEqual(["failed", "completed"]);
    expect(await placed()).toBe(1);
  });

  it("takes the order's zone for whoever has none, if it says so", async () => {
    const window = { ...officeHours, timezone: "Europe/Berlin", unknown_timezone: "use_timezone" };
    const id = await create([NOWHERE], { calling_window: window });
    expect(await service.finished(id)).toMatchObject({ status: "completed" });
  });

  it("fails whoever still waits when it expires", async () => {
    const expires_at = new Date(MORNING + 2 * HOUR).toISOString();
    const id = await create([NEW_YORK, LOS_ANGELES], { calling_window: { ...officeHours, expires_at } });
    await pass(1.5);
    expect(await statuses(id)).toEqual(["queued", "queued"]);
    await pass(1);
    const ended = await read(id);
    expect(ended.recipients.map(({ status, error_message }) => [status, error_message])).toEqual([
      ["failed", "its calling window expired before it could be called"],
      ["failed", "its calling window expired before it could be called"],
    ]);
    await pass(4);
    expect(await placed()).toBe(0);
    expect(await inUse()).toBe(0);

    const path = `/agents/calls/batches/${id}`;
    const refused = await service.api("POST", `${path}/retry`);
    expect(refused).toMatchObject({ status: 400, body: { error_code: "batch_over" } });
    expect(await statuses(id)).toEqual(["failed", "failed"]);
    const later = { ...officeHours, expires_at: new Date(MORNING + 96 * HOUR).toISOString() };
    expect((await service.api("PATCH", path, { calling_window: later })).status).toBe(200);
    expect((await service.api("POST", `${path}/retry`)).status).toBe(200);
    expect(await statuses(id)).toEqual(["dispatched", "dispatched"]);
  });
});

describe("a calling window that makes no sense", () => {
  it.each<[Record<string, unknown> | string, string]>([
    ["always", "calling_window"],
    [{ ...officeHours, timezone_mode: "mine" }, "calling_window.timezone_mode"],
    [{ ...officeHours, timezone_mode: "fixed" }, "calling_window.timezone"],
    [{ ...officeHours, timezone: "Berlin" }, "calling_window.timezone"],
    [{ ...officeHours, timezone: "BST" }, "calling_window.timezone"],
    [{ ...officeHours, unknown_timezone: "use_timezone" }, "calling_window.timezone"],
    [{ ...officeHours, windows: [] }, "calling_window.windows"],
    [{ ...officeHours, windows: [{ days: [], start: "09:00", end: "17:00" }] }, "calling_window.windows[0].days"],
    [
      { ...officeHours, windows: [{ days: ["monday"], start: "09:00", end: "17:00" }] },
      "calling_window.windows[0].days[0]",
    ],
    [{ ...officeHours, windows: [{ days: DAYS, start: "9", end: "17:00" }] }, "calling_window.windows[0].start"],
    [{ ...officeHours, windows: [{ days: DAYS, start: "09:00", end: "24:01" }] }, "calling_window.windows[0].end"],
    [{ ...officeHours, windows: [{ days: DAYS, start: "22:00", end: "06:00" }] }, "calling_window.windows[0].end"],
    [{ ...officeHours, windows: [{ days: DAYS, start: "22:00", end: "22:01" }] }, "calling_window.windows"],
    [{ ...officeHours, excluded_dates: ["2027-02-30"] }, "calling_window.excluded_dates[0]"],
    [{ ...officeHours, expires_at: "2020-01-01T00:00:00Z" }, "calling_window.expires_at"],
    [{ ...officeHours, holidays: [] }, "calling_window"],
  ])("is refused: %j", async (calling_window, field) => {
    const body = service.batchBody([NEW_YORK], { calling_window });
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: field }] } });
  });

  it("is refused if it expires when the batch may begin, and a moment later is enough", async () => {
    const scheduled_at = new Date(MORNING + HOUR).toISOString();
    const windowUntil = (at: number) => ({ ...officeHours, expires_at: new Date(at).toISOString() });
    const send = (path: string, calling_window: unknown) =>
      service.api<Failed>("POST", path, service.batchBody([NEW_YORK], { scheduled_at, calling_window }));
    for (const path of ["/agents/calls/batches", "/agents/calls/batches/preview"]) {
      expect(await send(path, windowUntil(MORNING + HOUR))).toMatchObject({
        status: 400,
        body: { issues: [{ path: "calling_window.expires_at" }] },
      });
    }
    expect(await send("/agents/calls/batches", windowUntil(MORNING + HOUR + 1))).toMatchObject({ status: 201 });
  });

  it.each(["+02:00", "BST", "EST", "US/Pacific"])("is refused as a recipient's zone too: %s", async (timezone) => {
    const body = { ...service.batchBody([]), recipients: [{ to_number: NEW_YORK, timezone }] };
    const refused = await service.api<Failed>("POST", "/agents/calls/batches", body);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[0].timezone" }] } });
  });
});

describe("hours that are set while a batch waits", () => {
  it("fail nobody unless the change says so, and the preview tells who they are", async () => {
    const later = new Date(MORNING + HOUR).toISOString();
    const id = await create([NEW_YORK, NOWHERE], { scheduled_at: later });
    const change = { calling_window: officeHours };
    const path = `/agents/calls/batches/${id}`;
    const preview = await service.api<unknown>("POST", `${path}/preview`, change);
    expect(preview.body).toMatchObject({ waiting: 2, delayed: 1, failed: 1, reasons: { unknown_timezone: 1 } });
    const before = await read(id);

    const refused = await service.api<Failed>("PATCH", path, { name: "Office hours", ...change });
    expect(refused).toMatchObject({ status: 400, body: { error_code: "change_fails_recipients" } });
    expect(refused.body.message).toContain("1 of 2");
    expect(await read(id)).toEqual(before);

    const mended = { ...officeHours, unknown_timezone: "use_timezone", timezone: "America/New_York" };
    expect((await service.api("PATCH", path, { calling_window: mended })).status).toBe(200);
    expect(await statuses(id)).toEqual(["queued", "queued"]);

    expect((await service.api("PATCH", path, { ...change, allow_failures: true })).status).toBe(200);
    expect(await statuses(id)).toEqual(["queued", "failed"]);
  });
});
