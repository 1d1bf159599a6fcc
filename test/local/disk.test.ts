import { describe, expect, it } from "vitest";
import { type DiskPort, ROOM_TO_START, roomIn, waitForRoom } from "./disk.ts";

/** A disk with this much room at each look. */
function disk(rooms: readonly (number | null)[], stopsAfter = Number.POSITIVE_INFINITY) {
  const said: string[] = [];
  let looks = 0;
  const port: DiskPort = {
    directory: "/state",
    room: async () => rooms[Math.min(looks++, rooms.length - 1)] ?? null,
    pause: async () => {},
    say: (text) => said.push(text),
    isStopping: () => looks > stopsAfter,
  };
  return { port, said };
}

describe("waiting for room on the disk", () => {
  it("says that the disk is full once, and once that it is not any more", async () => {
    const { port, said } = disk([0, 1_000, ROOM_TO_START - 1, ROOM_TO_START]);
    expect(await waitForRoom(port)).toBe(true);
    expect(said).toEqual([
      "The disk of /state is full: 0.0 MiB are free. The service goes on by itself when 16.0 MiB are.",
      "There is room on the disk again.",
    ]);
  });

  it.each([[ROOM_TO_START], [null]])("does not wait with %s bytes", async (room) => {
    const { port, said } = disk([room]);
    expect(await waitForRoom(port)).toBe(false);
    expect(said).toEqual([]);
  });

  it("ends when the service is stopped", async () => {
    const { port, said } = disk([0], 3);
    await waitForRoom(port);
    expect(said).toHaveLength(1);
  });

  it("asks the system", async () => {
    expect(await roomIn("/")).toBeGreaterThan(0);
    expect(await roomIn("/nowhere")).toBeNull();
  });
});
