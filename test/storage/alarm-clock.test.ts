import { beforeEach, expect, it } from "vitest";
import {
  AlarmClock,
  type Due,
  messageDue,
  RECOVERY_IF_NOT_WOKEN_MS,
  RECOVERY_MS,
} from "../../src/storage/alarm-clock.ts";

const HOUR = 3_600_000;
const exactly = (at: number): Due => ({ at, isRecovery: false });
const recovery = (now: number): Due => ({ at: now + RECOVERY_MS, isRecovery: true });

/** What the platform has been told, newest last; null: taken away. */
let set: (number | null)[];
let clock: AlarmClock;
beforeEach(() => {
  set = [];
  const storage = {
    setAlarm: (at: number) => Promise.resolve(void set.push(at)),
    deleteAlarm: () => Promise.resolve(void set.push(null)),
  };
  clock = new AlarmClock(storage as unknown as DurableObjectStorage);
});

it("rings no later than what is due, and is not set again for what comes after that", () => {
  clock.ringBy(20_000, 0);
  clock.ringBy(HOUR, 0);
  clock.ringBy(10_000, 0);
  expect(set).toEqual([20_000, 10_000]);
  expect(clock.changes).toBe(2);
});

it("rings after the present, for the platform may drop an alarm that is set to it while one rings", () => {
  clock.ringBy(HOUR - 1, HOUR);
  clock.rang();
  clock.ringBy(HOUR + 1, HOUR + 1);
  expect(set).toEqual([HOUR + 1, HOUR + 2]);
});

it("moves from the recovery of work that is over to what is due next, so that an object that waits is not woken again and again", () => {
  for (let now = 0; now < 3 * HOUR; now += HOUR) {
    clock.rang();
    clock.recoverSoon(now);
    clock.nothingBefore(exactly(now + HOUR), now);
  }
  expect(set).toEqual([RECOVERY_MS, HOUR, HOUR + RECOVERY_MS, 2 * HOUR, 2 * HOUR + RECOVERY_MS, 3 * HOUR]);
});

it("stays with the recovery while work is under way", () => {
  clock.recoverSoon(0);
  clock.nothingBefore(recovery(0), 0);
  clock.nothingBefore(recovery(1_000), 1_000);
  expect(set).toEqual([RECOVERY_MS]);
});

it("keeps an alarm that was to ring sooner than a recovery would", () => {
  clock.ringBy(2_000, 0);
  clock.recoverSoon(0);
  clock.nothingBefore(exactly(HOUR), 0);
  expect(set).toEqual([2_000]);
});

it("moves once the answer to a message has come, which was due again by then", () => {
  clock.nothingBefore(exactly(HOUR), 0);
  clock.nothingBefore(recovery(10_000), 10_000);
  clock.nothingBefore(exactly(HOUR), 10_100);
  expect(set).toEqual([HOUR, 10_000 + RECOVERY_MS, HOUR]);
});

it("does not move for each of many answers: an object at work would pay more for that than for the alarm", () => {
  for (let now = 0; now < RECOVERY_MS; now += 100) {
    clock.nothingBefore(recovery(now), now);
    clock.nothingBefore(exactly(HOUR), now + 10);
  }
  expect(set).toEqual([RECOVERY_MS, HOUR, 100 + RECOVERY_MS]);
});

it("keeps a later recovery that was set while something else would wake the object", () => {
  clock.recoverSoon(0, RECOVERY_IF_NOT_WOKEN_MS);
  clock.nothingBefore(recovery(1_000), 1_000);
  expect(set).toEqual([RECOVERY_IF_NOT_WOKEN_MS]);
  // What is due is not a recovery.
  clock.nothingBefore(exactly(3_000), 2_000);
  expect(set).toEqual([RECOVERY_IF_NOT_WOKEN_MS, 3_000]);
});

it("rings in time for what is due exactly when a recovery would be", () => {
  clock.recoverSoon(0, RECOVERY_IF_NOT_WOKEN_MS);
  clock.nothingBefore(exactly(1_000 + RECOVERY_MS), 1_000);
  expect(set).toEqual([RECOVERY_IF_NOT_WOKEN_MS, 1_000 + RECOVERY_MS]);
});

it("is set anew for a recovery if it was set for what is due, at whatever distance that was", () => {
  clock.nothingBefore(exactly(RECOVERY_IF_NOT_WOKEN_MS), 0, RECOVERY_IF_NOT_WOKEN_MS);
  clock.nothingBefore(recovery(1_000), 1_000);
  expect(set).toEqual([RECOVERY_IF_NOT_WOKEN_MS, 1_000 + RECOVERY_MS]);
});

it("moves a later recovery, too, but not twice in its time", () => {
  for (const now of [0, 10_000]) {
    clock.recoverSoon(now, RECOVERY_IF_NOT_WOKEN_MS);
    clock.nothingBefore(exactly(now + HOUR), now, RECOVERY_IF_NOT_WOKEN_MS);
  }
  expect(set).toEqual([RECOVERY_IF_NOT_WOKEN_MS, HOUR, 10_000 + RECOVERY_IF_NOT_WOKEN_MS]);
});

it("does not move for something that is due as well", () => {
  clock.recoverSoon(0);
  clock.ringBy(HOUR, 0);
  expect(set).toEqual([RECOVERY_MS]);
});

it("recovers a message that is under way, however late another one is repeated", () => {
  clock.nothingBefore(messageDue(16_000, true, 0), 0);
  clock.nothingBefore(messageDue(1_000, true, 1_000), 1_000);
  expect(set).toEqual([16_000, 1_000 + RECOVERY_MS]);
});
