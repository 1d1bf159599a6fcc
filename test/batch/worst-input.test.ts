/** A stated budget of processor time, held by the worst inputs that a search found. Processor time, because machines are busy. */

import { describe, expect, it } from "vitest";
import { cpuMs, preview, WORST, workOutHours } from "./worst-input.ts";

/** Of a request or an alarm; of the largest create and its preview. */
const [BUDGET_MS, LARGEST_MS] = [250, 2_000];
/** Slow machines, and what else the process does. */
const MARGIN = 3;

describe.each(WORST)("%s", (_, shape) => {
  it("is worked out for a batch within the budget", () => {
    expect(cpuMs(() => workOutHours(shape))).toBeLessThan(BUDGET_MS * MARGIN);
  });

  it("is previewed within that of the largest create", () => {
    expect(cpuMs(() => preview(shape))).toBeLessThan(LARGEST_MS * MARGIN);
  });
});
