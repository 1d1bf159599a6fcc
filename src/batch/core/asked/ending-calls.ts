/**
 * A human ends a call: one in flight, or one that waits in the carrier's queue, so that no phone rings. The reason is
 * stored before the carrier is asked. The report of the end may come first, and the reason must survive the object's
 * memory. The end is reported like any other.
 */

import { type Failure, notFound, wrongState } from "../../../calling/requests/failure.ts";
import { err, ok } from "../../../calling/requests/result.ts";
import type { EndReason } from "../../../calling/words/call.ts";
import { canSettle } from "../../attempts/settle.ts";
import { CANCELLED_FIRST_LOOK_MS } from "../../attempts/timing.ts";
import type { Line } from "../../dialing/line.ts";
import type { CarrierAnswer } from "../../dialing/question.ts";
import type { AttemptRow } from "../../store/attempt-states.ts";
import { dropEnding, findAttempt, storeEnding } from "../../store/attempts.ts";
import type { Batch } from "../batch.ts";
import type { Effect } from "../effects.ts";
import type { Write } from "../state.ts";
import { recordedOfCall } from "./acts.ts";
import type { RequestOf } from "./requests.ts";

type EndCall = RequestOf<"end_call">;

/** Where one stands that is not answered. */
type Open =
  /** The carrier cannot be asked yet. */
  | { readonly kind: "waits_for_line"; readonly request: EndCall }
  /** Whether the call waits in the carrier's queue. A ringing call is not hung up on (contract, "Cancel Call"). */
  | { readonly kind: "asks_whether_queued"; readonly request: EndCall; readonly line: Line }
  /** The reason is stored. `before`: what was stored instead of it. */
  | { readonly kind: "ends"; readonly request: EndCall; readonly before: EndReason | null; readonly lookAt: number };

/** A call in flight whose carrier has a name for it. */
type Endable = AttemptRow & { readonly carrier_call_id: string };

const NOT_ACTIVE = wrongState(
  "call_not_active",
  "only an answered call in flight, or a call that waits in the carrier's queue, can be cancelled; read the call for its status",
);

export class EndingCalls {
  /** By who asks. Losing them is safe: who asks again has the carrier asked again. */
  readonly #open = new Map<number, Open>();

  /** A repeat for a call that is already ending asks the carrier again. */
  requested(batch: Batch, request: EndCall, now: number, effects: Effect[]): Write {
    const row = findAttempt(batch.sql, request.number);
    if (row === null || row.dispatched_at === null) return this.#refuse(request, notFound("call"), effects);
    if (!isEndable(row)) return this.#refuse(request, NOT_ACTIVE, effects);
    return this.#begin(batch, request, batch.line.ready(now), now, effects);
  }

  /** Whether a line is needed to go on with some. */
  get waitForLine(): boolean {
    return [...this.#open.values()].some(({ kind }) => kind === "waits_for_line");
  }

  lineCame(batch: Batch, line: Line, now: number, effects: Effect[]): Write[] {
    return [...this.#open.values()].map((open) =>
      open.kind === "waits_for_line" ? this.#begin(batch, open.request, line, now, effects) : null,
    );
  }

  /** Without credentials, the carrier is asked nothing. */
  lineFailed(batch: Batch, error: unknown, effects: Effect[]): void {
    for (const open of [...this.#open.values()]) {
      if (open.kind === "waits_for_line") this.#unreached(batch, open.request, String(error), effects);
    }
  }

  /** The carrier's answer. */
  consulted(batch: Batch, to: number, answer: CarrierAnswer, now: number, effects: Effect[]): Write {
    const open = this.#open.get(to);
    if (open === undefined || open.kind === "waits_for_line") return null;
    const { request } = open;
    if (open.kind === "ends") return this.#ended(batch, open, answer, now, effects);
    if (answer.kind !== "fetch")
      return this.#unreached(batch, request, answer.kind === "failed" ? answer.message : "", effects);
    const { report } = answer;
    if (report.kind === "unavailable") return this.#refuse(request, unavailable(report.message), effects);
    const isQueued = report.kind === "known" && report.progress.kind === "waiting";
    const row = findAttempt(batch.sql, request.number);
    if (!isQueued || row === null || !isEndable(row)) return this.#refuse(request, NOT_ACTIVE, effects);
    return this.#end(batch, request, row, open.line, now, effects);
  }

  #begin(batch: Batch, request: EndCall, line: Line | null, now: number, effects: Effect[]): Write {
    const row = findAttempt(batch.sql, request.number);
    if (row === null || !isEndable(row)) return this.#refuse(request, NOT_ACTIVE, effects);
    if (line === null) {
      this.#open.set(request.to, { kind: "waits_for_line", request });
      batch.line.want();
      return null;
    }
    if (row.status === "started") return this.#end(batch, request, row, line, now, effects);
    if (!line.capabilities.queues) return this.#refuse(request, NOT_ACTIVE, effects);
    this.#open.set(request.to, { kind: "asks_whether_queued", request, line });
    const context = batch.contexts.of(row.number);
    const question = { kind: "fetch", carrierCallId: row.carrier_call_id, context } as const;
    effects.push({ kind: "consult", to: request.to, line, question });
    return null;
  }

  #end(batch: Batch, request: EndCall, row: Endable, line: Line, now: number, effects: Effect[]): Write {
    const lookAt = now + CANCELLED_FIRST_LOOK_MS;
    this.#open.set(request.to, { kind: "ends", request, before: row.ended_because, lookAt });
    const question = {
      kind: "end",
      carrierCallId: row.carrier_call_id,
      isAnswered: row.status === "started",
    } as const;
    effects.push({ kind: "consult", to: request.to, line, question });
    return () => {
      storeEnding(batch.sql, row, "api_cancelled", lookAt);
      batch.attempts.forget(row.number);
    };
  }

  #ended(batch: Batch, open: Open & { kind: "ends" }, answer: CarrierAnswer, now: number, effects: Effect[]): Write {
    const { request, before, lookAt } = open;
    const row = findAttempt(batch.sql, request.number);
    const isGoingOn = row !== null && canSettle(row.status);
    const outcome = answer.kind === "end" ? answer.outcome : null;
    if (outcome !== null && outcome.kind !== "unavailable") {
      this.#open.delete(request.to);
      if (isGoingOn) batch.roster.inFlight.moveForward(request.number, lookAt);
      effects.push({ kind: "reply", to: request.to, answer: ok(null) });
      // A repeat ends nothing more.
      return before === null ? recordedOfCall(batch, request.number, request.act, () => {}, now) : null;
    }
    if (outcome === null) this.#unreached(batch, request, answer.kind === "failed" ? answer.message : "", effects);
    else this.#refuse(request, unavailable(outcome.message), effects);
    if (before !== null || !isGoingOn) return null;
    // The call continues after all.
    return () => {
      dropEnding(batch.sql, row);
      batch.attempts.forget(request.number);
    };
  }

  #unreached(batch: Batch, request: EndCall, error: string, effects: Effect[]): null {
    const log = { level: "warn", event: "call_not_ended", batch: batch.row.id, error } as const;
    effects.push({ kind: "log", log });
    return this.#refuse(request, unavailable("it cannot be reached"), effects);
  }

  #refuse({ to }: EndCall, failure: Failure, effects: Effect[]): null {
    this.#open.delete(to);
    effects.push({ kind: "reply", to, answer: err(failure) });
    return null;
  }
}

const isEndable = (row: AttemptRow): row is Endable => row.carrier_call_id !== null && canSettle(row.status);

const unavailable = (message: string): Failure => ({
  kind: "carrier_unavailable",
  message: `the carrier could not be told to end this call, so it continues; try again (${message})`,
});
