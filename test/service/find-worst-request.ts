/**
 * `node test/service/find-worst-request.ts [seconds] [seed]`: looks for requests that cost the service the most, among all
 * operations, and prints the most expensive of each with its seed. Above the budget it is marked; it belongs into
 * `worst-found.ts`, and then is mended. Linux only.
 */

import { MeasuredService } from "./processor.ts";
import { randomRequest } from "./random-request.ts";
import { Cleanup } from "./support.ts";
import { BUDGET_MS, LARGEST_MS, WORST_REQUESTS, type WorstRequest } from "./worst-requests.ts";

const seconds = Number(process.argv[2] ?? 300);
const firstSeed = Number(process.argv[3] ?? 1);

type Found = { readonly ms: number; readonly status: number; readonly seed: number | null; readonly name: string };

const cleanup = new Cleanup();
/** By the operation. */
const worst = new Map<string, Found>();
let tried = 0;
try {
  const service = await MeasuredService.start(cleanup);
  const look = async (request: WorstRequest, operation: string, seed: number | null): Promise<void> => {
    let { ms, status } = await service.measure(request);
    const before = worst.get(operation)?.ms ?? -1;
    // What else the process did once it does not do twice.
    if (ms > before) ms = Math.min(ms, (await service.measure(request)).ms);
    tried += 1;
    if (ms <= before) return;
    worst.set(operation, { ms, status, seed, name: request.name });
    const mark = ms > (request.isLargest ? LARGEST_MS : BUDGET_MS) ? " ABOVE THE BUDGET" : "";
    console.log(
      `${String(ms).padStart(6)} ms${mark} ${status} ${operation} seed ${seed}: ${request.name.slice(0, 160)}`,
    );
  };
  for (const request of WORST_REQUESTS) await look(request, `table: ${request.name}`, null);
  const until = Date.now() + seconds * 1_000;
  for (let seed = firstSeed; Date.now() < until; seed += 1) {
    const request = randomRequest(seed);
    await look(request, request.operation, seed);
  }
} finally {
  console.log(`\n${tried} requests. The worst of each operation:`);
  for (const [operation, { ms, status, seed }] of [...worst].sort(([, a], [, b]) => b.ms - a.ms)) {
    console.log(String(ms).padStart(6), "ms", status, operation, seed ?? "");
  }
  await cleanup.run();
}
