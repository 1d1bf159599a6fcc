/**
 * The processes on this machine: from /proc if it exists, because small Linux images have no `ps`; otherwise from `ps`.
 */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

export type ProcessRow = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
};

/** A process that has ended and waits for its parent does not run. */
const ENDED = "Z";

export const runningProcesses = (): ProcessRow[] => (existsSync("/proc/self/stat") ? fromProc() : fromPs());

export const isGroupRunning = (group: number): boolean => runningProcesses().some((row) => row.group === group);

function fromProc(): ProcessRow[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // "pid (name) state parent group …"; the name may contain anything.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === ENDED) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
    } catch {
      // It ended in between.
      return [];
    }
  });
}

function fromPs(): ProcessRow[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, group, state, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (state === undefined || state.startsWith(ENDED)) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), command: command ?? "" }];
  });
}
