/**
 * Dials whoever may be dialed: as many as there are slots, connections and pace for. An intent is stored before its request
 * leaves (promise 2): the write and the request are in one turn, and the platform holds the request back until the write
 * is durable (Durable Objects, "output gates").
 */

import { withTrialCall } from "../attempts/circuit.ts";
import { ownPaceAt, PaceTimer, withinOwnPace } from "../dialing/batch-pace.ts";
import type { LineKeeper } from "../dialing/line.ts";
import type { Placing } from "../dialing/placing.ts";
import { storeIntent } from "../people/moves.ts";
import type { Permission } from "../slots/permission.ts";
import { freeSlots } from "../slots/request.ts";
import type { AttemptRow } from "../store/attempts.ts";
import type { BatchState } from "./state.ts";
import type { Pauses } from "./waiting.ts";

export type DialingPort = {
  readonly state: BatchState;
  readonly permission: Permission;
  readonly placing: Placing;
  readonly line: LineKeeper;
  readonly background: (work: Promise<void>) => void;
  /** What the circuit breaker makes of the row, in a change. */
  readonly storeCircuit: (row: BatchState["row"], now: number) => void;
  readonly changed: (row: AttemptRow, now: number) => void;
  readonly act: (now: number) => void;
  /** What is needed to dial could not be had. */
  readonly couldNot: (event: string, error: unknown) => void;
};

export class Dialing {
  readonly #port: DialingPort;
  readonly #paceTimer: PaceTimer;

  constructor(port: DialingPort) {
    this.#port = port;
    this.#paceTimer = new PaceTimer(() => port.act(Date.now()));
  }

  /** Until when the carrier and the paces hold everybody up; in the past where they do not. */
  get pauses(): Pauses {
    const { state, permission, placing } = this.#port;
    return {
      pausedUntil: placing.pausedUntil,
      pacedUntil: Math.max(permission.pacedUntil, ownPaceAt(state.row, state.roster)),
    };
  }

  dial(now: number): void {
    const { state, placing, line: keeper, permission, background } = this.#port;
    const free = this.#freeNow(now);
    if (free === 0 || placing.pausedUntil > now || state.roster.next(now) === null) return;
    const line = keeper.ready(now);
    // No intent is stored before everything is at hand that its request needs.
    if (line === null) {
      this.#fetchLine(now);
      return;
    }
    if (state.floorIs(line.dialing.calling_window, now)) {
      // Whether anybody may be called now, and slots are needed, is another question than it was.
      this.#port.act(now);
      return;
    }
    const rows = this.#storeIntents(free, now);
    for (const row of rows) background(placing.place(line, row));
    permission.askForMore(free - rows.length, now);
  }

  /** Whoever can be dialed only when the pace lets it. */
  wakeForPace(now: number): void {
    const { row, roster } = this.#port.state;
    if (freeSlots(row, roster.flying) === 0 || roster.counts.queued === 0) return;
    this.#paceTimer.ringAt(this.pauses.pacedUntil, now);
  }

  /** How many may be dialed now, for the slots, the connections and the batch's own pace. */
  #freeNow(now: number): number {
    const { row, roster } = this.#port.state;
    const free = Math.min(this.#port.placing.freeConnections(now), freeSlots(row, roster.flying));
    return withinOwnPace(row, roster, free, now);
  }

  #fetchLine(now: number): void {
    this.#port.background(
      this.#port.line.get(now).then(
        () => this.#port.act(Date.now()),
        (error) => this.#port.couldNot("no_line", error),
      ),
    );
  }

  #storeIntents(atMost: number, now: number): AttemptRow[] {
    const { state, permission } = this.#port;
    const rows: AttemptRow[] = [];
    state.change(now, () => {
      // Direct calls are made when their request is: so one instant of the organization's index finds them.
      const createdAt = state.isDirect ? state.row.created_at : now;
      for (const pick of permission.toDial(atMost, now)) {
        const row = storeIntent(state.sql, state.roster, pick, createdAt, now);
        state.attempts.stored(row);
        rows.push(row);
        permission.used(pick);
      }
      const [first] = rows;
      if (first !== undefined) this.#port.storeCircuit(withTrialCall(state.row, first.number), now);
    });
    for (const row of rows) this.#port.changed(row, now);
    return rows;
  }
}
