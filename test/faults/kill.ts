/**
 * `npm run test:faults`: at least 25 kills of the whole service while it dials 1,000 recipients. `-- --seed 7` repeats a
 * run's choices; `--kills`, `--batches`, `--recipients` (of each batch) and `--limit` change its size. `--campaign`: with a
 * do-not-call list, a calling window, a retry policy, a least gap, a daily number and a pace. `--late 150`: the carrier's
 * answers take so many milliseconds, so that calls are placed through lanes, too.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "../local/ports.ts";
import { isClean } from "./judge.ts";
import { runKills } from "./kill-run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    kills: { type: "string", default: "25" },
    batches: { type: "string", default: "5" },
    recipients: { type: "string", default: "200" },
    limit: { type: "string", default: "60" },
    campaign: { type: "boolean", default: false },
    late: { type: "string", default: "0" },
  },
});

const stateDir = await mkdtemp(join(tmpdir(), "callbatch-faults-"));
const seed = Number(values.seed);
console.log(`seed ${seed}; to repeat: npm run test:faults -- --seed ${seed}`);
try {
  const report = await runKills({
    seed,
    kills: Number(values.kills),
    batches: Number(values.batches),
    recipientsPerBatch: Number(values.recipients),
    limit: Number(values.limit),
    isCampaign: values.campaign,
    answerMs: Number(values.late),
    livesMs: [500, 6_000],
    env: {
      PORT: String(await freePort()),
      STATE_DIR: stateDir,
      ADMIN_TOKEN: "admin_fault_test",
    },
    say: (line) => console.log(line),
  });
  console.log(JSON.stringify(report, null, 2));
  const isGood = isClean(report.findings) && report.wholeLimitIsFree;
  console.log(isGood ? "every promise held" : "a promise was broken");
  process.exitCode = isGood ? 0 : 1;
} finally {
  await rm(stateDir, { recursive: true, force: true });
}
