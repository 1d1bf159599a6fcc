/**
 * Retention with a crash at each message that it sends and at each request to the bucket, before it is done and after. What is
 * old goes, and no batch goes before all of its archive is stored. Who was in it can be erased afterwards.
 */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { archiveBucket } from "../../src/archive/bucket.ts";
import { folderOf } from "../../src/archive/manifest.ts";
import type { ArchivedCall } from "../../src/archive/record.ts";
import { writeArchive } from "../../src/archive/writing.ts";
import type { Act } from "../../src/calling/messages/act.ts";
import { isNamed, type PersonNamed, personHashes } from "../../src/calling/numbers/person-hash.ts";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../src/calling/requests/failure.ts";
import { err, ok, type Result } from "../../src/calling/requests/result.ts";
import type { Bindings } from "../../src/env.ts";
import { rememberPeople, sourcesWith } from "../../src/organization/batches/people-index.ts";
import { Organization } from "../../src/organization/core/organization.ts";
import { Archives } from "../../src/organization/erasing/archives.ts";
import { Deleting } from "../../src/organization/erasing/deleting.ts";
import { findErasure } from "../../src/organization/erasing/erasure-rows.ts";
import { Erasures } from "../../src/organization/erasing/erasures.ts";
import { Removing } from "../../src/organization/erasing/removing.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { batch as archivedBatch, call, faultsOf } from "../archive/samples.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";
import { nodeSql } from "../support/node-sql.ts";

const DAY = 24 * 60 * 60 * 1_000;
const START = Date.parse("2026-03-02T12:00:00Z");
const ADA = "+14155550123";
const BEN = "+14155550124";
/** More than go at once. */
const OLD = 20;
const YOUNG = START + 50 * DAY;
const POOL = START + OLD;
const CLIENT: Act = {
  id: "0123456789abcdef0123",
  operation: "delete_batch",
  by: { kind: "key", id: "key_1", label: "main" },
};
const KEY = { id: "key_1", label: "main" };

const IS_REFUSED_WHILE_ARCHIVING: ReadonlySet<string> = new Set(["callsToDelete", "archive", "deleteBatch"]);

class Crash extends Error {}

/** The object of a batch: its calls, how often they were changed, and when they were archived. */
type Stored = {
  createdAt: number;
  isOver: boolean;
  calls: ArchivedCall[];
  changes: number;
  archivedAt: number | null;
  /** It writes on, also when the organization has stopped waiting for it. */
  isArchiving: boolean;
};

/** An organization, its batches, its webhook and its bucket. A crash loses what is in memory, and keeps the rows. */
class World {
  readonly sql = nodeSql(ORGANIZATION_STEPS);
  readonly memory = new MemoryBucket();
  readonly batches = new Map<string, Stored>();
  readonly told: string[] = [];
  readonly crashes: { at: number | null; when: "before" | "after" };
  now = START + 60 * DAY;
  hasBucket = true;
  /** Called when a message was heard. */
  heard: (name: string) => void = () => {};
  #archiving: Archives;
  #deleting: Deleting;
  #erasures: Erasures;
  #removing: Removing;
  organization: Organization;

  constructor(crashAt: number | null = null, when: "before" | "after" = "before", archive = true) {
    this.crashes = { at: crashAt, when };
    this.memory.around = (request, _, done) => this.#message(`bucket ${request}`, done);
    this.sql.run(
      `INSERT INTO organization
        (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at, retention_days, archive)
       VALUES (1, 'org_1', 'Acme', 10, 0, 7, 0, 30, ?)`,
      Number(archive),
    );
    this.sql.run(
      `INSERT INTO webhooks (id, display_name, url, events, sealed_secrets, created_at, updated_at)
       VALUES ('webhook_1', 'w', 'https://example.com', '[]', '', 1, 1)`,
    );
    for (let at = START; at < POOL; at += 1) this.#addBatch(at, [ADA, BEN]);
    this.#addBatch(YOUNG, [ADA]);
    this.#store(POOL, [ADA]);
    this.sql.run(
      `INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at) VALUES (?, ?, 'agent_1', 'ap_1', ?)`,
      POOL,
      idOf(POOL),
      POOL,
    );
    ({
      archives: this.#archiving,
      deleting: this.#deleting,
      erasures: this.#erasures,
      removing: this.#removing,
      organization: this.organization,
    } = this.#awake());
  }

  #addBatch(at: number, numbers: readonly string[]): void {
    this.#store(at, numbers);
    this.sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', 1, ?, ?)`,
      at,
      idOf(at),
      at,
      JSON.stringify({ id: idOf(at), agent_id: "agent_1", status: "completed", name: "Spring" }),
    );
    this.sql.run(
      `INSERT INTO batch_counts (agent_id, status, batches) VALUES ('agent_1', 'completed', 1)
       ON CONFLICT DO UPDATE SET batches = batches + 1`,
    );
  }

  #store(createdAt: number, numbers: readonly string[]): void {
    const calls = numbers.map((to_number, index) =>
      call({ call_id: `ac_${createdAt}_${index}`, recipient_id: `abcr_${createdAt}_${index}`, to_number }),
    );
    this.batches.set(idOf(createdAt), {
      createdAt,
      isOver: true,
      calls,
      changes: 0,
      archivedAt: null,
      isArchiving: false,
    });
    rememberPeople(this.sql, createdAt, personHashes(calls));
  }

  async #message<T>(name: string, done: () => Promise<T>): Promise<T> {
    this.told.push(name);
    const isCrash = this.crashes.at === this.told.length - 1;
    if (isCrash && this.crashes.when === "before") throw new Crash();
    const answer = await done();
    this.heard(name);
    if (isCrash) throw new Crash();
    return answer;
  }

  /** Refused for another batch than there is, and for one that is not over. */
  #asked<T>(name: string, id: string, answer: (stored: Stored) => T | Promise<T>): Promise<T | Result<never, Failure>> {
    return this.#message(name, async () => {
      const stored = this.batches.get(id);
      if (stored === undefined) return err(notFound("batch"));
      if (stored.isArchiving && IS_REFUSED_WHILE_ARCHIVING.has(name)) return err<Failure>({ kind: "try_again" });
      return stored.isOver ? answer(stored) : err(BATCH_NOT_OVER);
    });
  }

  /** The object as it wakes: everything in memory is new. */
  #awake() {
    const { sql } = this;
    const organization = new Organization(sql, this.now);
    const decide = <Answer>(decision: (one: Organization, now: number) => Answer): Answer =>
      sql.transaction(() => decision(organization, this.now));
    const waitUntil = (work: Promise<void>) => void work.catch(() => {});
    const { bucket } = this.memory;
    const archives = new Archives(sql, () =>
      this.hasBucket ? ok(bucket) : archiveBucket({ JURISDICTION: "eu" } as Bindings, "org_1"),
    );
    const erasing = {
      sql,
      decide,
      waitUntil,
      archives,
      eraseCalls: () => this.#message("eraseCalls", async () => {}),
    };
    const deleting = new Deleting({
      ...erasing,
      callsToDelete: (id) => this.#asked("callsToDelete", id, () => ok([])),
      archive: (id, folder) =>
        this.#asked("archive", id, async (stored) => {
          stored.archivedAt = null;
          const before = stored.changes;
          stored.isArchiving = true;
          const batch = archivedBatch({ batch_id: id });
          await writeArchive(bucket, folder, batch, [...stored.calls], "2026-05-01T00:00:00.000Z").finally(() => {
            stored.isArchiving = false;
          });
          stored.archivedAt = before;
          return ok(null);
        }),
      deleteBatch: (id, isArchived) =>
        this.#asked("deleteBatch", id, async (stored): Promise<Result<null, Failure>> => {
          if (isArchived && stored.archivedAt !== stored.changes) return err({ kind: "try_again" });
          if (!this.takenOver.has(id)) expect(isArchived).toBe(this.isArchiving && !this.archivesNothing);
          // Never before all of its archive is stored.
          if (isArchived) expect(await this.faultsAt(stored.createdAt)).toEqual([]);
          this.batches.delete(id);
          return ok(null);
        }),
      removeWebhook: () => this.#message("removeWebhook", async () => {}),
      forgetDeliveries: () => this.#message("forgetDeliveries", async () => {}),
    });
    const erasures = new Erasures({
      ...erasing,
      keyRing: [],
      personIn: (id, person) =>
        this.#asked("personIn", id, ({ calls }) => {
          const found = calls.filter((one) => isNamed(person, one));
          return ok({ numbers: found.map(({ to_number }) => to_number), hashes: personHashes(found) });
        }),
      erasePerson: (id, person, hashes) =>
        this.#asked("erasePerson", id, (stored) => {
          const gone = stored.calls.filter((one) => isNamed(person, one)).length;
          stored.calls = stored.calls.map((one) => (isNamed(person, one) ? { ...one, to_number: "" } : one));
          if (gone > 0) stored.changes += 1;
          const left = new Set(personHashes(stored.calls.filter(({ to_number }) => to_number !== "")));
          const shared = hashes.filter((hash) => left.has(hash));
          return ok({ isOver: true, recipients: gone, calls: gone, callIds: [], shared });
        }),
    });
    const removing = new Removing({
      sql,
      decide,
      deleting,
      archives,
      cancel: async () => ok(null),
      retire: () => this.#message("retire", async () => {}),
      removed: () => this.#message("removed", async () => {}),
      empty: () => {
        this.isEmpty = true;
      },
    });
    return { archives, deleting, erasures, removing, organization };
  }
  isEmpty = false;
  /** The organization leaves, or a client deletes. */
  archivesNothing = false;
  /** Batches that a client deletes while retention does. */
  readonly takenOver = new Set<string>();

  get isArchiving(): boolean {
    return this.sql.one<{ archive: number }>("SELECT archive FROM organization").archive === 1;
  }

  /** The alarm rings so often, a minute after the other. After a crash the object wakes anew. */
  async run(alarms: number): Promise<void> {
    for (let alarm = 0; alarm < alarms && !this.isEmpty; alarm += 1) {
      const before = this.told.length;
      this.now += 60_000;
      const { erasing, retention } = this.organization;
      if (Math.min(erasing.dueAt, retention.dueAt) > this.now) continue;
      await Promise.allSettled([this.#erasures.run(), this.#removing.run()]);
      const { at } = this.crashes;
      if (at === null || at < before || at >= this.told.length) continue;
      this.crashes.at = null;
      ({
        archives: this.#archiving,
        deleting: this.#deleting,
        erasures: this.#erasures,
        removing: this.#removing,
        organization: this.organization,
      } = this.#awake());
    }
  }

  async erase(person: PersonNamed): Promise<void> {
    await this.#erasures.request("erasure_1", person, KEY, undefined).catch(() => {});
  }
  get removing(): Removing {
    return this.#removing;
  }
  get deleting(): Deleting {
    return this.#deleting;
  }
  get archives(): Archives {
    return this.#archiving;
  }

  faultsAt(createdAt: number): Promise<string[]> {
    return faultsOf(this.memory, folderOf("org_1", idOf(createdAt), createdAt));
  }
  sourcesOf(number: string): number[] {
    return sourcesWith(this.sql, personHashes([{ to_number: number }])).sort((a, b) => a - b);
  }
}

const idOf = (createdAt: number): string => `acb_${createdAt}`;
const OLD_ONES = Array.from({ length: OLD + 1 }, (_, index) => START + index);

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
  expect(world.memory.objects.size).toBe(world.isArchiving ? 3 * OLD_ONES.length : 0);
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
    expect(points.length).toBeGreaterThanOrEqual(2 * messages.length - 1);
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

describe("with an archive", () => {
  it("nothing is deleted while no bucket is bound, and it looks again after an hour, or once the setting has changed", async () => {
    const world = new World();
    world.hasBucket = false;
    await world.run(59);
    expect(world.told).toEqual([]);
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
    world.memory.around = () => Promise.reject(new Error("the bucket is down"));
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
    world.memory.around = () => Promise.reject(new Error("the bucket is down"));
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
    await world.archives.forgetGone();
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
