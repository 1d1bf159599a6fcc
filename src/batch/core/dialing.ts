/** Who is dialed now, and what the organization is asked before that. */

import { randomToken } from "../../calling/secrets/ids.ts";
import { withTrialCall } from "../attempts/circuit.ts";
import { isSoon } from "../attempts/timing.ts";
import { withinOwnPace } from "../dialing/batch-pace.ts";
import type { Line } from "../dialing/line.ts";
import { storeIntent } from "../people/moves.ts";
import type { NextUp } from "../people/queue.ts";
import { mayDial } from "../slots/request.ts";
import type { Batch } from "./batch.ts";
import type { Effect } from "./effects.ts";
import { storeCircuit } from "./progress.ts";
import type { Write } from "./state.ts";

/**
 * Dials the recipients that may be dialed, within slots, connections and pace. An intent is stored before its request
 * leaves (promise 2). Write and request are in one turn, and the platform holds the request back until the write is
 * durable (Durable Objects, "output gates").
 */
export function dial(batch: Batch, now: number, effects: Effect[]): Write {
  const free = freeNow(batch, now);
  if (free === 0 || batch.placing.pausedUntil > now || !batch.hasNext(now)) return null;
  const line = batch.line.toDial(now);
  // An intent is stored only when all that its request needs is at hand.
  if (line === null) {
    batch.line.wantToDial();
    return null;
  }
  const nextUp = batch.permission.toDial(batch.inTurn(now), free, now);
  return nextUp.length === 0 ? null : () => begin(batch, nextUp, line, now, effects);
}

function begin(batch: Batch, nextUp: readonly NextUp[], line: Line, now: number, effects: Effect[]): void {
  const rows = nextUp.map((next) => {
    const row = storeIntent(batch.sql, batch.roster, next, randomToken(batch.random), now);
    batch.attempts.stored(row);
    batch.permission.used(next.position);
    return row;
  });
  const [first] = rows;
  if (first !== undefined) storeCircuit(batch, withTrialCall(batch.row, first.number), now, effects);
  for (const row of rows) {
    effects.push({ kind: "broadcast", row });
    const recipient = batch.recipients.at(row.position);
    const group = batch.groupOf(row.position);
    effects.push({ kind: "place", request: batch.placing.place(line, batch.row, group, recipient, row, now) });
  }
}

/** How many recipients may be dialed now, within slots, connections and the batch's own pace. */
function freeNow({ row, roster, placing, freeSlots }: Batch, now: number): number {
  return mayDial(row, now) ? withinOwnPace(row, roster, Math.min(placing.connections.free(now), freeSlots), now) : 0;
}

/** Asks for clearance of the next recipients, and reports unused clearances. */
export function askForMore(batch: Batch, now: number, effects: Effect[]): void {
  const isPaused = batch.placing.pausedUntil > now;
  const free = isPaused || batch.line.toDial(now) === null ? 0 : freeNow(batch, now);
  const request =
    (free > 0 ? batch.permission.askForMore(batch, free, now) : null) ?? batch.permission.speak(batch, isPaused, now);
  if (request !== null) effects.push({ kind: "clear", request });
}

/** A pace that makes the object sleep is stored, so that the batch can report it afterwards. Direct calls do not wait for it. */
export function rememberPace(batch: Batch, now: number): Write {
  const until = batch.permission.pacedUntil;
  if (batch.isDirect || isSoon(until, now) || until === batch.row.paced_until) return null;
  return batch.becoming({ ...batch.row, paced_until: until });
}
