/**
 * The processor time of processes and all their children. On a busy machine it is more reliable than the clock. Null if
 * the system does not tell (there is no /proc).
 */

import { existsSync, readFileSync } from "node:fs";
import { runningProcesses } from "../local/processes.ts";

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICK_MS = 10;
/** In /proc/<pid>/stat after the name: utime and stime, fields 14 and 15. */
const [USER_TIME, SYSTEM_TIME] = [11, 12];

export function cpuMs(pids: readonly number[]): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  const children = new Map<number, number[]>();
  for (const { pid, parent } of runningProcesses()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  let ticks = 0;
  const toVisit = [...pids];
  for (let pid = toVisit.pop(); pid !== undefined; pid = toVisit.pop()) {
    ticks += ticksOf(pid);
    toVisit.push(...(children.get(pid) ?? []));
  }
  return ticks * TICK_MS;
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
  } catch {
    // It ended in between.
    return 0;
  }
}
