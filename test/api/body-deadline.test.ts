import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BODY_MS, bodyDeadlineMs, inTime } from "../../src/api/limits/body-deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a body", () => {
  it.each([
    [null, 15_000],
    [0, 15_000],
    [Number.NaN, 15_000],
    [-5, 15_000],
    [256_000, 16_000],
    [25_600_000, 115_000],
  ])("of a length of %s has %i ms to arrive", (told, expected) => {
    expect(bodyDeadlineMs(told)).toBe(expected);
  });

  it("that does not arrive is a 408", async () => {
    const reading = expect(inTime(new Promise(() => {}), BODY_MS)).rejects.toMatchObject({ status: 408 });
    await vi.advanceTimersByTimeAsync(BODY_MS);
    await reading;
  });

  it("that arrives leaves no timer, nor does one that breaks off", async () => {
    expect(await inTime(Promise.resolve("all of it"), BODY_MS)).toBe("all of it");
    await expect(inTime(Promise.reject(new Error("gone")), BODY_MS)).rejects.toThrow("gone");
    expect(vi.getTimerCount()).toBe(0);
  });
});
