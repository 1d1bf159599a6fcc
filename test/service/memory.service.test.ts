/** The platform gives an isolate 128 MB. What the largest batch needs is read off the runtime's own process. */

import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import { Cleanup, descendantsOf, finishedBatch, isolated, newBatch, readBatch, startProvisioned } from "./support.ts";

const RECIPIENTS = 5_000;
const METADATA_BYTES = 1_024;
const MIB = 1_024;
const LIMIT_MIB = 128;

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

/** KiB, from the process's own account; the peak never falls. */
function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
  return { now: field("VmRSS"), peak: field("VmHWM") };
}

const recipients = Array.from({ length: RECIPIENTS }, (_, index) => ({
  to_number: `+1415556${String(index).padStart(4, "0")}`,
  metadata: { note: "x".repeat(METADATA_BYTES - '{"note":""}'.length) },
}));

describe.runIf(existsSync("/proc/self/status"))("the largest batch", () => {
  it("of 5,000 recipients with 1 KiB of metadata each stays far below the platform's memory", async () => {
    const { service, client } = await startProvisioned(await isolated(cleanup), cleanup);
    const runtimes = service.groups.flatMap(descendantsOf).filter(({ command }) => /workerd.* serve/.test(command));
    expect(runtimes.length).toBeGreaterThan(0);
    const measure = () => runtimes.map(({ pid }) => memoryOf(pid));
    // A small one first: what the code itself needs is not the batch's.
    const small = await client.post<BatchSummary>(BATCHES, newBatch(["+14155560000"]));
    await finishedBatch(client, small.id);
    const before = measure();

    const { id } = await client.post<BatchSummary>(BATCHES, { ...newBatch([]), recipients });
    const accepted = measure();
    await client.post(`${BATCHES}/${id}/cancel`);
    const batch = await readBatch(client, id);
    expect(batch.recipients).toHaveLength(RECIPIENTS);
    const read = measure();

    // Uncollected garbage and the runtime's own buffers are in it, so it is more than the isolate's share.
    const grown = (from: typeof before, to: typeof before) =>
      Math.round(to.reduce((sum, { peak }, index) => sum + peak - (from[index]?.now ?? 0), 0) / MIB);
    const [toAccept, toRead] = [grown(before, accepted), grown(accepted, read)];
    console.log(`peak memory above what was in use before: ${toAccept} MiB to accept it, ${toRead} MiB to read it`);
    expect(toAccept).toBeLessThan(LIMIT_MIB);
    expect(toRead).toBeLessThan(LIMIT_MIB);
  });
});
