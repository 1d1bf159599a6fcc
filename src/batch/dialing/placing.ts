/**
 * Requests to the carrier in flight, and what their answers make of attempts and pace. In memory only. After a restart
 * the watchdog settles the requests that were in flight.
 */

import { present } from "../../calling/requests/assert.ts";
import { type BatchRoute, callId, recipientId } from "../../calling/secrets/ids.ts";
import { signedToken } from "../../calling/secrets/signed-token.ts";
import { PLACE_TIMEOUT_MS, type PlaceOrder } from "../../dialer/dialer.ts";
import type { LogLine } from "../../log.ts";
import type { Happening } from "../attempts/settle.ts";
import { DEFERRED_AT_MOST_MS, LANE_BEGINS_WITHIN_MS, REPEAT_AFTER_MS, REPEAT_WITHIN_MS } from "../attempts/timing.ts";
import type { AttemptRow, Intent } from "../store/attempt-states.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { StoredRecipient } from "../store/recipients.ts";
import { BackOff } from "./back-off.ts";
import { type Connection, Connections } from "./connections.ts";
import type { LaneOutcome } from "./lane.ts";
import type { Line } from "./line.ts";

/** A request to place a call; `answered` takes its answer. */
export type PlaceRequest = {
  readonly number: number;
  readonly line: Line;
  readonly order: PlaceOrder;
  /** Null: the object's own connection. */
  readonly lane: number | null;
  /** A lane must not send it after this time. */
  readonly leaveBy: number;
  /** The same order was sent before, and its outcome is not known. It keeps its connection. */
  readonly isRepeat: boolean;
  /** From now, in ms. */
  readonly afterMs: number;
};

type UnderWay = {
  readonly attempt: AttemptRow;
  readonly request: PlaceRequest;
  readonly connection: Connection;
  /** The outcome of the first request, if this one repeats it. */
  readonly first: (LaneOutcome & { kind: "unknown" }) | null;
};

/** What an answer means: a change of the attempt, or a repeat of the request. */
export type Placed =
  | (Heard & { readonly kind: "happened"; readonly happening: Happening })
  | (Heard & { readonly kind: "again"; readonly request: PlaceRequest });
type Heard = { readonly isThrottled: boolean; readonly logs: readonly LogLine[] };

export class Placing {
  readonly #route: BatchRoute;
  readonly #underWay = new Map<number, UnderWay>();
  readonly connections: Connections;
  readonly #backOff: BackOff;
  readonly #keyRing: readonly string[];

  /** `pausedUntil`: from the row. `keyRing`: signs the tokens of calls. */
  constructor(route: BatchRoute, pausedUntil = 0, keyRing: readonly string[] = [], connections = new Connections()) {
    this.#route = route;
    this.#keyRing = keyRing;
    this.connections = connections;
    this.#backOff = new BackOff(pausedUntil);
  }

  /** The carrier asked for a pause until then; in the past if dialing is not paused. */
  get pausedUntil(): number {
    return this.#backOff.until;
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  isUnderWay(number: number): boolean {
    return this.#underWay.has(number);
  }

  /** Something that dialing needs is missing. */
  couldNot(now: number): void {
    this.#backOff.couldNot(now);
  }

  /** `group`: the id that carrier and agent get for calls of one batch, or of one request for direct calls. */
  place(
    line: Line,
    batch: BatchRow,
    group: string,
    recipient: StoredRecipient,
    attempt: Intent,
    now: number,
  ): PlaceRequest {
    const connection = this.connections.take(now);
    const request = {
      number: attempt.number,
      line,
      order: this.#orderOf(line, batch, group, recipient, attempt),
      lane: connection.lane,
      leaveBy: now + LANE_BEGINS_WITHIN_MS,
      isRepeat: false,
      afterMs: 0,
    };
    this.#underWay.set(attempt.number, { attempt, request, connection, first: null });
    return request;
  }

  /** `isNowOrNever`: a direct call does not wait. Null if this request is not in flight. */
  answered(number: number, outcome: LaneOutcome, isNowOrNever: boolean, now: number): Placed | null {
    const known = this.#underWay.get(number);
    if (known === undefined) return null;
    const { attempt, connection } = known;
    const first = known.first ?? (outcome.kind === "unknown" ? outcome : null);
    // Only a call's id is believed after a repeat. A refusal may concern only the repeat, and the first request may
    // have placed a call.
    const isHeard = known.first === null || outcome.kind === "placed";
    const isThrottled = outcome.kind === "try_later";
    const logs: LogLine[] = isThrottled ? this.#hearLater(outcome, known.request.order, now) : [];
    const leaveBy = connection.takenAt + repeatableMs(known.request);
    if (first !== null && tellsNothing(outcome) && now + REPEAT_AFTER_MS <= leaveBy) {
      const request = { ...known.request, leaveBy, isRepeat: true, afterMs: REPEAT_AFTER_MS };
      this.#underWay.set(number, { ...known, first });
      return { kind: "again", request, isThrottled, logs };
    }
    this.#underWay.delete(number);
    this.connections.giveBack(connection, outcome.kind === "placed", now);
    const believed = isHeard ? outcome : (first ?? outcome);
    if (believed.kind === "unknown") logs.push(unknownOutcome(known.request.order, believed.message));
    const happening = this.#happeningOf(believed, attempt, isNowOrNever, now);
    return { kind: "happened", happening, isThrottled, logs };
  }

  #orderOf(
    { dialing, capabilities }: Line,
    batch: BatchRow,
    group: string,
    recipient: StoredRecipient,
    attempt: Intent,
  ): PlaceOrder {
    const id = callId(this.#route, attempt.number);
    const token = signedToken(this.#keyRing, id, present(attempt.token, "an intent has a token"));
    const ownPath = capabilities.callbacks === "per_call" ? `/${id}/${token}` : "";
    return {
      callId: id,
      batchId: group,
      recipientId: recipientId(this.#route, attempt.position),
      to: recipient.to_number,
      from: dialing.from_number,
      fromNumberId: dialing.carrier_number_id,
      agent: dialing.agent.connection,
      region: batch.region,
      metadata: recipient.metadata,
      ringingTimeoutSeconds: batch.ringing_timeout_seconds,
      maxDurationSeconds: batch.max_call_duration_minutes * 60,
      asksWhoAnswers: batch.on_voicemail !== null,
      statusCallbackUrl: `${batch.callback_base_url}/callbacks/${dialing.account.carrier}${ownPath}`,
    };
  }

  /** The carrier says "not now": no recipient is dialed for a while. */
  #hearLater(
    { retryAfterMs }: LaneOutcome & { kind: "try_later" },
    { callId: call, batchId: batch }: PlaceOrder,
    now: number,
  ): LogLine[] {
    const isNews = this.#backOff.until <= now;
    this.#backOff.deferred(retryAfterMs, now);
    return isNews ? [{ level: "warn", event: "carrier_says_later", call, batch }] : [];
  }

  #happeningOf(outcome: LaneOutcome, attempt: AttemptRow, isNowOrNever: boolean, now: number): Happening {
    switch (outcome.kind) {
      case "placed":
        this.#backOff.placed();
        return outcome;
      case "refused":
        return outcome;
      case "not_sent":
        this.connections.laneFailed();
        return { kind: "deferred", until: now, message: outcome.message };
      case "try_later": {
        const { until } = this.#backOff;
        const { message } = outcome;
        if (isNowOrNever) return refused(`the carrier says "not now", and a direct call does not wait: ${message}`);
        return until - (attempt.deferred_since ?? now) > DEFERRED_AT_MOST_MS
          ? refused(`the carrier has said "not now" for a day: ${message}`)
          : { kind: "deferred", until, message };
      }
      case "unknown":
        this.#backOff.unknown(now);
        return { kind: "unanswered", message: outcome.message };
    }
  }
}

/** How long after the first request a repeat may leave: while it is known to place no second call. */
function repeatableMs({ line }: PlaceRequest): number {
  const repeatableForMs = line.capabilities.repeatableForMs ?? 0;
  return Math.min(REPEAT_WITHIN_MS, repeatableForMs - PLACE_TIMEOUT_MS);
}

/** Of the first request. A lane may have been too late to send a repeat. */
const tellsNothing = ({ kind }: LaneOutcome): boolean => kind === "unknown" || kind === "not_sent";

/** The call, and what the carrier did. Its own words follow a colon: they may name a person, and the attempt has them. */
const unknownOutcome = ({ callId: call, batchId: batch }: PlaceOrder, message: string): LogLine => ({
  level: "warn",
  event: "call_outcome_unknown",
  call,
  message: message.split(": ")[0],
  batch,
});

const refused = (message: string): Happening => ({ kind: "refused", code: null, message });
