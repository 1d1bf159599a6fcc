/**
 * The requests to the carrier that are under way, and what their answers make of the attempts and of the pace. In memory:
 * after a restart nobody waits for an answer, and the watchdog settles what was under way.
 */

import { maskedNumber } from "../../calling/numbers/phone-number.ts";
import { type BatchRoute, callId, recipientId } from "../../calling/secrets/ids.ts";
import type { CarrierAccount } from "../../dialer/carriers.ts";
import { PLACE_TIMEOUT_MS, type PlaceOrder } from "../../dialer/dialer.ts";
import type { Happening } from "../attempts/settle.ts";
import { DEFERRED_AT_MOST_MS, LANE_BEGINS_WITHIN_MS, REPEAT_AFTER_MS, REPEAT_WITHIN_MS } from "../attempts/timing.ts";
import type { AttemptRow } from "../store/attempts.ts";
import type { BatchRow } from "../store/batch-row.ts";
import type { Recipients } from "../store/recipients.ts";
import { type Connection, Connections } from "./connections.ts";
import type { LaneOrder, LaneOutcome } from "./lane.ts";
import type { Line } from "./line.ts";
import { Pause } from "./pause.ts";

export type PlacingPort = {
  readonly route: BatchRoute;
  readonly recipients: Recipients;
  readonly row: () => BatchRow;
  readonly happened: (number: number, happening: Happening) => void;
  /** The carrier said "not now". */
  readonly throttled: (now: number) => void;
  /** Places the call through the lane of this number. Rejects where it is lost, or does not answer in time. */
  readonly lane: (lane: number, order: LaneOrder) => Promise<LaneOutcome>;
};

export class Placing {
  readonly #port: PlacingPort;
  readonly #underWay = new Set<number>();
  readonly #connections = new Connections();
  readonly #pause: Pause;

  /** `pausedUntil`: as the rows have it. */
  constructor(port: PlacingPort, pausedUntil = 0) {
    this.#port = port;
    this.#pause = new Pause(pausedUntil);
  }

  /** How many more requests may be sent now. */
  freeConnections(now: number): number {
    return this.#connections.free(now);
  }
  /** The carrier asked for a pause until then; in the past where dialing goes on. */
  get pausedUntil(): number {
    return this.#pause.until;
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  isUnderWay(number: number): boolean {
    return this.#underWay.has(number);
  }

  /** What is needed to dial could not be had. */
  couldNot(now: number): void {
    this.#pause.couldNot(now);
  }

  async place(line: Line, attempt: AttemptRow): Promise<void> {
    this.#underWay.add(attempt.number);
    const connection = this.#connections.take(Date.now());
    let outcome: LaneOutcome;
    try {
      outcome = await this.#request(line, this.#orderOf(line, attempt), connection);
    } catch (error) {
      outcome = { kind: "unknown", message: `the request to the carrier failed: ${String(error)}` };
    }
    this.#underWay.delete(attempt.number);
    const now = Date.now();
    this.#connections.giveBack(connection, outcome.kind === "placed", now);
    this.#port.happened(attempt.number, this.#happeningOf(outcome, attempt, now));
  }

  /**
   * Asked again only where a repeat is known to place nothing more. Of a repeat, only a call's id is believed: a refusal may
   * be of the repeat alone, and the first request may have placed a call all the same. A "not now" holds for all others.
   */
  async #request(
    { dialer, dialing, capabilities }: Line,
    order: PlaceOrder,
    { lane, takenAt: began }: Connection,
  ): Promise<LaneOutcome> {
    const repeatableMs = Math.min(REPEAT_WITHIN_MS, (capabilities.repeatableForMs ?? 0) - PLACE_TIMEOUT_MS);
    const first = await (lane === null ? dialer.place(order) : this.#throughLane(lane, dialing.account, order, began));
    if (first.kind !== "unknown") return first;
    while (Date.now() + REPEAT_AFTER_MS - began <= repeatableMs) {
      await new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER_MS));
      const repeated = await dialer.place(order, true);
      if (repeated.kind === "placed") return repeated;
      if (repeated.kind === "try_later") this.#hearLater(repeated, Date.now());
      if (repeated.kind !== "unknown") break;
    }
    return first;
  }

  /** A lane that is lost with its machine is given up, as the object's own requests are: a call may have been placed. */
  async #throughLane(lane: number, account: CarrierAccount, order: PlaceOrder, began: number): Promise<LaneOutcome> {
    try {
      return await this.#port.lane(lane, { account, order, leaveBy: began + LANE_BEGINS_WITHIN_MS });
    } catch (error) {
      return { kind: "unknown", message: `the lane of the request was lost: ${String(error)}` };
    }
  }

  #orderOf({ dialing, capabilities }: Line, attempt: AttemptRow): PlaceOrder {
    const { route, recipients, row } = this.#port;
    const batch = row();
    const id = callId(route, attempt.number);
    const recipient = recipients.at(attempt.position);
    const ownPath = capabilities.callbacks === "per_call" ? `/${id}/${attempt.token}` : "";
    return {
      callId: id,
      batchId: batch.id,
      recipientId: recipientId(route, attempt.position),
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

  /** The carrier says "not now"; returns until when nobody is dialed. */
  #hearLater({ message, retryAfterMs }: LaneOutcome & { kind: "try_later" }, now: number): number {
    if (this.#pause.until <= now) this.#log({ event: "carrier_says_later", message });
    const until = this.#pause.deferred(retryAfterMs, now);
    this.#port.throttled(now);
    return until;
  }

  #happeningOf(outcome: LaneOutcome, attempt: AttemptRow, now: number): Happening {
    switch (outcome.kind) {
      case "placed":
        this.#pause.placed();
        return outcome;
      case "refused":
        return outcome;
      case "not_sent":
        this.#connections.laneFailed();
        return { kind: "deferred", until: now, message: outcome.message };
      case "try_later": {
        const until = this.#hearLater(outcome, now);
        if (this.#port.row().kind === "direct") {
          return {
            kind: "refused",
            code: null,
            message: `the carrier says "not now", and a direct call does not wait: ${outcome.message}`,
          };
        }
        return until - (attempt.deferred_since ?? now) > DEFERRED_AT_MOST_MS
          ? { kind: "refused", code: null, message: `the carrier has said "not now" for a day: ${outcome.message}` }
          : { kind: "deferred", until, message: outcome.message };
      }
      case "unknown":
        this.#pause.unknown(now);
        this.#logUnknown(attempt, outcome.message);
        return { kind: "unanswered", message: outcome.message };
    }
  }

  /** For whoever is on duty: the call, enough of the number to recognise it, and what the carrier did. */
  #logUnknown(attempt: AttemptRow, message: string): void {
    const call = callId(this.#port.route, attempt.number);
    const to = maskedNumber(this.#port.recipients.at(attempt.position).to_number);
    this.#log({ event: "call_outcome_unknown", call, to, message });
  }

  #log(fields: Readonly<Record<string, string>>): void {
    console.warn(JSON.stringify({ ...fields, batch: this.#port.row().id }));
  }
}
