/** A revoked key's batches are told until each has heard it, whatever is lost. */

import { beforeEach, describe, expect, it } from "vitest";
import { newBatchId } from "../../src/calling/secrets/ids.ts";
import { insertApiKey } from "../../src/organization/configuration/api-keys.ts";
import { Watches } from "../../src/organization/configuration/watches.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { nodeSql } from "../support/node-sql.ts";

const NOW = 1_800_000_000_000;

function world() {
  const sql = nodeSql(ORGANIZATION_STEPS);
  insertApiKey(
    sql,
    { id: "key_a", label: "a", hint: "", role: "admin", expiresAt: null, lastUsedAt: null, createdAt: NOW },
    "hash a",
  );
  insertApiKey(
    sql,
    { id: "key_b", label: "b", hint: "", role: "admin", expiresAt: null, lastUsedAt: null, createdAt: NOW },
    "hash b",
  );
  const told: string[] = [];
  const deaf = new Set<string>();
  /** Until nothing is under way: each batch that is not deaf hears it. */
  const run = (watches: Watches, now: number): void => {
    for (let messages = watches.tell(now); messages.length > 0; messages = watches.tell(now)) {
      expect(watches.isQuiet).toBe(false);
      expect(watches.tell(now)).toEqual([]);
      expect(watches.nextDue(now)?.at).toBeGreaterThan(now);
      for (const message of messages) {
        if (deaf.has(message.batchId)) watches.untold(message);
        else {
          told.push(`${message.keyId} ${message.batchId}`);
          watches.told(message);
        }
      }
    }
    expect(watches.isQuiet).toBe(true);
  };
  return { sql, told, deaf, run, open: () => new Watches(sql) };
}

let it1: ReturnType<typeof world>;
beforeEach(() => {
  it1 = world();
});
describe("the batches that a key watches", () => {
  it("are told once when it is revoked, and no others", () => {
    const watches = it1.open();
    const [one, two] = [newBatchId(), newBatchId()];
    for (const id of [one, one, two]) expect(watches.note("key_a", id)).toBe(true);
    expect(watches.note("key_b", one)).toBe(true);
    expect(watches.nextDue(NOW)).toBeNull();
    watches.revoked("key_a");
    it1.run(watches, NOW);
    expect(it1.told.sort()).toEqual([`key_a ${one}`, `key_a ${two}`].sort());
    expect(watches.nextDue(NOW)).toBeNull();
  });

  it("are told again where one does not answer, also after the object has slept", () => {
    const [one, two] = [newBatchId(), newBatchId()];
    const before = it1.open();
    before.note("key_a", one);
    before.note("key_a", two);
    it1.deaf.add(two);
    before.revoked("key_a");
    it1.run(before, NOW);
    expect(it1.told).toEqual([`key_a ${one}`]);
    expect(before.nextDue(NOW)).toEqual({ at: NOW + 2_000, isRecovery: false });

    const after = it1.open();
    expect(after.nextDue(NOW)?.at).toBe(0);
    it1.deaf.clear();
    it1.run(after, NOW + 2_000);
    expect(it1.told).toEqual([`key_a ${one}`, `key_a ${two}`]);
    expect(after.nextDue(NOW)).toBeNull();
  });

  it("are all told, however many there are", () => {
    const watches = it1.open();
    for (let number = 0; number < 120; number += 1) watches.note("key_a", newBatchId());
    watches.revoked("key_a");
    it1.run(watches, NOW);
    expect(it1.told).toHaveLength(120);
  });

  it("are none of a key that is gone", () => {
    expect(it1.open().note("key_gone", newBatchId())).toBe(false);
  });
});
