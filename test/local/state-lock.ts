/**
 * One service for one state directory. Two workerd processes on the same SQLite files would both run every alarm, and
 * dial every number twice; nothing in wrangler prevents it. The lock is a listening socket, which ends with its process
 * however that dies, so that no stale lock is ever in the way.
 */

import { createHash } from "node:crypto";
import { mkdir, realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartFailure } from "./start-failure.ts";

export class StateLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Creates the directory where it does not exist. */
  static async take(stateDir: string): Promise<StateLock> {
    await mkdir(stateDir, { recursive: true });
    // In the temporary directory, because a socket's path may have no more than about 100 characters.
    const name = createHash("sha256")
      .update(await realpath(stateDir))
      .digest("hex")
      .slice(0, 16);
    const path = join(tmpdir(), `callbatch-${name}.sock`);
    const server = (await listen(path)) ?? (await replaceStale(path));
    if (server === null) {
      throw new StartFailure(
        `Another service is running on the state in ${stateDir}. Stop it, or choose another directory with STATE_DIR.`,
      );
    }
    server.unref();
    return new StateLock(server);
  }

  release(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Null where the path is taken. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

/** A process that was killed leaves its socket's file behind, at which nobody answers. */
async function replaceStale(path: string): Promise<Server | null> {
  if (await isAnswered(path)) return null;
  await rm(path, { force: true });
  return listen(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
