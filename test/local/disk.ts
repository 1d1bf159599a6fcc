/**
 * Room on the state's disk. Without room no event of a call can be stored, so the service stops. It continues when
 * there is room again.
 */

import { statfs } from "node:fs/promises";

/** Enough for the largest batch, with a reserve. */
export const ROOM_TO_START = 16 * 1_024 * 1_024;
/** With less, the next write may fail. */
export const ROOM_TO_GO_ON = 2 * 1_024 * 1_024;
const LOOK_MS = 1_000;

/** Bytes that this user may still store there; null if the file system does not tell. */
export async function roomIn(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize, blocks } = await statfs(directory);
    return blocks === 0 ? null : bavail * bsize;
  } catch {
    return null;
  }
}

export type DiskPort = {
  readonly directory: string;
  readonly room: () => Promise<number | null>;
  readonly pause: () => Promise<void>;
  /** Prints to the user at the terminal. */
  readonly say: (text: string) => void;
  readonly isStopping: () => boolean;
};

export const diskPort = (directory: string, say: DiskPort["say"], isStopping: DiskPort["isStopping"]): DiskPort => ({
  directory,
  room: () => roomIn(directory),
  pause: () => new Promise((wake) => setTimeout(wake, LOOK_MS)),
  say,
  isStopping,
});

const mib = (bytes: number): string => `${(bytes / 1_024 / 1_024).toFixed(1)} MiB`;

/**
 * Resolves when there is room to start, or when the service is stopped; prints what it waits for. Returns whether it
 * waited.
 */
export async function waitForRoom(disk: DiskPort): Promise<boolean> {
  for (let waited = false; ; waited = true) {
    const room = await disk.room();
    if (room === null || room >= ROOM_TO_START || disk.isStopping()) {
      if (waited && !disk.isStopping()) disk.say("There is room on the disk again.");
      return waited;
    }
    if (!waited) {
      disk.say(
        `The disk of ${disk.directory} is full: ${mib(room)} are free. The service goes on by itself when ${mib(ROOM_TO_START)} are.`,
      );
    }
    await disk.pause();
  }
}
