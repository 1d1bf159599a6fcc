/** A carrier whose answers take long: more requests are under way than the object's own connections, each in a lane. */

import { afterEach, expect, it, vi } from "vitest";
import { LaneObject } from "../../src/batch/dialing/lane.ts";
import { numbers, TestService } from "../support/service.ts";

const PEOPLE = 60;
/** Those who are left once ten answers in a row have taken long, five of them through the object's own connections. */
const OWN = 5;
const AT_ONCE = PEOPLE - 10;

afterEach(() => {
  vi.restoreAllMocks();
});

async function slowCarrier(delayMs: number) {
  const service = await TestService.start({ limit: PEOPLE });
  await service.carrier.control("PUT", "faults", { place: { mode: "late-answer", delay_ms: delayMs } });
  return service;
}

async function endOf(service: TestService, id: string) {
  const batch = await service.finished(id, 50_000);
  const { placed, calls_by_agent_call_id_more_than_one } = await service.carrier.summary();
  expect(calls_by_agent_call_id_more_than_one).toEqual([]);
  return { statuses: Object.groupBy(batch.recipients, ({ status }) => status), placed };
}

it("all that are left are under way at once when its answers are known to take long, and nobody is called twice", async () => {
  const service = await slowCarrier(100);
  let lent = 0;
  const { place } = LaneObject.prototype;
  vi.spyOn(LaneObject.prototype, "place").mockImplementation(async function (this: LaneObject, order) {
    lent += 1;
    // Beside the object's own; a lane is lent only when those are taken.
    while (lent < AT_ONCE - OWN) await scheduler.wait(50);
    return place.call(this, { ...order, leaveBy: order.leaveBy + 60_000 });
  });
  const { id } = await service.createBatch(numbers(PEOPLE), { target_concurrency_limit: PEOPLE });
  const { statuses, placed } = await endOf(service, id);
  expect([statuses.completed?.length, placed]).toEqual([PEOPLE, PEOPLE]);
  await service.stop();
});

it("a lane that dies when its request has left: the call is heard of, and not placed again", async () => {
  const service = await slowCarrier(100);
  let died = 0;
  const { place } = LaneObject.prototype;
  vi.spyOn(LaneObject.prototype, "place").mockImplementation(async function (this: LaneObject, order) {
    void place.call(this, order).catch(() => {});
    await scheduler.wait(20);
    died += 1;
    throw new Error("the machine is gone");
  });
  const { id } = await service.createBatch(numbers(25), { target_concurrency_limit: 25 });
  const { statuses, placed } = await endOf(service, id);
  expect(died).toBeGreaterThan(0);
  expect([statuses.completed?.length, placed]).toEqual([25, 25]);
  await service.stop();
});

it("a lane that comes too late asks nothing of the carrier, and its recipient is called all the same", async () => {
  const service = await slowCarrier(100);
  const answers: string[] = [];
  const { place } = LaneObject.prototype;
  vi.spyOn(LaneObject.prototype, "place").mockImplementation(async function (this: LaneObject, order) {
    const answer = await place.call(this, { ...order, leaveBy: answers.length < 5 ? 0 : order.leaveBy });
    answers.push(answer.kind);
    return answer;
  });
  const { id } = await service.createBatch(numbers(25), { target_concurrency_limit: 25 });
  const { statuses, placed } = await endOf(service, id);
  expect(answers.slice(0, 5)).toEqual(Array(5).fill("not_sent"));
  expect([statuses.completed?.length, placed]).toEqual([25, 25]);
  await service.stop();
});

it("a lane asks about calls of which nothing is heard, and a lane that dies over it is asked again", async () => {
  const service = await TestService.start({ limit: PEOPLE });
  // Lanes are lent only by a carrier that is known to take long.
  const place = { mode: "late-answer", delay_ms: 100 };
  await service.carrier.control("PUT", "faults", { place, callbacks: { drop: 1 } });
  const answers: string[] = [];
  const { ask } = LaneObject.prototype;
  vi.spyOn(LaneObject.prototype, "ask").mockImplementation(async function (this: LaneObject, question) {
    const answer = await ask.call(this, question);
    answers.push(answer.kind);
    if (answers.length === 1) throw new Error("the machine is gone");
    return answer;
  });
  const settings = { target_concurrency_limit: PEOPLE, ringing_timeout_seconds: 5 };
  const { id } = await service.createBatch(numbers(PEOPLE), settings);
  const { statuses, placed } = await endOf(service, id);
  expect(answers.length).toBeGreaterThan(1);
  expect(new Set(answers)).toEqual(new Set(["fetch"]));
  expect([statuses.completed?.length, placed]).toEqual([PEOPLE, PEOPLE]);
  await service.stop();
});
