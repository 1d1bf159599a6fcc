/**
 * Promises 2, 3 and 4 from outside: the whole process group is killed in the middle of a batch. The carrier lives on and
 * is the witness.
 */

import { afterEach, describe, expect, it } from "vitest";
import { startCarrier } from "../carrier/server.ts";
import { Client } from "../local/client.ts";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import {
  Cleanup,
  finishedBatch,
  isolated,
  newBatch,
  ordinaryNumbers,
  startProvisioned,
  startService,
  until,
} from "./support.ts";

type Summary = {
  readonly placed: number;
  readonly in_flight: number;
  readonly peak_in_flight: number;
  readonly calls_by_agent_call_id_more_than_one: readonly string[];
};
type CarrierCall = { readonly to: string };

const RECIPIENTS = 80;
const CONCURRENCY = 10;
const cleanup = new Cleanup();
afterEach(() => cleanup.run());

/** Longer than the carrier repeats a callback that is not answered. */
const QUIET_MS = 2_500;

async function quiet(summary: () => Promise<Summary>): Promise<void> {
  await until("the carrier has no call left", 60_000, async () => ((await summary()).in_flight === 0 ? true : null));
  await new Promise((wake) => setTimeout(wake, QUIET_MS));
}

describe("a service that is killed in the middle of a batch", () => {
  it("finishes the batch after a restart without any request, and calls nobody twice", async () => {
    const carrier = await startCarrier({ port: 0, ringMs: 100, talkMs: 400, jitter: 0.5 });
    cleanup.add(() => carrier.close());
    const control = new Client(carrier.url);
    const summary = (): Promise<Summary> => control.get("/__carrier/summary");
    const placed = (count: number): Promise<Summary> =>
      until(`the carrier has placed ${count} calls`, 60_000, async () => {
        const seen = await summary();
        return seen.placed >= count ? seen : null;
      });
    const env = { ...(await isolated(cleanup)), TWILIO_API_BASE_URL: carrier.url, CALL_CHECK_SECONDS: "2" };

    const first = await startProvisioned(env, cleanup);
    const { id } = await first.client.post<BatchSummary>(
      BATCHES,
      newBatch(ordinaryNumbers(RECIPIENTS), {
        target_concurrency_limit: CONCURRENCY,
        // A call whose callbacks were lost while nobody listened is asked about when it can ring no longer.
        ringing_timeout_seconds: 5,
      }),
    );
    await placed(RECIPIENTS / 4);
    await first.service.kill();
    // The carrier repeats its callbacks for a while. Once it is quiet, nothing but an alarm can wake the batch.
    await quiet(summary);

    const second = await startService(env, cleanup);
    await placed(RECIPIENTS / 2);
    await second.service.kill();

    const third = await startService(env, cleanup);
    // Nobody asks the service anything from here on. At each kill, as many requests as there are slots may have been
    // on their way, and those are not dialed again.
    await placed(RECIPIENTS - 2 * CONCURRENCY);
    await quiet(summary);

    const batch = await finishedBatch(third.client, id);
    expect(batch.recipients.filter(({ status }) => status !== "completed" && status !== "failed")).toEqual([]);

    const seen = await summary();
    expect(seen.calls_by_agent_call_id_more_than_one).toEqual([]);
    expect(seen.peak_in_flight).toBeLessThanOrEqual(CONCURRENCY);
    const calls = await control.get<CarrierCall[]>("/__carrier/calls");
    const callsTo = Map.groupBy(calls, ({ to }) => to);
    expect([...callsTo].filter(([, group]) => group.length > 1)).toEqual([]);
    // Recipients that count as called were called, and those that failed without a call say why.
    const completed = batch.recipients.filter(({ status }) => status === "completed");
    expect(completed.filter(({ to_number }) => !callsTo.has(to_number))).toEqual([]);
    expect(completed.length).toBeGreaterThanOrEqual(RECIPIENTS - 2 * CONCURRENCY);
    const failed = batch.recipients.filter(({ status }) => status === "failed");
    expect(failed.filter(({ error_message, end_reason }) => !error_message && !end_reason)).toEqual([]);
  });
});
