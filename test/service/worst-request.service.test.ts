/** The stated budget of processor time, held by the whole service for the worst request that is known of every route. */

import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MeasuredService } from "./processor.ts";
import { Cleanup } from "./support.ts";
import { WORST_REQUESTS } from "./worst-requests.ts";

/** Of a request; of one that brings or shows as many people as a batch may have. */
const [BUDGET_MS, LARGEST_MS] = [250, 2_000];
/** Slow machines, and what else the process does: it dials, compiles and collects garbage. */
const MARGIN = 3;

const cleanup = new Cleanup();
afterAll(() => cleanup.run());

describe.runIf(existsSync("/proc/self/stat"))("within the budget is", () => {
  let service: MeasuredService;
  beforeAll(async () => {
    service = await MeasuredService.start(cleanup);
  });

  it.each(WORST_REQUESTS)("$name", async (request) => {
    const atMost = (request.isLargest ? LARGEST_MS : BUDGET_MS) * MARGIN;
    const first = await service.measure(request);
    expect(first.status).toBe(request.status);
    // The first of its kind is compiled as well.
    const ms = first.ms < atMost ? first.ms : (await service.measure(request)).ms;
    expect(ms).toBeLessThan(atMost);
  });
});
