/** What became of each attempt, and why each who waits does. */

import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchObject } from "../../src/batch/object.ts";
import { A_CALL, overTime } from "../support/cost-of-a-batch.ts";
import { type Batch, type Failed, numbers, type Recipient, TestService, until } from "../support/service.ts";

type Attempt = Recipient & { readonly attempt: number; readonly carrier_code?: string; readonly sip_code?: number };
type Shown = Recipient & {
  readonly attempts?: Attempt[];
  readonly attempt_count?: number;
  readonly waiting_reason?: string;
  readonly waiting_until?: string;
};
type Detail = Omit<Batch, "recipients"> & { readonly recipients: Shown[]; readonly estimated_end_at?: string };

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 1 });
});
afterEach(async () => {
  await service.stop();
});

const path = (id: string, rest = "") => `/agents/calls/batches/${id}${rest}`;
const read = async (id: string, rest = "") => (await service.api<Detail>("GET", path(id, rest))).body;

describe("attempts", () => {
  it("are each there with their evidence, where they are asked for", async () => {
    const { id } = await service.createBatch(["+15005550001", "+15005550002", "+15005550004", ...numbers(1)]);
    await service.finished(id);
    await service.api("POST", path(id, "/retry"));
    await service.finished(id);
    const { recipients } = await read(id, "?expand=attempts");
    const told = recipients.map(({ attempts }) =>
      attempts?.map(({ attempt, status, end_reason, carrier_code, sip_code }) => ({
        attempt,
        status,
        why: end_reason,
        carrier_code,
        sip_code,
      })),
    );
    const twice = (one: Record<string, unknown>) => [1, 2].map((attempt) => ({ attempt, status: "failed", ...one }));
    expect(told).toEqual([
      twice({ carrier_code: "21211" }),
      twice({ why: "dial_busy", sip_code: 486 }),
      twice({ why: "dial_failed", sip_code: 404 }),
      [{ attempt: 1, status: "completed", why: "client_hangup", sip_code: 200 }],
    ]);

    expect((await read(id)).recipients.some((one) => "attempts" in one)).toBe(false);
    const [, busy] = recipients;
    const one = (await service.api<Shown>("GET", path(id, `/recipients/${busy?.id}`))).body;
    expect(one).toMatchObject({ to_number: "+15005550002", status: "failed", attempt_count: 2 });
    expect(one.attempts).toEqual(busy?.attempts);
    expect(one.agent_call_id).toBe(one.attempts?.[1]?.agent_call_id);
    const unknown = await service.api<Failed>("GET", path(id, "/recipients/abcr_1111111111111111111111"));
    expect(unknown).toMatchObject({ status: 404, body: { message: "there is no such recipient" } });
    expect(await service.api<Failed>("GET", path(id, "?expand=everything"))).toMatchObject({
      status: 400,
      body: { issues: [{ path: "expand" }] },
    });
  });

  it("cost no row more: an answered call is three", async () => {
    const cost = (id: string) =>
      runInDurableObject(service.batchObject(id), (object: BatchObject) => object.cost().rowsWritten);
    const began = performance.now();
    const few = await service.createBatch(numbers(10));
    await service.over(few.id);
    // At once: an object that leaves the memory meanwhile forgets what it has cost.
    const costOfFew = await cost(few.id);
    const many = await service.createBatch(numbers(40));
    await service.over(many.id);
    const perCall = ((await cost(many.id)) - costOfFew) / 30;
    const { progress } = overTime((performance.now() - began) / 1_000, 0);
    expect(perCall).toBeLessThanOrEqual(A_CALL.rowsWritten + progress / 30);
  });
});

describe("each who waits says why", () => {
  it("for a slot of its batch, for the organization's, for its time", async () => {
    const talking = await service.createBatch(["+15005550011", ...numbers(1)]);
    const waiting = await until(async () => {
      const { recipients } = await read(talking.id);
      return recipients[0]?.status === "started" ? recipients[1] : null;
    });
    expect(waiting).toMatchObject({ status: "queued", waiting_reason: "batch_concurrency" });

    const second = await service.createBatch(numbers(1));
    expect((await read(second.id)).recipients[0]?.waiting_reason).toBe("organization_concurrency");
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const third = await service.createBatch(numbers(1), { scheduled_at: later });
    expect((await read(third.id)).recipients[0]).toMatchObject({ waiting_reason: "scheduled", waiting_until: later });
    const page = await service.api<{ data: Shown[] }>("GET", path(third.id, "/recipients"));
    expect(page.body.data[0]).toMatchObject({ waiting_reason: "scheduled", waiting_until: later });
  });

  it("for the next attempt of its policy, until then", async () => {
    const retry_policy = { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [30] };
    const { id } = await service.createBatch(["+15005550002"], { retry_policy });
    const [one] = await until(async () => {
      const { recipients } = await read(id);
      return recipients[0]?.waiting_reason === "retry_delay" ? recipients : null;
    });
    expect(Date.parse(one?.waiting_until ?? "") - Date.now()).toBeGreaterThan(29 * 60_000);
  });

  it("and the batch when it will be over, once a pace is known", async () => {
    const { id } = await service.createBatch(numbers(30));
    expect((await read(id)).estimated_end_at).toBeUndefined();
    const end = await until(async () => (await read(id)).estimated_end_at ?? null);
    expect(Date.parse(end)).toBeGreaterThan(Date.now() - 1_000);
    await service.finished(id);
    expect((await read(id)).estimated_end_at).toBeUndefined();
  });
});
