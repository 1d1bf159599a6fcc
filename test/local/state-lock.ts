/**
 * One service for a state directory. Two workerd processes on the same SQLite files would both run every alarm, and
 * dial every number twice; the runtime does not prevent it.
 *
 * The lock is SQLite's, on a file in the directory. It is taken atomically, and the system releases it however its
 * process dies. It works for every path or environment that reaches the directory.
 */

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runningProcesses } from "./processes.ts";
import { StartFailure } from "./start-failure.ts";

const LOCK = "lock.sqlite";
/** The process groups of the service that has, or last had, the lock; one per line. */
const GROUPS = "running";
/** Longer than a guard takes to end its group once its starter is gone (`guard.ts`). */
const ENDING_TIMEOUT_MS = 6_000;
const POLL_MS = 50;

export class StateLock {
  readonly #database: DatabaseSync;
  readonly #groupsFile: string;
  readonly #groups = new Set<number>();

  private constructor(database: DatabaseSync, groupsFile: string) {
    this.#database = database;
    this.#groupsFile = groupsFile;
  }

  /** `stateDir` exists. */
  static async take(stateDir: string): Promise<StateLock> {
    const database = new DatabaseSync(join(stateDir, LOCK), { timeout: 0 });
    chmodSync(join(stateDir, LOCK), 0o600);
    const groupsFile = join(stateDir, GROUPS);
    try {
      database.exec("BEGIN EXCLUSIVE");
      await lastOneEnded(groupsFile);
    } catch (error) {
      database.close();
      if (!isBusy(error)) throw error;
      throw new StartFailure(
        `Another service is running on the state in ${stateDir}. Stop it, or choose another directory with STATE_DIR.`,
      );
    }
    return new StateLock(database, groupsFile);
  }

  /** A process group works on the state from now on. */
  add(group: number): void {
    this.#groups.add(group);
    writeFileSync(this.#groupsFile, [...this.#groups].join("\n"), { mode: 0o600 });
  }

  release(): void {
    this.#database.close();
  }
}

const SQLITE_BUSY = 5;
class StillRunning extends Error {}

const isBusy = (error: unknown): boolean =>
  error instanceof StillRunning || (error as { errcode?: number }).errcode === SQLITE_BUSY;

/** A killed command leaves its guards, which end their programs within seconds. */
async function lastOneEnded(groupsFile: string): Promise<void> {
  const groups = groupsIn(groupsFile);
  const giveUpAt = performance.now() + ENDING_TIMEOUT_MS;
  while (runningProcesses().some(({ group, command }) => groups.has(group) && isOurs(command))) {
    if (performance.now() > giveUpAt) throw new StillRunning();
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

/** The number of an ended group may belong to another program. */
const isOurs = (command: string): boolean => command.includes("workerd") || command.includes("guard.ts");

function groupsIn(file: string): ReadonlySet<number> {
  try {
    return new Set(readFileSync(file, "utf8").split("\n").filter(Boolean).map(Number));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Set();
    throw error;
  }
}
