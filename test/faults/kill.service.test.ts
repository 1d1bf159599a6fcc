/** The short form of `npm run test:faults`. */

import { afterEach, describe, expect, it } from "vitest";
import { Cleanup, isolated } from "../service/support.ts";
import { isClean } from "./judge.ts";
import { runKills } from "./kill-run.ts";

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

describe("a service that is killed again and again while it dials", () => {
  it("calls nobody twice, loses nobody and leaks no slot", async () => {
    const seed = Date.now() % 1_000_000;
    console.log(`seed ${seed}`);
    const { findings, wholeLimitIsFree, recipients } = await runKills({
      seed,
      kills: 4,
      batches: 3,
      recipientsPerBatch: 60,
      limit: 20,
      isCampaign: false,
      answerMs: 0,
      livesMs: [500, 3_000],
      env: await isolated(cleanup),
      say: () => {},
    });
    expect(isClean(findings), JSON.stringify(findings)).toBe(true);
    expect(wholeLimitIsFree).toBe(true);
    expect(recipients).toBe(180);
  });
});
