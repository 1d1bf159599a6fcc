/** What the ledger thinks and what a batch knows are made to differ; the audit brings them together (promises 1 and 3). */

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DrivenClock } from "../support/driven-clock.ts";
import { numbers, TestService, until } from "../support/service.ts";

type Ledger = {
  readonly in_use: number;
  readonly holding: readonly { readonly batch_id: string; readonly slots: number; readonly confirmed: boolean }[];
  readonly waiting: readonly { readonly batch_id: string; readonly slots: number }[];
};

const AUDIT_MS = 10 * 60_000;
const LIMIT = 4;

let service: TestService;
let clock: DrivenClock;
beforeEach(async () => {
  service = await TestService.start({ limit: LIMIT });
  clock = new DrivenClock(service);
});
afterEach(async () => {
  clock.stop();
  await service.stop();
});

const ledger = (): Promise<Ledger> => service.admin<Ledger>("GET", `/${service.organization}/ledger`);

/** Changes the ledger's rows behind its back, and lets it read them anew. */
async function tamper(statement: string, ...bindings: (string | number)[]): Promise<void> {
  const stub = service.organizationObject();
  await runInDurableObject(stub, (_, state) => {
    state.storage.sql.exec(statement, ...bindings);
  });
  await evictDurableObject(stub);
}

/** Calls that talk until the carrier is told to end them. */
async function endless(): Promise<string> {
  const fields = { target_concurrency_limit: 2 };
  const { id } = await service.createBatch(["+15005550011", "+15005550011"], fields);
  clock.watch(id);
  await until(async () => ((await service.carrier.summary()).in_flight === 2 ? true : null));
  return id;
}

/** Past the time of the audit, with alarms alone, until what is seen is right. */
async function untilAudited(isRight: (seen: Ledger) => boolean): Promise<void> {
  // The audit's clock starts when the object wakes, and it wakes here.
  await service.createBatch(numbers(1), { target_concurrency_limit: 1 });
  expect(isRight(await ledger())).toBe(false);
  await clock.advance(AUDIT_MS);
  await until(async () => {
    await clock.advance(1_000);
    await clock.ring();
    return isRight(await ledger()) ? true : null;
  });
}

describe("the ledger", () => {
  it("that has forgotten a batch counts its calls again as soon as the batch says a word", async () => {
    const id = await endless();
    await tamper("DELETE FROM holdings");
    expect(await ledger()).toMatchObject({ in_use: 0 });
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    await runInDurableObject(service.batchObject(id), (object) => object.statement());
    await evictDurableObject(service.batchObject(id));
    // Its first word after it wakes.
    await service.batch(id);
    await until(async () => ((await ledger()).in_use === 2 ? true : null), 70_000);
  });

  it("that counts a batch which does not exist lets its slots go at the audit", async () => {
    await tamper(
      `INSERT INTO holdings (batch_id, created_at, request_number, open, requested_slots, holds, granted_request, granted_slots, grant_known)
       VALUES ('acb_TX9N9ULdcZQd5CEgrpdpAE', 1, 1, 1, 3, 3, 1, 3, 1)`,
    );
    expect(await ledger()).toMatchObject({ in_use: 3 });
    await untilAudited((seen) => seen.holding.every(({ batch_id }) => batch_id !== "acb_TX9N9ULdcZQd5CEgrpdpAE"));
  });

  it("that counts too little for a batch is put right by the audit", async () => {
    const id = await endless();
    // A report of the batch's that is still under way would put it right at once.
    await until(async () => {
      await tamper("UPDATE holdings SET granted_slots = 1, holds = 1 WHERE batch_id = ?", id);
      return (await ledger()).in_use === 1 ? true : null;
    });
    await untilAudited((seen) => seen.holding.some(({ batch_id, slots }) => batch_id === id && slots === 2));
  });

  it("repeats a grant of which the batch never heard", async () => {
    const id = await endless();
    const second = await service.createBatch(numbers(2), { target_concurrency_limit: LIMIT });
    clock.watch(second.id);
    await until(async () => ((await ledger()).waiting.some(({ batch_id }) => batch_id === second.id) ? true : null));
    // Granted in the ledger's rows; the message was lost with the machine.
    await tamper("DELETE FROM holdings WHERE batch_id = ?", id);
    await tamper(
      "UPDATE holdings SET granted_request = request_number, granted_slots = requested_slots, grant_known = 0 WHERE batch_id = ?",
      second.id,
    );
    await ledger();
    await clock.advance(5_000);
    await clock.ring();
    await until(async () => ((await service.batch(second.id)).total_calls_finished === 2 ? true : null));
  });
});
