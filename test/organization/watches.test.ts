/** A revoked key's batches are told until each has heard it, whatever is lost. */

import { beforeEach, describe, expect, it } from "vitest";
import { newBatchId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { insertApiKey } from "../../src/organization/configuration/api-keys.ts";
import { Watches } from "../../src/organization/configuration/watches.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { AlarmClock } from "../../src/storage/alarm-clock.ts";
import { nodeSql } from "../support/node-sql.ts";

const NOW = 1_800_000_000_000;

function world() {
  const sql = nodeSql(ORGANIZATION_STEPS);
  insertApiKey(sql, { id: "key_a", label: "a", hint: "", createdAt: NOW }, "hash a");
  insertApiKey(sql, { id: "key_b", label: "b", hint: "", createdAt: NOW }, "hash b");
  const told: string[] = [];
  const deaf = new Set<string>();
  const rung: number[] = [];
  const alarm = { ringBy: (at: number) => rung.push(at) } as unknown as AlarmClock;
  const tell = async (route: string, keyId: string) => {
    if (deaf.has(route)) throw new Error("no answer");
    told.push(`${keyId} ${route}`);
  };
  return { sql, told, deaf, rung, open: () => new Watches(sql, alarm, tell) };
}

let it1: ReturnType<typeof world>;
beforeEach(() => {
  it1 = world();
});
const batch = (): { id: string; route: string } => {
  const id = newBatchId();
  return { id, route: routeOfBatch(id) ?? "" };
};

describe("the batches that a key watches", () => {
  it("are told once when it is revoked, and no others", async () => {
    const watches = it1.open();
    const [one, two] = [batch(), batch()];
    for (const { id } of [one, one, two]) expect(watches.note("key_a", id)).toBe(true);
    expect(watches.note("key_b", one.id)).toBe(true);
    expect(watches.nextDue(NOW)).toBeNull();
    watches.revoked("key_a");
    await watches.run(NOW);
    expect(it1.told.sort()).toEqual([`key_a ${one.route}`, `key_a ${two.route}`].sort());
    expect(watches.nextDue(NOW)).toBeNull();
  });

  it("are told again where one does not answer, also after the object has slept", async () => {
    const [one, two] = [batch(), batch()];
    const before = it1.open();
    before.note("key_a", one.id);
    before.note("key_a", two.id);
    it1.deaf.add(two.route);
    before.revoked("key_a");
    await before.run(NOW);
    expect(it1.told).toEqual([`key_a ${one.route}`]);
    expect(before.nextDue(NOW)).toBe(NOW + 2_000);
    expect(it1.rung).toEqual([NOW + 2_000]);

    const after = it1.open();
    expect(after.nextDue(NOW)).toBe(0);
    it1.deaf.clear();
    await after.run(NOW + 2_000);
    expect(it1.told).toEqual([`key_a ${one.route}`, `key_a ${two.route}`]);
    expect(after.nextDue(NOW)).toBeNull();
  });

  it("are all told, however many there are", async () => {
    const watches = it1.open();
    for (let number = 0; number < 120; number += 1) watches.note("key_a", newBatchId());
    watches.revoked("key_a");
    await watches.run(NOW);
    expect(it1.told).toHaveLength(120);
  });

  it("are none of a key that is gone", () => {
    expect(it1.open().note("key_gone", newBatchId())).toBe(false);
  });
});
