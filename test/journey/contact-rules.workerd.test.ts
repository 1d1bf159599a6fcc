/** The least gap and the daily number of calls to a number, across batches; and the organization that cannot be asked. */

import { afterEach, expect, it, vi } from "vitest";
import { OrganizationObject } from "../../src/organization/object.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Where 02:00 UTC is noon, so that a driven hour stays within the day. */
const TOKYO = "+81312345678";

let service: TestService;
let clock: DrivenClock;
afterEach(async () => {
  vi.restoreAllMocks();
  clock?.stop();
  await service.stop();
});

type Waiting = Batch & {
  readonly waiting_reason?: string;
  readonly recipients: readonly { readonly waiting_reason?: string; readonly next_eligible_at?: string }[];
};
const placed = async () => (await service.carrier.summary()).placed;
const waits = (id: string, reason: string) =>
  until(async () => {
    const batch = (await service.batch(id)) as Waiting;
    return batch.waiting_reason === reason ? batch : null;
  });
const onlyGap = (minutes: number) => ({
  retry_policy: { max_attempts: 1, retry_on: ["dial_busy"], min_gap_minutes: minutes },
});

async function start(): Promise<void> {
  service = await TestService.start();
  clock = new DrivenClock(service);
}
async function create(to: readonly string[], fields: Record<string, unknown> = {}): Promise<Batch> {
  const batch = await service.createBatch(to, fields);
  clock.watch(batch.id);
  return batch;
}

it("a batch's gap holds against calls of another batch, and keeps nobody else waiting", async () => {
  await start();
  const [number = "", other = ""] = numbers(2);
  const first = await create([number], onlyGap(60));
  await service.finished(first.id);
  const second = await create([number, other], onlyGap(60));
  const waiting = await waits(second.id, "contact_gap");
  expect(waiting.recipients).toMatchObject([{ status: "queued", waiting_reason: "contact_gap" }, { to_number: other }]);
  await until(async () => ((await placed()) === 2 ? true : null));
  expect(Date.parse(waiting.recipients[0]?.next_eligible_at ?? "")).toBeGreaterThan(Date.now() + 59 * MINUTE);
  await clock.advance(59 * MINUTE);
  await clock.ring();
  expect(await placed()).toBe(2);
  await clock.advance(2 * MINUTE);
  await clock.ring();
  await service.finished(second.id);
  expect(await placed()).toBe(3);
});

it("many who must wait keep those behind them waiting for a few questions at most, and are not asked for again", async () => {
  await start();
  const all = numbers(121);
  const called = all.slice(0, 120);
  const clear = vi.spyOn(OrganizationObject.prototype, "clear");
  await service.admin("PATCH", `/${service.organization}`, { min_gap_minutes: 600 });
  await service.finished((await create(called, { target_concurrency_limit: 20 })).id);
  const before = clear.mock.calls.length;
  const second = await create(all);
  await waits(second.id, "contact_gap");
  await until(async () => ((await placed()) === 121 ? true : null));
  expect(clear.mock.calls.length - before).toBeLessThan(8);
});

it("the organization's daily number holds whatever a batch says, until the next day where the number is", async () => {
  await start();
  const rules = await service.admin("PATCH", `/${service.organization}`, { max_attempts_per_number_per_day: 1 });
  expect(rules).toMatchObject({ max_attempts_per_number_per_day: 1 });
  await service.finished((await create([TOKYO])).id);
  const second = await create([TOKYO], { retry_policy: { max_attempts: 1, retry_on: ["dial_busy"] } });
  const { recipients } = await waits(second.id, "daily_cap");
  expect(recipients[0]?.next_eligible_at?.slice(11)).toBe("15:00:00.000Z");
  await clock.advance(DAY);
  await clock.ring();
  await service.finished(second.id);
  expect(await placed()).toBe(2);
});

it("a call that the carrier refused or put off burns neither", async () => {
  await start();
  await service.admin("PATCH", `/${service.organization}`, { min_gap_minutes: 600 });
  // The first request is answered 429, the second one places the call.
  await service.finished((await create(["+15005550009"])).id);
  expect(await placed()).toBe(1);
  const refused = "+15005550001";
  await service.finished((await create([refused])).id);
  const again = await service.finished((await create([refused])).id);
  expect(again.recipients[0]).toMatchObject({ status: "failed" });
});

it("nobody is dialed where the organization cannot be asked, and it is asked again", async () => {
  await start();
  await service.made("/agents/do-not-call", { number: numbers(2)[1] });
  const down = vi.spyOn(OrganizationObject.prototype, "clear").mockRejectedValue(new Error("down"));
  vi.spyOn(console, "error").mockReturnValue();
  const batch = await create(numbers(1));
  await until(async () => (down.mock.calls.length > 0 ? true : null));
  expect((await waits(batch.id, "carrier")).total_calls_dispatched).toBe(0);
  expect(await placed()).toBe(0);
  down.mockRestore();
  await service.finished(batch.id);
  expect(await placed()).toBe(1);
});
