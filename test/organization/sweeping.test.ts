/**
 * Retention with a crash at each message that it sends and at each request to the bucket, before it is done and after. What is
 * old goes, and no batch goes before all of its archive is stored. Who was in it can be erased afterwards.
 */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Act } from "../../src/calling/messages/act.ts";
import type { PersonNamed } from "../../src/calling/numbers/person-hash.ts";
import type { Failure } from "../../src/calling/requests/failure.ts";
import type { Result } from "../../src/calling/requests/result.ts";
import { findErasure } from "../../src/organization/erasing/erasure-rows.ts";
import type { MemoryBucket } from "../support/memory-bucket.ts";
import { ADA, BEN, idOf, OLD, OLD_ONES, START, World, YOUNG } from "./sweeping-world.ts";

const CLIENT: Act = {
  id: "0123456789abcdef0123",
  operation: "delete_batch",
  by: { kind: "key", id: "key_1", label: "main" },
};

beforeEach(() => {
  for (const level of ["warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

/** Of many alike, the first and the last one. */
const pointsIn = (told: readonly string[]): number[] =>
  [...Map.groupBy(told.keys(), (index) => told[index]).values()].flatMap((all) => [
    ...new Set([all[0] ?? 0, all.at(-1) ?? 0]),
  ]);

async function judge(world: World): Promise<void> {
  expect([...world.batches.keys()]).toEqual([idOf(YOUNG)]);
  const faults = await Promise.all(OLD_ONES.map((at) => world.faultsAt(at)));
  expect(faults.flat()).toEqual(world.isArchiving ? [] : OLD_ONES.map(() => "no manifest"));
  expect(world.memory.keysWith("org_1/")).toHaveLength(world.isArchiving ? 3 * OLD_ONES.length : 0);
  expect(world.sql.all("SELECT created_at FROM batch_index")).toEqual([{ created_at: YOUNG }]);
  expect(world.sourcesOf(ADA)).toEqual(world.isArchiving ? [...OLD_ONES, YOUNG] : [YOUNG]);
  expect(world.sql.all("SELECT batch_id FROM deletions WHERE deleted_at IS NULL")).toEqual([]);
  expect(world.organization.erasing.dueAt).toBe(Number.POSITIVE_INFINITY);
}

describe.each([
  ["without an archive", false, ["callsToDelete", "deleteBatch", "eraseCalls", "forgetDeliveries"]],
  [
    "with an archive",
    true,
    [
      ...["archive", "bucket get", "bucket head", "bucket list", "bucket put"],
      ...["callsToDelete", "deleteBatch", "eraseCalls", "forgetDeliveries"],
    ],
  ],
] as const)("retention %s", (_, archive, messages) => {
  it("deletes what is old, and nothing else", async () => {
    const world = new World(null, "before", archive);
    await world.run(12);
    await judge(world);
    expect([...new Set(world.told)].sort()).toEqual([...messages].sort());
  });

  it("does so with a crash before or after any of its messages", async () => {
    const first = new World(null, "before", archive);
    await first.run(12);
    const points = pointsIn(first.told);
    expect(points.length).toBeGreaterThanOrEqual(2 * messages.length - 2);
    for (const point of points) {
      for (const when of ["before", "after"] as const) {
        const world = new World(point, when, archive);
        await world.run(12);
        expect(world.crashes.at).toBeNull();
        await judge(world);
      }
    }
  });
});

/** It knows its mark, and takes nothing. */
const downForFiles: MemoryBucket["around"] = (_, key, done) =>
  key.startsWith("marks/") ? done() : Promise.reject(new Error("the bucket is down"));

describe("with an archive", () => {
  it("no batch is deleted while no bucket is bound, and it looks again after an hour, or once the setting has changed", async () => {
    const world = new World();
    world.hasBucket = false;
    await world.run(59);
    expect(world.told).toEqual(["forgetDeliveries"]);
    expect(world.batches.size).toBe(OLD + 2);
    expect(vi.mocked(console.error)).toHaveBeenCalledTimes(1);
    expect(String(vi.mocked(console.error).mock.calls[0])).toContain("as ARCHIVE_EU before archive can be true");
    await world.run(2);
    expect(vi.mocked(console.error)).toHaveBeenCalledTimes(2);
    world.hasBucket = true;
    world.organization.retention.changed();
    await world.run(12);
    await judge(world);
  });

  it("a batch that changes after it was archived is archived again", async () => {
    const world = new World();
    const stored = world.batches.get(idOf(START));
    let isChanged = false;
    world.heard = (name) => {
      if (name !== "archive" || isChanged || stored?.archivedAt == null) return;
      isChanged = true;
      stored.calls = stored.calls.map((one) => ({ ...one, notes: "said in the last moment" }));
      stored.changes += 1;
    };
    await world.run(12);
    expect(isChanged).toBe(true);
    await judge(world);
    expect(world.memory.keysWith("said in the last moment")).toHaveLength(2);
  });

  it("a batch that begins anew after it was archived stays, and its people can be erased from both", async () => {
    const world = new World();
    const stored = world.batches.get(idOf(START));
    world.heard = (name) => {
      if (name !== "archive" || !stored?.isOver || stored.archivedAt === null) return;
      stored.isOver = false;
      world.sql.run("UPDATE batch_index SET at_rest = 0 WHERE created_at = ?", START);
    };
    await world.run(12);
    expect([...world.batches.keys()].sort()).toEqual([idOf(START), idOf(YOUNG)].sort());
    if (stored !== undefined) stored.isOver = true;
    await world.erase({ toNumber: ADA, externalId: null });
    await world.run(3);
    expect(world.memory.keysWith("5550123")).toEqual([]);
    expect(world.sourcesOf(ADA)).toEqual([]);
    // A client deletes it: then nothing of it is kept.
    world.archivesNothing = true;
    world.sql.run("UPDATE batch_index SET at_rest = 1 WHERE created_at = ?", START);
    expect((await world.deleting.deleteBatch(idOf(START), null)).ok).toBe(true);
    expect(world.memory.keysWith(idOf(START))).toEqual([]);
  });

  async function judgeTakenOver(world: World): Promise<void> {
    const id = idOf(START);
    expect(world.memory.keysWith(id)).toEqual([]);
    expect(world.batches.has(id)).toBe(false);
    expect(world.sourcesOf(BEN)).not.toContain(START);
    expect(world.sql.all("SELECT batch_id FROM archives WHERE created_at = ?", START)).toEqual([]);
    expect(world.sql.all("SELECT operation FROM acts WHERE resource_id = ?", id)).toEqual([
      { operation: CLIENT.operation },
    ]);
    expect((await Promise.all(OLD_ONES.slice(1).map((at) => world.faultsAt(at)))).flat()).toEqual([]);
  }

  it("a batch that a client deletes while it is being archived leaves no archive, wherever the request comes", async () => {
    const first = new World();
    await first.run(12);
    let takenOver = 0;
    for (const point of pointsIn(first.told)) {
      const world = new World();
      let asked: Promise<Result<null, Failure>> | null = null;
      world.heard = () => {
        if (world.told.length <= point || asked !== null) return;
        world.takenOver.add(idOf(START));
        asked = world.deleting.deleteBatch(idOf(START), CLIENT);
      };
      await world.run(12);
      const answer = await (asked ?? world.deleting.deleteBatch(idOf(START), CLIENT));
      // Retention had deleted it before.
      if (!answer.ok && answer.failure.kind === "not_found") continue;
      takenOver += 1;
      await judgeTakenOver(world);
    }
    expect(takenOver).toBeGreaterThan(5);
  });

  it("a client deletes what retention cannot archive, even if the bucket answers only later", async () => {
    const world = new World();
    world.memory.around = (_, key, done) =>
      key.includes(idOf(START)) ? Promise.reject(new Error("the bucket is down")) : done();
    await world.run(12);
    expect(world.batches.has(idOf(START))).toBe(true);
    world.takenOver.add(idOf(START));
    await expect(world.deleting.deleteBatch(idOf(START), CLIENT)).rejects.toThrow("the bucket is down");
    world.memory.around = (_, __, done) => done();
    await world.run(3);
    await judgeTakenOver(world);
  });

  it("what retention has begun and not done stays once it is kept for longer", async () => {
    const world = new World();
    world.memory.around = downForFiles;
    await world.run(3);
    expect(world.sql.all("SELECT batch_id FROM deletions WHERE deleted_at IS NULL")).toHaveLength(20);
    world.sql.run("UPDATE organization SET retention_days = 365");
    world.memory.around = (_, __, done) => done();
    await world.run(12);
    expect(world.batches.size).toBe(OLD + 2);
    expect(world.sql.all("SELECT batch_id FROM deletions")).toEqual([]);
    // The mistake was no mistake after all.
    world.sql.run("UPDATE organization SET retention_days = 30");
    world.organization.retention.changed();
    await world.run(12);
    await judge(world);
  });

  it("what retention has begun to archive goes without one once the organization wants none", async () => {
    const world = new World();
    world.memory.around = downForFiles;
    await world.run(3);
    world.sql.run("UPDATE organization SET archive = 0");
    world.memory.around = (_, __, done) => done();
    await world.run(12);
    await judge(world);
  });

  it("who was archived is forgotten once the operator has deleted the archive", async () => {
    const world = new World();
    await world.run(12);
    for (const key of world.memory.keysWith(`/${idOf(START)}/`)) world.memory.objects.delete(key);
    await world.archives.forgetGone(world.now);
    expect(world.sourcesOf(BEN)).toEqual(OLD_ONES.slice(1, -1));
  });

  it("an organization that is deleted leaves no archive, whatever crashes", async () => {
    const leave = async (crashAt: number | null, when: "before" | "after") => {
      const world = new World();
      await world.run(12);
      world.memory.objects.set("org_12/other", new Uint8Array(1));
      const before = world.told.length;
      world.crashes.at = crashAt === null ? null : before + crashAt;
      world.crashes.when = when;
      world.archivesNothing = true;
      world.removing.request();
      await world.run(20);
      expect([world.isEmpty, [...world.memory.objects.keys()]]).toEqual([true, ["org_12/other"]]);
      return world.told.slice(before);
    };
    for (const point of pointsIn(await leave(null, "before"))) {
      for (const when of ["before", "after"] as const) await leave(point, when);
    }
  });
});

describe("a person who is in archives", () => {
  const person: PersonNamed = { toNumber: ADA, externalId: null };
  async function erased(crashAt: number | null, when: "before" | "after"): Promise<World> {
    const world = new World();
    await world.run(12);
    const before = world.told.length;
    world.crashes.at = crashAt === null ? null : before + crashAt;
    world.crashes.when = when;
    await world.erase(person);
    await world.run(6);
    world.told.splice(0, before);
    return world;
  }
  async function judgeErased(world: World): Promise<void> {
    expect(world.memory.keysWith("5550123")).toEqual([]);
    expect(world.memory.keysWith("5550124")).toHaveLength(2 * OLD);
    expect((await Promise.all(OLD_ONES.map((at) => world.faultsAt(at)))).flat()).toEqual([]);
    expect([...world.batches.values()].flatMap(({ calls }) => calls.map(({ to_number }) => to_number))).toEqual([""]);
    expect(world.sourcesOf(ADA)).toEqual([]);
    expect(world.sourcesOf(BEN)).toHaveLength(OLD);
    expect(findErasure(world.sql, "erasure_1")).toMatchObject({
      value: { completedAt: expect.any(Number), batchesLeft: 0 },
    });
  }

  it("is erased from all of them, and from the batch that stays", async () => {
    const world = await erased(null, "before");
    await judgeErased(world);
    const batches = OLD_ONES.length + 1;
    expect(findErasure(world.sql, "erasure_1")).toMatchObject({
      value: { batches, recipients: batches, calls: batches },
    });
  });

  it("is erased whatever crashes", async () => {
    const points = pointsIn((await erased(null, "before")).told);
    for (const point of points) {
      for (const when of ["before", "after"] as const) await judgeErased(await erased(point, when));
    }
  });

  it("is erased while its batches are being archived, wherever the erasure comes in between", async () => {
    const first = new World();
    await first.run(12);
    for (const point of pointsIn(first.told)) {
      const world = new World();
      let erasure: Promise<void> | null = null;
      world.heard = () => {
        if (world.told.length > point && erasure === null) erasure = world.erase(person);
      };
      await world.run(12);
      await erasure;
      await world.run(6);
      expect([point, world.memory.keysWith("5550123")]).toEqual([point, []]);
      expect(world.sourcesOf(ADA)).toEqual([]);
      expect((await Promise.all(OLD_ONES.map((at) => world.faultsAt(at)))).flat()).toEqual([]);
    }
  });

  it("stays in the receipt as not erased while the bucket does not answer", async () => {
    const world = new World();
    await world.run(12);
    world.memory.around = () => Promise.reject(new Error("the bucket is down"));
    await world.erase(person);
    await world.run(3);
    expect(findErasure(world.sql, "erasure_1")).toMatchObject({ value: { completedAt: null, batchesLeft: OLD + 1 } });
    world.memory.around = (_, __, done) => done();
    await world.run(3);
    await judgeErased(world);
  });
});
