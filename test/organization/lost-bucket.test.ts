/**
 * Archives whose bucket is missing, is another one, or has lost its mark. Nothing is forgotten then, nothing is written
 * there, everybody who asks is told, and what needs no bucket goes on.
 */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyOfMark } from "../../src/archive/mark.ts";
import { SERVICE } from "../../src/calling/messages/act.ts";
import { record } from "../../src/organization/acts/act-rows.ts";
import { markOfBucket, mayHaveArchives } from "../../src/organization/erasing/archive-rows.ts";
import { ErasureRegister } from "../../src/organization/erasing/erasure-register.ts";
import { findErasure } from "../../src/organization/erasing/erasure-rows.ts";
import { ADA, BEN, DAY, idOf, OLD, OLD_ONES, START, World, YOUNG } from "./sweeping-world.ts";

const MARK = keyOfMark("org_1");
const person = { toNumber: ADA, externalId: null };

beforeEach(() => {
  for (const level of ["warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

const errors = () => vi.mocked(console.error).mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string });
async function archived(): Promise<World> {
  const world = new World();
  await world.run(12);
  expect(world.sourcesOf(ADA)).toEqual([...OLD_ONES, YOUNG]);
  return world;
}
const receipt = async (world: World) => {
  const found = await new ErasureRegister(world.sql, world.erasures).getErasure("erasure_1");
  return found.ok ? found.value : null;
};
/** Batches that are over by now, once more. */
const getOlder = (world: World) => {
  world.now += 40 * DAY;
};

describe("while no bucket is bound", () => {
  it("records of the audit and deliveries go as ever, so many at once", async () => {
    const world = new World();
    world.hasBucket = false;
    const acts = 2_500;
    for (let index = 0; index < acts; index += 1) {
      const act = { id: crypto.randomUUID(), operation: "createAgent", by: SERVICE };
      record(world.sql, act, { kind: "agent", resourceId: "agent_1", before: null, after: {} }, START + index);
    }
    const left = () => world.sql.one<{ count: number }>("SELECT COUNT(*) AS count FROM acts").count;
    await world.run(1);
    expect(left()).toBe(acts - 1_000);
    expect(world.deliveriesKeptFrom).toBe(world.now - 30 * DAY);
    await world.run(3);
    expect(left()).toBe(0);
    expect(world.batches.size).toBe(OLD + 2);
    expect(errors()).toMatchObject([{ event: "archive_missing", organization: "org_1" }]);
    // A day later, more is old, and nothing was archived meanwhile.
    world.now += DAY;
    await world.run(1);
    expect(world.deliveriesKeptFrom).toBe(world.now - 30 * DAY);
    expect(world.archives.problem).toBe("no_bucket");
  });

  it("an erasure waits, and its receipt says for what", async () => {
    const world = await archived();
    world.hasBucket = false;
    await world.erase(person);
    expect(await receipt(world)).toMatchObject({ completedAt: null, archiveProblem: "no_bucket" });
    world.hasBucket = true;
    await world.run(3);
    expect(await receipt(world)).toMatchObject({ completedAt: expect.any(Number), batchesLeft: 0 });
    expect(await receipt(world)).not.toHaveProperty("archiveProblem");
    expect(world.memory.keysWith("5550123")).toEqual([]);
  });
});

describe("while the bucket says nothing", () => {
  it("an erasure that needs none is done, and one that does asks it once in a run", async () => {
    const world = await archived();
    const ben = { toNumber: BEN, externalId: null };
    world.memory.around = () => Promise.reject(new Error("the bucket is down"));
    await world.erase(ben);
    let asked = 0;
    let answer = () => {};
    world.memory.around = () => {
      asked += 1;
      return new Promise((_, reject) => {
        answer = () => reject(new Error("the bucket is down"));
      });
    };
    // Of a number that nobody has called.
    const run = world.erase({ toNumber: "+14155550199", externalId: null }, "erasure_2");
    await vi.waitFor(() => expect(asked).toBe(1));
    expect(findErasure(world.sql, "erasure_2")).toMatchObject({ value: { completedAt: expect.any(Number) } });
    answer();
    await run;
    expect(asked).toBe(1);
    expect(findErasure(world.sql, "erasure_1")).toMatchObject({ value: { completedAt: null, batchesLeft: OLD } });
    world.memory.around = (_, __, done) => done();
    await world.run(3);
    expect(findErasure(world.sql, "erasure_1")).toMatchObject({ value: { completedAt: expect.any(Number) } });
    expect(world.memory.keysWith("5550124")).toEqual([]);
  });
});

describe.each([
  ["another bucket under the same binding", (world: World) => world.bindOther()],
  ["a bucket without its mark", (world: World) => void world.memory.objects.delete(MARK)],
  [
    "a bucket with the mark of somebody else",
    (world: World) => void world.memory.objects.set(MARK, new TextEncoder().encode('{"mark": "of another"}')),
  ],
  [
    "a bucket whose mark cannot be read",
    (world: World) => void world.memory.objects.set(MARK, new TextEncoder().encode("null and void")),
  ],
])("%s", (_, lose) => {
  const putBack = (world: World, mark: Uint8Array) => {
    world.bindOther(false);
    world.memory.objects.set(MARK, mark);
  };
  async function lost() {
    const world = await archived();
    const mark = world.memory.objects.get(MARK) ?? new Uint8Array();
    const before = new Map(world.memory.objects);
    lose(world);
    return { world, mark, before };
  }

  it("is believed in nothing: nobody in the archives is forgotten, and the operator is told", async () => {
    const { world, mark } = await lost();
    getOlder(world);
    await world.run(1);
    expect(world.sourcesOf(ADA)).toEqual([...OLD_ONES, YOUNG]);
    expect(world.archives.problem).toBe("other_bucket");
    const said = errors().filter(({ event }) => event === "archive_unmarked");
    expect(said.length).toBeGreaterThan(0);
    expect(JSON.stringify(said)).toContain(String(markOfBucket(world.sql)));
    // Every hour again, whatever else there is to do.
    await world.run(59);
    expect(errors()).toHaveLength(said.length);
    await world.run(2);
    expect(errors()).toHaveLength(2 * said.length);
    putBack(world, mark);
    await world.run(61);
    expect(world.archives.problem).toBeNull();
  });

  it("is refused to clients without its object and its mark, which the log names", async () => {
    const { world } = await lost();
    const refused = await world.archives.remove(OLD_ONES[0] ?? 0);
    expect(refused).toMatchObject({ ok: false, failure: { kind: "not_configured" } });
    if (!refused.ok) world.archives.tellOperator(refused.failure, world.now);
    for (const hidden of [MARK, String(markOfBucket(world.sql))]) {
      expect(JSON.stringify(refused)).not.toContain(hidden);
      expect(JSON.stringify(errors().at(-1))).toContain(hidden);
    }
  });

  it("gets no archive: what is old stays, and is archived where the others are", async () => {
    const { world, mark } = await lost();
    getOlder(world);
    await world.run(12);
    expect([...world.batches.keys()]).toEqual([idOf(YOUNG)]);
    expect([...world.other.objects.keys()]).toEqual([]);
    putBack(world, mark);
    world.organization.retention.changed();
    await world.run(12);
    expect(world.batches.size).toBe(0);
    expect(await world.faultsAt(YOUNG)).toEqual([]);
  });

  it("ends no erasure: it goes on once the right one is bound", async () => {
    const { world, mark, before } = await lost();
    await world.erase(person);
    await world.run(3);
    expect(await receipt(world)).toMatchObject({
      completedAt: null,
      batchesLeft: OLD + 1,
      archiveProblem: "other_bucket",
    });
    const touched = [...before].filter(([key, bytes]) => key !== MARK && world.memory.objects.get(key) !== bytes);
    expect(touched).toEqual([]);
    // However many archives there are, a run asks for the mark once.
    const told = world.told.length;
    await world.erasures.run();
    expect(world.told.slice(told).filter((name) => name.startsWith("bucket")).length).toBeLessThanOrEqual(1);
    putBack(world, mark);
    await world.run(3);
    expect(await receipt(world)).toMatchObject({ completedAt: expect.any(Number), batchesLeft: 0 });
    expect(world.memory.keysWith("5550123")).toEqual([]);
  });

  it("holds up the end of a deleted organization, with all that is in its archives", async () => {
    const { world, mark } = await lost();
    world.archivesNothing = true;
    world.removing.request();
    await world.run(20);
    expect(world.isEmpty).toBe(false);
    expect(errors()).toMatchObject([{ event: "archive_unmarked" }]);
    expect(world.archives.problem).toBe("other_bucket");
    putBack(world, mark);
    await world.run(2);
    expect([world.isEmpty, [...world.memory.objects.keys()]]).toEqual([true, []]);
  });
});

const bind = (hasBucket: boolean) => (world: World) => {
  world.hasBucket = hasBucket;
};
describe.each([
  ["missing", bind(false), bind(true)],
  ["another one", (world: World) => world.bindOther(), (world: World) => world.bindOther(false)],
  [
    "down",
    (world: World) => {
      world.memory.around = () => Promise.reject(new Error("the bucket is down"));
    },
    (world: World) => {
      world.memory.around = (_, __, done) => done();
    },
  ],
])("deletions that have begun while the bucket is %s", (kind, lose, putBack) => {
  const open = (world: World) => world.sql.all("SELECT batch_id FROM deletions WHERE deleted_at IS NULL");
  /** As many as go at once wait for their archive. */
  async function waiting(): Promise<World> {
    const world = new World();
    world.memory.around = (_, key, done) =>
      key.startsWith("marks/") ? done() : Promise.reject(new Error("the bucket is down"));
    await world.run(2);
    world.memory.around = (_, __, done) => done();
    expect(open(world)).toHaveLength(OLD);
    lose(world);
    return world;
  }
  /** What is only down comes back by itself. */
  const judgeTold = () => kind === "down" || expect(errors()).not.toEqual([]);

  it("tell the operator every hour", async () => {
    const world = await waiting();
    await world.run(130);
    if (kind !== "down") expect(errors()).toHaveLength(3);
    expect(world.batches.size).toBe(OLD + 2);
    putBack(world);
    world.organization.retention.changed();
    await world.run(12);
    expect([...world.batches.keys()]).toEqual([idOf(YOUNG)]);
    expect((await Promise.all(OLD_ONES.map((at) => world.faultsAt(at)))).flat()).toEqual([]);
  });

  it("hold up no other one, if no archive is wanted any longer", async () => {
    const world = await waiting();
    world.sql.run("UPDATE organization SET archive = 0");
    world.organization.retention.changed();
    await world.run(12);
    expect([...world.batches.keys()]).toEqual([idOf(YOUNG)]);
    expect(open(world)).toHaveLength(OLD);
    judgeTold();
    // The next slice comes when something is due, and nothing is.
    expect(world.organization.retention.dueAt).toBeGreaterThan(world.now + 60_000);
    getOlder(world);
    await world.run(12);
    expect(world.batches.size).toBe(0);
    putBack(world);
    await world.run(12);
    expect(open(world)).toEqual([]);
    expect(world.memory.keysWith("org_1/")).toEqual([]);
    expect(world.sourcesOf(ADA)).toEqual([]);
  });

  it("do not keep an organization from its deletion, but for its archives", async () => {
    const world = await waiting();
    world.archivesNothing = true;
    world.removing.request();
    await world.run(12);
    expect(world.batches.size).toBe(0);
    expect(open(world)).toEqual([]);
    expect(world.told).toContain("removeWebhook");
    expect(world.isEmpty).toBe(false);
    judgeTold();
    putBack(world);
    await world.run(3);
    expect([world.isEmpty, [...world.memory.objects.keys()]]).toEqual([true, []]);
  });
});

describe("a mark", () => {
  it("is written before the first archive, and renewed every day", async () => {
    const world = new World();
    const keys: string[] = [];
    world.memory.around = (request, key, done) => {
      if (request === "put") keys.push(key);
      return done();
    };
    await world.run(12);
    expect(keys[0]).toBe(MARK);
    keys.length = 0;
    world.now += 2 * DAY;
    await world.run(2);
    expect(keys).toEqual([MARK]);
    expect(JSON.parse(world.memory.text(MARK))).toEqual({ organization_id: "org_1", mark: markOfBucket(world.sql) });
  });

  it("may be lost while nothing is archived: then another bucket is as good", async () => {
    const world = new World();
    expect((await world.archives.mark()).ok).toBe(true);
    world.bindOther();
    expect((await world.archives.mark()).ok).toBe(true);
    expect(world.other.text(MARK)).toBe(world.memory.text(MARK));
  });

  it("that an operator has put into a new bucket says that the old archives are given up", async () => {
    const world = await archived();
    world.bindOther();
    world.other.objects.set(MARK, new TextEncoder().encode(JSON.stringify({ mark: markOfBucket(world.sql) })));
    getOlder(world);
    await world.run(12);
    // Only what was archived since then is named.
    expect(world.sourcesOf(ADA)).toEqual([YOUNG]);
    expect(mayHaveArchives(world.sql)).toBe(true);
    expect(world.archives.problem).toBeNull();
  });
});

describe("archives from before there were marks", () => {
  async function unmarked(): Promise<World> {
    const world = await archived();
    world.sql.run("UPDATE organization SET archive_mark = NULL, archive_mark_put = 0");
    world.memory.objects.delete(MARK);
    return world;
  }
  const judge = async (world: World) => {
    getOlder(world);
    await world.run(12);
    expect(world.archives.problem).toBeNull();
    expect(JSON.parse(world.memory.text(MARK))).toMatchObject({ mark: markOfBucket(world.sql) });
    expect(world.batches.size).toBe(0);
    expect(world.sourcesOf(ADA)).toEqual([...OLD_ONES, YOUNG]);
    expect(errors()).toEqual([]);
  };

  it("give their bucket the mark, also when it fails at any message, before or after", async () => {
    const first = await unmarked();
    const before = first.told.length;
    expect((await first.archives.mark()).ok).toBe(true);
    const asked = first.told.slice(before);
    expect(asked).toContain("bucket put");
    await judge(first);
    for (const point of asked.keys()) {
      for (const when of ["before", "after"] as const) {
        const world = await unmarked();
        Object.assign(world.crashes, { at: world.told.length + point, when });
        await expect(world.archives.mark()).rejects.toThrow();
        await judge(world);
      }
    }
  });

  it("get one mark, however many ask at once", async () => {
    const world = await unmarked();
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.archives.mark()));
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: markOfBucket(world.sql) })));
    await judge(world);
  });

  it("make no other bucket theirs that has none of them", async () => {
    const world = await unmarked();
    world.bindOther();
    getOlder(world);
    await world.run(12);
    expect(world.archives.problem).toBe("other_bucket");
    expect([...world.other.objects.keys()]).toEqual([]);
    expect(world.sourcesOf(ADA)).toEqual([...OLD_ONES, YOUNG]);
    world.bindOther(false);
    world.organization.retention.changed();
    vi.mocked(console.error).mockClear();
    await judge(world);
  });
});
