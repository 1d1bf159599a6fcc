/**
 * The deletion of an organization with a crash at each message that it sends, before the other object has heard it and after.
 * Nothing is left, the id was retired first, and nobody is deleted while a call is in flight.
 */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BATCH_NOT_OVER, type Failure, notFound } from "../../src/calling/requests/failure.ts";
import { err, ok, type Result } from "../../src/calling/requests/result.ts";
import { batchIdWithin, newBatchId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { Organization } from "../../src/organization/core/organization.ts";
import { Archives } from "../../src/organization/erasing/archives.ts";
import { Deleting } from "../../src/organization/erasing/deleting.ts";
import { findRemoval, Removing } from "../../src/organization/erasing/removing.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";
import { nodeSql } from "../support/node-sql.ts";

class Crash extends Error {}

/** `marked`: no batch can come to be in it any longer. */
type Stored = { isOver: boolean; hasCallInFlight: boolean; isDeleted: boolean; isMarked: boolean };

/** An organization and all that it talks to. A crash loses what is in memory, and keeps the rows. */
class World {
  readonly sql = nodeSql(ORGANIZATION_STEPS);
  readonly batches = new Map<string, Stored>();
  readonly webhooks = new Set<string>();
  readonly told: string[] = [];
  isEmpty = false;
  retiredAt: number | null = null;
  removedAt: number | null = null;
  /** Of the messages, from 0. */
  #crashAt: number | null;
  readonly #when: "before" | "after";
  now = 1_000;

  constructor(crashAt: number | null, when: "before" | "after") {
    this.#crashAt = crashAt;
    this.#when = when;
    this.sql.run(
      `INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at)
       VALUES (1, 'org_1', 'Acme', 10, 0, 7, 0)`,
    );
    this.sql.run("INSERT INTO api_keys (id, label, hint, hash, created_at) VALUES ('key_1', 'a', 'a', 'a', 1)");
    for (const id of ["webhook_1", "webhook_2"]) this.#addWebhook(id);
    for (let at = 1; at <= 22; at += 1) this.#addBatch(at, { isOver: true });
    this.#addBatch(100, { isOver: false });
    this.#addBatch(101, { isOver: false, hasCallInFlight: true });
    this.#addPool(102);
    this.#announce(103, "arrives");
    this.#announce(104, "never");
  }

  #addWebhook(id: string): void {
    this.webhooks.add(id);
    this.sql.run(
      `INSERT INTO webhooks (id, display_name, url, events, sealed_secrets, created_at, updated_at)
       VALUES (?, 'w', 'https://example.com', '[]', '', 1, 1)`,
      id,
    );
  }

  #store(id: string, fields: Partial<Stored>): void {
    const nothing = { isOver: true, hasCallInFlight: false, isDeleted: false, isMarked: false };
    this.batches.set(routeOfBatch(id, "org_1") ?? "", { ...nothing, ...fields });
  }

  #addBatch(at: number, fields: Partial<Stored>): void {
    const id = newBatchId();
    this.#store(id, fields);
    const summary = { id, agent_id: "agent_1", status: "completed", name: "Spring" };
    this.sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', ?, ?, ?)`,
      at,
      id,
      Number(fields.isOver ?? true),
      at,
      JSON.stringify(summary),
    );
    this.sql.run(
      `INSERT INTO batch_counts (agent_id, status, batches) VALUES ('agent_1', 'completed', 1)
       ON CONFLICT DO UPDATE SET batches = batches + 1`,
    );
  }

  #addPool(at: number): void {
    const id = batchIdWithin(routeOfBatch(newBatchId(), "org_1") ?? "", 0);
    this.#store(id, {});
    this.sql.run(
      `INSERT INTO direct_pools (created_at, id, agent_id, from_number_id, newest_at) VALUES (?, ?, 'agent_1', 'ap_1', ?)`,
      at,
      id,
      at,
    );
  }

  /** A batch that has not reported. It is being created just now, or never is. */
  #announce(at: number, how: "arrives" | "never"): void {
    const id = newBatchId();
    if (how === "arrives") this.#store(id, { isOver: false });
    const order = JSON.stringify({ id, createdAt: at, doNotCall: [] });
    this.sql.run(
      `INSERT INTO announcements (batch_id, recipients, announced_at, arrived, batch_order) VALUES (?, 1, ?, 0, ?)`,
      id,
      at,
      order,
    );
  }

  async #message<T>(name: string, heard: () => T): Promise<T> {
    this.told.push(name);
    const isCrash = this.#crashAt !== null && this.#crashAt === this.told.length - 1;
    if (isCrash && this.#when === "before") throw new Crash();
    const answer = heard();
    if (isCrash) throw new Crash();
    return answer;
  }

  /** The object as it wakes: everything in memory is new. */
  awake(): { removing: Removing; organization: Organization } {
    const organization = new Organization(this.sql, this.now);
    const decide = <Answer>(decision: (one: Organization, now: number) => Answer): Answer =>
      this.sql.transaction(() => decision(organization, this.now));
    const waitUntil = (work: Promise<void>) => void work.catch(() => {});
    const batch = (route: string) => this.batches.get(route);
    const archives = new Archives(this.sql, () => ok(new MemoryBucket().bucket));
    const deleting = new Deleting({
      sql: this.sql,
      archives,
      archive: () => expect.unreachable(),
      decide,
      waitUntil,
      eraseCalls: (id) => this.#message("eraseCalls", () => expect(this.webhooks).toContain(id)),
      callsToDelete: (id): Promise<Result<readonly string[], Failure>> =>
        this.#message("callsToDelete", () => {
          const one = batch(routeOfBatch(id, "org_1") ?? "");
          if (one === undefined || one.isDeleted) return err(notFound("batch"));
          return one.isOver && !one.hasCallInFlight ? ok([]) : err(BATCH_NOT_OVER);
        }),
      deleteBatch: (id): Promise<Result<null, Failure>> =>
        this.#message("deleteBatch", () => {
          const route = routeOfBatch(id, "org_1") ?? "";
          const one = batch(route);
          if (one === undefined || one.isDeleted) {
            this.batches.set(route, { isOver: true, hasCallInFlight: false, isDeleted: true, isMarked: true });
            return err(notFound("batch"));
          }
          if (!one.isOver || one.hasCallInFlight) return err(BATCH_NOT_OVER);
          this.batches.set(route, { ...one, isDeleted: true, isMarked: true });
          return ok(null);
        }),
      removeWebhook: (id) => this.#message("removeWebhook", () => void this.webhooks.delete(id)),
      forgetDeliveries: (id) => this.#message("forgetDeliveries", () => expect(this.webhooks).toContain(id)),
    });
    const removing = new Removing({
      sql: this.sql,
      archives,
      decide,
      deleting,
      cancel: (id): Promise<Result<unknown, Failure>> =>
        this.#message("cancel", () => {
          const one = batch(routeOfBatch(id, "org_1") ?? "");
          if (one === undefined || one.isDeleted) return err(notFound("batch"));
          one.isOver = true;
          if (!one.hasCallInFlight) this.sql.run("UPDATE batch_index SET at_rest = 1 WHERE id = ?", id);
          return ok(null);
        }),
      retire: (_, at) =>
        this.#message("retire", () => {
          this.retiredAt ??= at;
        }),
      removed: (_, at) =>
        this.#message("removed", () => {
          this.removedAt ??= at;
        }),
      empty: () => {
        this.isEmpty = true;
      },
    });
    return { removing, organization };
  }

  hangUp(): void {
    for (const one of this.batches.values()) one.hasCallInFlight = false;
    this.sql.run("UPDATE batch_index SET at_rest = 1");
  }

  /** Alarms until nothing changes any longer; the crashed object wakes with the next one. */
  async run(alarms: number): Promise<void> {
    let { removing } = this.awake();
    for (let alarm = 0; alarm < alarms && !this.isEmpty; alarm += 1) {
      const before = this.told.length;
      this.now += 60_000;
      await removing.run();
      if (this.#crashAt !== null && this.#crashAt >= before && this.#crashAt < this.told.length) {
        this.#crashAt = null;
        ({ removing } = this.awake());
      }
    }
  }
}

async function deleted(crashAt: number | null, when: "before" | "after"): Promise<World> {
  const world = new World(crashAt, when);
  const { removing } = world.awake();
  expect(removing.request().batchesLeft).toBe(25);
  expect(world.sql.first("SELECT id FROM api_keys")).toBeNull();
  await world.run(12);
  // The call in flight holds up the end, whatever crashed.
  expect(world.isEmpty).toBe(false);
  expect(findRemoval(world.sql)?.batchesLeft).toBe(1);
  world.hangUp();
  await world.run(12);
  return world;
}

function judge(world: World): void {
  expect(world.isEmpty).toBe(true);
  expect([...world.batches.values()].filter((one) => !one.isDeleted || !one.isMarked)).toEqual([]);
  expect(world.webhooks.size).toBe(0);
  expect(world.retiredAt).toBe(1_000);
  expect(world.removedAt).not.toBeNull();
  expect(world.told[0]).toBe("retire");
  expect(world.told.at(-1)).toBe("removed");
}

// Each crash is logged.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe("an organization that is deleted", () => {
  it("leaves nothing, and waits for the call in flight", async () => {
    const world = await deleted(null, "before");
    judge(world);
    expect(new Set(world.told)).toEqual(
      new Set(["retire", "cancel", "callsToDelete", "eraseCalls", "deleteBatch", "removeWebhook", "removed"]),
    );
  });

  it("asks an object with a call in flight again after a while, and not in the next slice", async () => {
    const world = new World(null, "before");
    for (const one of world.batches.values()) one.hasCallInFlight = true;
    const { removing, organization } = world.awake();
    removing.request();
    for (let alarm = 0; alarm < 12; alarm += 1) await removing.run();
    expect(world.isEmpty).toBe(false);
    const { erasing, retention } = organization;
    expect(Math.min(erasing.dueAt, retention.dueAt)).toBe(world.now + 30_000);
  });

  it("leaves nothing with a crash before or after any of its messages", async () => {
    const messages = (await deleted(null, "before")).told;
    // Of many alike, the first and the last one.
    const points = messages.flatMap((name, index) => {
      const nth = messages.slice(0, index).filter((one) => one === name).length;
      return nth === 0 || messages.lastIndexOf(name) === index ? [index] : [];
    });
    expect(points.length).toBeGreaterThanOrEqual(13);
    for (const point of points) {
      for (const when of ["before", "after"] as const) judge(await deleted(point, when));
    }
  });
});
