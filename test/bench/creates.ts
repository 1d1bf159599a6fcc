/** Small batches, created one after the other by several clients, and what each takes of the processor. */

import { BATCHES } from "../local/wire.ts";
import { batchBody, type Contender, LATER, Tenant } from "./contender.ts";
import { cpuMs } from "./cpu.ts";

export const SMALL = 10;
const AT_ONCE = 16;

/** Of a contender, for each of so many batches in an organization of their own. Null: the system does not tell. */
export async function createMany(contender: Contender, batches: number): Promise<number | null> {
  const tenant = await Tenant.of(contender, 100);
  const body = batchBody(SMALL, LATER);
  return costOfEach(contender.pids, batches, () => tenant.timed("POST", BATCHES, body));
}

/** The processor time of each in ms, some at once. */
export async function costOfEach(
  pids: readonly number[],
  count: number,
  ask: () => Promise<unknown>,
): Promise<number | null> {
  const before = cpuMs(pids);
  let left = count;
  const client = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      await ask();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  const after = cpuMs(pids);
  return before === null || after === null ? null : (after - before) / count;
}
