/**
 * A human ends a call that is going on. Why it ends is stored before the carrier is asked, because the word of its end may
 * come first, and because it must not be lost with the object's memory. The end itself is reported like every other.
 */

import { type Failure, notFound, wrongState } from "../calling/failure.ts";
import { err, ok, type Result } from "../calling/result.ts";
import type { EndOutcome } from "../dialer/dialer.ts";
import type { Sql } from "../storage/sql.ts";
import { type AttemptRow, dropEnding, findAttempt, storeEnding } from "./attempts.ts";
import type { Engine } from "./engine.ts";
import { CANCELLED_FIRST_LOOK_MS } from "./timing.ts";

const NOT_ACTIVE = wrongState(
  "call_not_active",
  "only a call that was answered and is going on can be cancelled; read the call for its status",
);

/** Asking again for a call whose end is on its way is fine: the carrier is asked again. */
export async function cancelCall(sql: Sql, engine: Engine, number: number): Promise<Result<null, Failure>> {
  const row = findAttempt(sql, number);
  if (row === null || row.dispatched_at === null) return err(notFound("call"));
  const lookAt = Date.now() + CANCELLED_FIRST_LOOK_MS;
  if (row.carrier_call_id === null || !storeEnding(sql, number, "api_cancelled", lookAt)) return err(NOT_ACTIVE);
  engine.attempts.forget(number);
  const outcome = await ended(engine, row.carrier_call_id);
  if (outcome.kind === "unavailable") {
    if (row.ended_because === null) {
      dropEnding(sql, number);
      engine.attempts.forget(number);
    }
    return err({
      kind: "carrier_unavailable",
      message: `the carrier could not be told to end this call, so it goes on; try again (${outcome.message})`,
    });
  }
  if (isGoingOn(findAttempt(sql, number))) engine.lookBy(number, lookAt);
  return ok(null);
}

/** Without credentials or without an answer nothing was ended. */
async function ended(engine: Engine, carrierCallId: string): Promise<EndOutcome> {
  try {
    const { dialer } = await engine.line.get(Date.now());
    return await dialer.end(carrierCallId, true);
  } catch (error) {
    console.warn(JSON.stringify({ event: "call_not_ended", batch: engine.row.id, error: String(error) }));
    return { kind: "unavailable", message: "it cannot be reached" };
  }
}

const isGoingOn = (row: AttemptRow | null): boolean => row?.status === "started";
