/** Telephones and the calls to them, whatever protocol placed the calls. A history is judged by its record of calls. */

import type { Chance } from "../platform/chance.ts";
import { bystander, type Event, type Scheduler } from "../platform/scheduler.ts";

export type CallEnd = "completed" | "busy" | "no_answer" | "failed" | "cancelled";

export type CarrierOrder = {
  /** The carrier's own id of the call. */
  readonly id: string;
  /** The product's ids. */
  readonly callId: string;
  readonly batchId: string;
  readonly recipientId: string;
  /** The organization of the account, and the calling number. */
  readonly organizationId: string;
  readonly from: string;
  readonly to: string;
  /** When the request left the product, in true time. */
  readonly leftAt: number;
  readonly ringsAtMostMs: number;
  readonly lastsAtMostMs: number;
  readonly tellsWhoAnswers: boolean;
};

export type CarrierCall = CarrierOrder & {
  readonly placedAt: number;
  /** The carrier lists the call from then on. */
  readonly listedAt: number;
  answeredAt: number | null;
  answeredBy: "human" | "machine" | null;
  /** It is known who answers. */
  isDetected: boolean;
  endedAt: number | null;
  end: CallEnd | null;
  /** Why it ended, in the product's terms, if the carrier's protocol tells. */
  endReason: string | null;
  /** By then the product has certainly heard that it was answered or is over; null: not certain. */
  heardAt: number | null;
};

/** `callbacks`: what happened to it, as the carrier reports it. */
export type CallNews = "answered" | "detected" | "ended";
type Listener = (call: CarrierCall, news: CallNews) => void;

/** Judges calls as they are placed, and when they are over. */
export type Watcher = {
  placed(call: CarrierCall, isRepeat: boolean): void;
  ended?(call: CarrierCall): void;
};

/** How calls go in a history, in percent. */
const LIVES = [
  { life: "talks", weight: 58 },
  { life: "machine", weight: 10 },
  { life: "busy", weight: 9 },
  { life: "no_answer", weight: 10 },
  { life: "failed", weight: 7 },
  { life: "for ever", weight: 6 },
] as const;
type LifeOfCall = (typeof LIVES)[number]["life"];

/** Of the calls during an outage. */
const FAIL_IN_AN_OUTAGE = 0.9;

const LISTED_WITHIN_MS = 3_000;
const DETECTED_WITHIN_MS = 4_000;

export class Telephone {
  readonly actor = bystander("carrier");
  readonly calls: CarrierCall[] = [];
  /** Requests of batches that were told to come back later, and the latest arrival of that answer. */
  readonly pauses: { readonly batchId: string; readonly answeredAt: number; readonly until: number }[] = [];
  /** The first call for each of the product's ids. */
  readonly byCallId = new Map<string, CarrierCall>();
  readonly #byNumber = new Map<string, CarrierCall[]>();
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #next = new Map<CarrierCall, Event>();
  readonly watchers: Watcher[] = [];
  /** Epoch ms. Most calls fail meanwhile. */
  outage: { readonly from: number; readonly until: number } | null = null;

  constructor(scheduler: Scheduler, chance: Chance) {
    this.#scheduler = scheduler;
    this.#chance = chance;
  }

  /** The batch has just been told to come back later. */
  asksToWait(batchId: string, seconds: number): void {
    const { now } = this.#scheduler;
    this.pauses.push({ batchId, answeredAt: now, until: now - 100 + 1_000 * seconds });
  }

  callsTo(number: string): readonly CarrierCall[] {
    return this.#byNumber.get(number) ?? [];
  }

  /** Rings now. `tell` gets what the carrier reports. */
  place(order: CarrierOrder, tell: Listener): CarrierCall {
    const { now } = this.#scheduler;
    const call: CarrierCall = {
      ...order,
      placedAt: now,
      listedAt: now + this.#chance.between(`listed ${order.to}`, 0, LISTED_WITHIN_MS),
      answeredAt: null,
      answeredBy: null,
      isDetected: false,
      endedAt: null,
      end: null,
      endReason: null,
      heardAt: null,
    };
    const isRepeat = this.byCallId.has(order.callId);
    if (!isRepeat) this.byCallId.set(order.callId, call);
    this.calls.push(call);
    const others = this.#byNumber.get(order.to);
    if (others === undefined) this.#byNumber.set(order.to, [call]);
    else others.push(call);
    for (const watcher of this.watchers) watcher.placed(call, isRepeat);
    this.#live(call, tell);
    return call;
  }

  /** The product has accepted a callback with this news. */
  isHeardOf(call: CarrierCall, news: CallNews): void {
    if (news !== "detected") call.heardAt ??= this.#scheduler.now;
  }

  /** By the carrier's API: the call ends at once. */
  hangUp(call: CarrierCall, tell: Listener): void {
    if (call.end !== null) return;
    this.#end(call, call.answeredAt === null ? "cancelled" : "completed", "api_cancelled", tell);
  }

  #live(call: CarrierCall, tell: Listener): void {
    const chance = this.#chance;
    const name = `life ${call.to}`;
    const { outage } = this;
    const isOut = outage !== null && call.placedAt >= outage.from && call.placedAt < outage.until;
    const life =
      isOut && chance.happens(`outage ${call.to}`, FAIL_IN_AN_OUTAGE) ? "failed" : lifeOf(chance.share(name));
    const ringsMs = chance.between(name, 500, Math.min(12_000, call.ringsAtMostMs - 1));
    switch (life) {
      case "busy":
        this.#after(call, ringsMs, () => this.#end(call, "busy", "dial_busy", tell));
        return;
      case "failed":
        this.#after(call, ringsMs / 4, () => this.#end(call, "failed", "dial_failed", tell));
        return;
      case "no_answer":
        this.#after(call, call.ringsAtMostMs, () => this.#end(call, "no_answer", "dial_no_answer", tell));
        return;
      case "talks":
      case "machine":
      case "for ever":
        this.#after(call, ringsMs, () => this.#answer(call, life, tell));
        return;
    }
  }

  #answer(call: CarrierCall, life: LifeOfCall, tell: Listener): void {
    const chance = this.#chance;
    const name = `life ${call.to}`;
    call.answeredAt = this.#scheduler.now;
    call.answeredBy = life === "machine" ? "machine" : "human";
    tell(call, "answered");
    if (call.tellsWhoAnswers) {
      const detectedMs = chance.between(name, 200, DETECTED_WITHIN_MS);
      this.#scheduler.schedule(detectedMs, this.actor, "detected", () => {
        if (call.end !== null) return;
        call.isDetected = true;
        tell(call, "detected");
      });
    }
    const talksMs = life === "for ever" ? call.lastsAtMostMs : chance.between(name, 1_000, 90_000);
    const [lastsMs, reason] =
      talksMs >= call.lastsAtMostMs ? [call.lastsAtMostMs, "max_duration"] : [talksMs, "client_hangup"];
    this.#after(call, lastsMs, () => this.#end(call, "completed", reason, tell));
  }

  #after(call: CarrierCall, ms: number, step: () => void): void {
    this.#next.set(call, this.#scheduler.schedule(ms, this.actor, "phone", step));
  }

  #end(call: CarrierCall, end: CallEnd, reason: string, tell: Listener): void {
    const next = this.#next.get(call);
    if (next !== undefined) next.isCancelled = true;
    this.#next.delete(call);
    call.end = end;
    call.endReason = reason;
    call.endedAt = this.#scheduler.now;
    for (const watcher of this.watchers) watcher.ended?.(call);
    tell(call, "ended");
  }
}

function lifeOf(share: number): LifeOfCall {
  let left = share * 100;
  for (const { life, weight } of LIVES) {
    left -= weight;
    if (left < 0) return life;
  }
  return "talks";
}

export const durationSeconds = ({ answeredAt, endedAt }: CarrierCall): number =>
  answeredAt === null || endedAt === null ? 0 : Math.round((endedAt - answeredAt) / 1_000);
