/**
 * More connections for a batch that needs them. The platform lets an object wait for 6 responses at once (Workers,
 * Limits). A carrier that answers in 200 ms would be given 25 calls a second. A lane is an object that only talks to
 * the carrier. It stores nothing, knows nothing of the batch, and has 6 connections of its own.
 */

import { DurableObject } from "cloudflare:workers";
import type { Region } from "../../calling/words/region.ts";
import { type CarrierAccount, dialerFor } from "../../dialer/carriers.ts";
import type { PlaceOrder, PlaceOutcome } from "../../dialer/dialer.ts";
import { type Bindings, settingsOf } from "../../env.ts";
import { askCarrier, type CarrierAnswer, type CarrierQuestion } from "./question.ts";

export type LaneOrder = {
  readonly account: CarrierAccount;
  readonly order: PlaceOrder;
  /** A request must not leave after this time: soon afterwards an attempt without news counts as not placed. */
  readonly leaveBy: number;
};

/** `not_sent`: no request reached the carrier. */
export type LaneOutcome = PlaceOutcome | { readonly kind: "not_sent"; readonly message: string };

/** A question about a call, or a request to end it. */
export type LaneQuestion = {
  readonly account: CarrierAccount;
  readonly region: Region | null;
  readonly question: CarrierQuestion;
};

export interface LaneRpc {
  /** The platform must never retry this: a request that was received may have placed a call. */
  place(order: LaneOrder): Promise<LaneOutcome>;
  /** The same order was sent before, by this lane or another object, and its outcome is not known. */
  repeat(order: LaneOrder): Promise<LaneOutcome>;
  ask(question: LaneQuestion): Promise<CarrierAnswer>;
}

export class LaneObject extends DurableObject<Bindings> implements LaneRpc {
  readonly #carrierBaseUrls = settingsOf(this.env).carrierBaseUrls;

  async place(order: LaneOrder): Promise<LaneOutcome> {
    return this.#place(order, false);
  }

  async repeat(order: LaneOrder): Promise<LaneOutcome> {
    return this.#place(order, true);
  }

  async #place({ account, order, leaveBy }: LaneOrder, isRepeat: boolean): Promise<LaneOutcome> {
    if (Date.now() > leaveBy)
      return { kind: "not_sent", message: "the object that was to place the call began too late" };
    return dialerFor(account, this.#carrierBaseUrls, order.region).place(order, isRepeat);
  }

  async ask({ account, region, question }: LaneQuestion): Promise<CarrierAnswer> {
    return askCarrier(dialerFor(account, this.#carrierBaseUrls, region), question);
  }
}
