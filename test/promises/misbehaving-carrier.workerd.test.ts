/**
 * A carrier that refuses, breaks off, hangs and answers late. Whatever it does, an attempt has at most one call, and
 * every recipient comes to an end. What cannot be known is said and left to a human (promises 1, 2 and 3).
 *
 * The tests wait for real time limits, all at once.
 */

import { describe, expect, it } from "vitest";
import type { FaultMode } from "../carrier/faults.ts";
import { numbers, TestService, until } from "../support/service.ts";

const NOT_CERTAIN = /^it is not certain whether a call was placed: .*Retry dials it again$/;

type Expected = { readonly completed: number; readonly failed: number; readonly placed: number };
const all = { completed: 2, failed: 0, placed: 2 };
const none = { completed: 0, failed: 2, placed: 0 };

/** Of two recipients, when every request to place a call meets the fault. */
const AT_PLACING: readonly [FaultMode, Expected][] = [
  ["500", none],
  ["503", none],
  ["reset-before", none],
  ["hang-before", none],
  // Done, and the answer lost: the callbacks or the look-up bring it back.
  ["500-after", all],
  ["reset-after", all],
  ["hang-after", all],
  ["late-answer", all],
];

describe.concurrent("a carrier", () => {
  describe("with a fault in the answer to every request for a call", () => {
    it.each(AT_PLACING)("%s", async (mode, expected) => {
      const service = await TestService.start();
      await service.carrier.control("PUT", "faults", { place: { mode } });
      const { id } = await service.createBatch(numbers(2));
      const batch = await service.finished(id);
      const count = (status: string) => batch.recipients.filter((one) => one.status === status).length;
      const summary = await service.carrier.summary();
      expect({ completed: count("completed"), failed: count("failed"), placed: summary.placed }).toEqual(expected);
      expect(summary.calls_by_agent_call_id_more_than_one).toEqual([]);
      for (const one of batch.recipients) {
        if (one.status === "failed") expect(one.error_message).toMatch(NOT_CERTAIN);
        else expect(one.error_message).toBeUndefined();
      }
      await service.stop();
    });

    it("503 to the first request: unknown, so it is not dialed again until a human retries", async () => {
      const service = await TestService.start();
      const { id } = await service.createBatch(["+15005550005"]);
      const failed = await service.finished(id);
      expect(failed.recipients[0]).toMatchObject({ status: "failed" });
      expect(failed.recipients[0]?.error_message).toMatch(/not certain whether a call was placed.*503.*Retry/);
      expect((await service.carrier.summary()).placed).toBe(0);
      await service.api("POST", `/agents/calls/batches/${id}/retry`);
      expect((await service.finished(id)).recipients[0]).toMatchObject({ status: "completed" });
      expect((await service.carrier.summary()).placed).toBe(1);
      await service.stop();
    });

    it("503 for a direct call: there may be a call, so there is one here, and in the end nobody was dialed twice", async () => {
      const service = await TestService.start();
      const { body } = await service.api<{ calls: { agent_call_id: string }[] }>("POST", "/agents/calls", {
        agent_id: "agent_test",
        from_number_id: "ap_test",
        outbound_calls: [{ to_number: "+15005550005" }],
      });
      const path = `/agents/calls/${body.calls[0]?.agent_call_id}`;
      const call = await until(async () => {
        const read = (await service.api<{ status: string; error_message?: string }>("GET", path)).body;
        return read.status === "failed" ? read : null;
      });
      expect(call.error_message).toMatch(/^it is not certain whether a call was placed/);
      await until(async () => {
        const { holding } = await service.admin<{ holding: unknown[] }>("GET", `/${service.organization}/ledger`);
        return holding.length === 0 ? true : null;
      });
      expect((await service.carrier.summary()).placed).toBe(0);
      await service.stop();
    });

    it("is found out by asking where even the callbacks are lost", async () => {
      const service = await TestService.start();
      await service.carrier.control("PUT", "faults", { place: { mode: "reset-after" }, callbacks: { drop: 1 } });
      const { id } = await service.createBatch(numbers(2), { ringing_timeout_seconds: 5 });
      const batch = await service.finished(id);
      expect(batch.recipients.map(({ status }) => status)).toEqual(["completed", "completed"]);
      expect((await service.carrier.summary()).placed).toBe(2);
      await service.stop();
    });

    it("429 for two of three requests, with and without Retry-After, costs nobody an attempt", async () => {
      for (const mode of ["429", "429-retry-after"]) {
        const service = await TestService.start();
        await service.carrier.control("PUT", "faults", {
          place: { mode, share: 0.66, retry_after_seconds: 1 },
          seed: 7,
        });
        const { id } = await service.createBatch(numbers(3));
        const batch = await service.finished(id);
        expect(batch.recipients.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
        expect((await service.carrier.calls()).map(({ agent_call_id }) => agent_call_id).sort()).toEqual(
          batch.recipients.map((one) => one.agent_call_id).sort(),
        );
        await service.stop();
      }
    });
  });

  describe("that says too little, too much or the wrong things afterwards", () => {
    it("all callbacks lost: it is asked, and the batch ends as it should", async () => {
      const service = await TestService.start();
      await service.carrier.control("PUT", "faults", { callbacks: { drop: 1 } });
      const { id } = await service.createBatch(["+14155550101", "+15005550002"], { ringing_timeout_seconds: 5 });
      const batch = await service.finished(id);
      expect(batch.recipients.map((one) => [one.status, one.end_reason])).toEqual([
        ["completed", "client_hangup"],
        ["failed", "dial_busy"],
      ]);
      await service.stop();
    });

    it("callbacks doubled, late and out of order: each call ends once", async () => {
      const service = await TestService.start({ limit: 5 });
      await service.carrier.control("PUT", "faults", { callbacks: { duplicate: 1, delay_ms: [0, 400] }, seed: 3 });
      const { id } = await service.createBatch(numbers(20), { target_concurrency_limit: 5 });
      const batch = await service.finished(id);
      expect(batch).toMatchObject({ status: "completed", total_calls_finished: 20 });
      const summary = await service.carrier.summary();
      expect(summary).toMatchObject({ placed: 20, calls_by_agent_call_id_more_than_one: [] });
      await service.stop();
    });

    it("does not answer questions for a while: it is asked until it does", async () => {
      const service = await TestService.start();
      await service.carrier.control("PUT", "faults", { fetch: { mode: "503" }, callbacks: { drop: 1 } });
      const { id } = await service.createBatch(numbers(1), { ringing_timeout_seconds: 5 });
      await new Promise((resolve) => setTimeout(resolve, 23_000));
      expect((await service.batch(id)).total_calls_finished).toBe(0);
      await service.carrier.control("PUT", "faults", {});
      expect((await service.finished(id)).recipients[0]?.status).toBe("completed");
      await service.stop();
    });
  });
});
