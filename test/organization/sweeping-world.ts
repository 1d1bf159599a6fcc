/**
 * For tests of retention: an organization, its batches, its webhook and its bucket, with a crash at any message. A crash
 * loses what is in memory, and keeps the rows.
 */

import { expect } from "vitest";
import { archiveBucket } from "../../src/archive/bucket.ts";
import { folderOf } from "../../src/archive/manifest.ts";
import { readMark } from "../../src/archive/mark.ts";
import type { ArchivedCall } from "../../src/archive/record.ts";
import { writeArchive } from "../../src/archive/writing.ts";
import { isNamed, type PersonNamed, personHashes } from "../../src/calling/numbers/person-hash.ts";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../src/calling/requests/failure.ts";
import { err, ok, type Result } from "../../src/calling/requests/result.ts";
import type { Bindings } from "../../src/env.ts";
import { rememberPeople, sourcesWith } from "../../src/organization/batches/people-index.ts";
import { Organization } from "../../src/organization/core/organization.ts";
import { Archives } from "../../src/organization/erasing/archives.ts";
import { Deleting } from "../../src/organization/erasing/deleting.ts";
import { Erasures } from "../../src/organization/erasing/erasures.ts";
import { Removing } from "../../src/organization/erasing/removing.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { batch as archivedBatch, call, faultsOf } from "../archive/samples.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";
import { nodeSql } from "../support/node-sql.ts";

export const DAY = 24 * 60 * 60 * 1_000;
export const START = Date.parse("2026-03-02T12:00:00Z");
export const ADA = "+14155550123";
export const BEN = "+14155550124";
/** More than go at once. */
export const OLD = 20;
export const YOUNG = START + 50 * DAY;
export const POOL = START + OLD;
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

/** What the organization's object has in memory. */
type Life = {
  readonly archives: Archives;
  readonly deleting: Deleting;
  readonly erasures: Erasures;
  readonly removing: Removing;
  readonly organization: Organization;
};

export class World {
  readonly sql = nodeSql(ORGANIZATION_STEPS);
  readonly memory = new MemoryBucket();
  /** Another bucket, under the same binding. */
  readonly other = new MemoryBucket();
  #isOther = false;
  bindOther(isOther = true): void {
    this.#isOther = isOther;
  }
  readonly batches = new Map<string, Stored>();
  readonly told: string[] = [];
  readonly crashes: { at: number | null; when: "before" | "after" };
  now = START + 60 * DAY;
  hasBucket = true;
  /** Called when a message was heard. */
  heard: (name: string) => void = () => {};
  #life: Life;

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
    this.#life = this.#awake();
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
  #awake(): Life {
    const { sql } = this;
    const organization = new Organization(sql, this.now);
    const decide = <Answer>(decision: (one: Organization, now: number) => Answer): Answer =>
      sql.transaction(() => decision(organization, this.now));
    const waitUntil = (work: Promise<void>) => void work.catch(() => {});
    const bound = () => (this.#isOther ? this.other : this.memory).bucket;
    const archives = new Archives(sql, () =>
      this.hasBucket ? ok(bound()) : archiveBucket({ JURISDICTION: "eu" } as Bindings, "org_1"),
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
      archive: (id, folder, mark) =>
        this.#asked("archive", id, async (stored) => {
          const bucket = bound();
          if ((await readMark(bucket, "org_1")) !== mark) return err<Failure>({ kind: "try_again" });
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
      forgetDeliveries: (_, until) =>
        this.#message("forgetDeliveries", async () => {
          this.deliveriesKeptFrom = until;
        }),
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
  deliveriesKeptFrom = 0;
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
      await Promise.allSettled([this.erasures.run(), this.removing.run()]);
      const { at } = this.crashes;
      if (at === null || at < before || at >= this.told.length) continue;
      this.crashes.at = null;
      this.#life = this.#awake();
    }
  }

  async erase(person: PersonNamed, id = "erasure_1"): Promise<void> {
    await this.erasures.request(id, person, KEY, undefined).catch(() => {});
  }
  get organization(): Organization {
    return this.#life.organization;
  }
  get removing(): Removing {
    return this.#life.removing;
  }
  get deleting(): Deleting {
    return this.#life.deleting;
  }
  get erasures(): Erasures {
    return this.#life.erasures;
  }
  get archives(): Archives {
    return this.#life.archives;
  }

  faultsAt(createdAt: number): Promise<string[]> {
    return faultsOf(this.memory, folderOf("org_1", idOf(createdAt), createdAt));
  }
  sourcesOf(number: string): number[] {
    return sourcesWith(this.sql, personHashes([{ to_number: number }])).sort((a, b) => a - b);
  }
}

export const idOf = (createdAt: number): string => `acb_${createdAt}`;
export const OLD_ONES = Array.from({ length: OLD + 1 }, (_, index) => START + index);
