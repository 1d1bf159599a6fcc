/** The key that seals secrets can be replaced: nothing stops, and afterwards the newest key has sealed everything. */

import { runInDurableObject } from "cloudflare:test";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Reseal } from "../../src/client/client.ts";
import { seal, unseal } from "../../src/organization/store/seal.ts";
import { numbers, TestService } from "../support/service.ts";

const RING = ["an encryption key for tests", "the key before it", "the first key"];
const TABLES = { providers: "sealed_credentials", webhooks: "sealed_secrets" } as const;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  await service.made("/agents/webhooks", {
    display_name: "CRM",
    url: "https://example.com/hook",
    events: ["batch_circuit_opened"],
  });
});
afterAll(() => service.stop());

type Sealed = { id: string; sealed: string };
/** Everything that is sealed, opened with the ring and sealed again with the key. */
const sealEverythingWith = (key: string) =>
  runInDurableObject(service.organizationObject(), async (_, { storage: { sql } }) => {
    for (const [table, column] of Object.entries(TABLES)) {
      for (const { id, sealed } of sql.exec<Sealed>(`SELECT id, ${column} AS sealed FROM ${table}`).toArray()) {
        const text = await unseal(RING, id, sealed);
        sql.exec(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, await seal([key], id, text ?? ""), id);
      }
    }
  });
const openWith = (ring: string[]): Promise<boolean[]> =>
  runInDurableObject(service.organizationObject(), async (_, { storage: { sql } }) => {
    const all: boolean[] = [];
    for (const [table, column] of Object.entries(TABLES)) {
      for (const { id, sealed } of sql.exec<Sealed>(`SELECT id, ${column} AS sealed FROM ${table}`).toArray()) {
        all.push((await unseal(ring, id, sealed)) !== null);
      }
    }
    return all;
  });

async function reseal(): Promise<Reseal["data"][number] | undefined> {
  const found: Reseal["data"][number][] = [];
  let after = "";
  for (;;) {
    const { status, body } = await service.fetch<Reseal>("POST", `/admin/reseal?limit=1${after}`, {
      headers: { authorization: "Bearer admin_test" },
    });
    expect(status).toBe(200);
    found.push(...body.data);
    if (!body.has_more) break;
    after = `&starting_after=${body.next_page}`;
  }
  return found.find(({ organization_id }) => organization_id === service.organization);
}

it("dials on with what an older key sealed, and an operator has the newest key seal all of it", async () => {
  await sealEverythingWith("the first key");
  const batch = await service.createBatch(numbers(1));
  expect((await service.finished(batch.id)).recipients[0]?.status).toBe("completed");
  const counts = { organization_id: service.organization, unopened: 0 };
  expect(await reseal()).toEqual({ ...counts, resealed: 2, current: 0 });
  expect(await openWith(["an encryption key for tests"])).toEqual([true, true]);
  expect(await openWith(["the key before it", "the first key"])).toEqual([false, false]);
  expect(await reseal()).toEqual({ ...counts, resealed: 0, current: 2 });
  const after = await service.createBatch(numbers(1));
  expect((await service.finished(after.id)).recipients[0]?.status).toBe("completed");
});

it("says of what no key opens, and leaves it as it is", async () => {
  await sealEverythingWith("a key that was lost");
  expect(await reseal()).toMatchObject({ resealed: 0, current: 0, unopened: 2 });
  expect(await openWith(["a key that was lost"])).toEqual([true, true]);
});

it("is asked for by operators alone", async () => {
  const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
  expect((await service.fetch("POST", "/admin/reseal", { headers })).status).toBe(401);
});
