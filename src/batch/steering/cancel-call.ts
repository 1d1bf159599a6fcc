/**
 * A human ends a call: one in flight, or one that waits in the carrier's queue, so that no phone rings. The reason is
 * stored before the carrier is asked. The report of the end may come first, and the reason must survive the object's
 * memory. The end is reported like any other.
 */

import { type Failure, notFound, wrongState } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { CallReport, EndOutcome } from "../../dialer/dialer.ts";
import type { Sql } from "../../storage/sql.ts";
import { CANCELLED_FIRST_LOOK_MS } from "../attempts/timing.ts";
import type { Batch } from "../core/batch.ts";
import type { BatchEvent } from "../core/effects.ts";
import type { Line } from "../dialing/line.ts";
import type { LineSource } from "../dialing/line-source.ts";
import { type AttemptRow, dropEnding, findAttempt, storeEnding } from "../store/attempts.ts";

/** The batch, the line to ask its carrier, and the receiver of what follows. */
type Called = { readonly batch: Batch; readonly line: LineSource; hear(event: BatchEvent): void };

const NOT_ACTIVE = wrongState(
  "call_not_active",
  "only an answered call in flight, or a call that waits in the carrier's queue, can be cancelled; read the call for its status",
);
const UNREACHED = { kind: "unavailable", message: "it cannot be reached" } as const;

const unavailable = (message: string): Failure => ({
  kind: "carrier_unavailable",
  message: `the carrier could not be told to end this call, so it continues; try again (${message})`,
});

/** A repeat for a call that is already ending asks the carrier again. */
export async function cancelCall(sql: Sql, called: Called, number: number): Promise<Result<null, Failure>> {
  const row = findAttempt(sql, number);
  if (row === null || row.dispatched_at === null) return err(notFound("call"));
  const { carrier_call_id: carrierCallId } = row;
  const isAnswered = row.status === "started";
  if (carrierCallId === null || (!isAnswered && row.status !== "dispatched")) return err(NOT_ACTIVE);
  const problem = isAnswered ? null : await whyNotWaiting(called, number, carrierCallId);
  if (problem !== null) return err(problem);
  const lookAt = Date.now() + CANCELLED_FIRST_LOOK_MS;
  if (!storeEnding(sql, row, "api_cancelled", lookAt)) return err(NOT_ACTIVE);
  called.batch.attempts.forget(number);
  const outcome = await withCarrier<EndOutcome>(
    called,
    ({ dialer }) => dialer.end(carrierCallId, isAnswered),
    UNREACHED,
  );
  if (outcome.kind === "unavailable") {
    if (row.ended_because === null) {
      dropEnding(sql, row);
      called.batch.attempts.forget(number);
    }
    return err(unavailable(outcome.message));
  }
  if (isGoingOn(findAttempt(sql, number))) called.hear({ kind: "look_by", number, at: lookAt });
  return ok(null);
}

/** Null if the carrier has not dialed the call yet. A ringing call is not hung up on (contract, "Cancel Call"). */
async function whyNotWaiting(called: Called, number: number, carrierCallId: string): Promise<Failure | null> {
  const report = await withCarrier<CallReport | null>(
    called,
    async ({ dialer, capabilities }) =>
      capabilities.queues ? dialer.fetch(carrierCallId, called.batch.contexts.of(number)) : null,
    UNREACHED,
  );
  if (report?.kind === "unavailable") return unavailable(report.message);
  return report?.kind === "known" && report.progress.kind === "waiting" ? null : NOT_ACTIVE;
}

/** Without credentials or an answer, the carrier was asked nothing. */
async function withCarrier<T>({ batch, line }: Called, ask: (line: Line) => Promise<T>, unreached: T): Promise<T> {
  try {
    return await ask(await line.get(Date.now()));
  } catch (error) {
    console.warn(JSON.stringify({ event: "call_not_ended", batch: batch.row.id, error: String(error) }));
    return unreached;
  }
}

const isGoingOn = (row: AttemptRow | null): boolean => row?.status === "started" || row?.status === "dispatched";
