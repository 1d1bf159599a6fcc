import fc from "fast-check";
import { expect, it } from "vitest";
import { InFlight } from "../../src/batch/people/in-flight.ts";

type Step = readonly ["set" | "delete" | "move" | "moveForward", number, number];

/** What it stands for: everything looked for anew each time. */
function plain(steps: readonly Step[]): Map<number, number> {
  const known = new Map<number, number>();
  for (const [step, number, at] of steps) {
    if (step === "set") known.set(number, at);
    if (step === "delete") known.delete(number);
    if (step === "move" && known.has(number)) known.set(number, at);
    if (step === "moveForward" && known.has(number)) known.set(number, Math.min(at, known.get(number) ?? at));
  }
  return known;
}

it("says who is due as if it looked at everybody, and never that the first is due later than it is", () => {
  const step = fc.tuple(
    fc.constantFrom("set" as const, "set" as const, "delete" as const, "move" as const, "moveForward" as const),
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 0, max: 100 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.integer({ min: 0, max: 100 })), { maxLength: 60 }), (history) => {
      const inFlight = new InFlight();
      const steps: Step[] = [];
      for (const [[name, number, at], now] of history) {
        if (name === "delete") inFlight.delete(number);
        else inFlight[name](number, at);
        steps.push([name, number, at]);
        const known = plain(steps);
        const first = Math.min(...known.values());
        expect(inFlight.size).toBe(known.size);
        expect([...inFlight.due(now)]).toEqual([...known].filter(([, due]) => due <= now).map(([one]) => one));
        expect(inFlight.earliest(now)).toBeLessThanOrEqual(first);
        if (inFlight.earliest(now) <= now) expect(inFlight.earliest(now)).toBe(first);
        if (known.size === 0) expect(inFlight.earliest(now)).toBe(Number.POSITIVE_INFINITY);
      }
    }),
    { numRuns: 2_000 },
  );
});
