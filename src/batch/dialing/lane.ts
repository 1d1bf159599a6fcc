/**
 * More connections for a batch that needs them. The platform lets an object wait for six answers at once (Workers, Limits),
 * so a carrier that answers after 200 ms would be given 25 calls a second, whatever it could take. A lane is an object
 * that only speaks to the carrier: it stores nothing, knows nothing of the batch, and has six connections of its own.
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
  /** A request that has not left by then must not leave: an attempt without news is soon believed not to be placed. */
  readonly leaveBy: number;
};

/** `not_sent`: nothing was asked of the carrier. */
export type LaneOutcome = PlaceOutcome | { readonly kind: "not_sent"; readonly message: string };

/** A question about a call, or the word that ends it. */
export type LaneQuestion = {
  readonly account: CarrierAccount;
  readonly region: Region | null;
  readonly question: CarrierQuestion;
};

export interface LaneRpc {
  /** Never to be made retryable for the platform: a request that was heard may have placed a call. */
  place(order: LaneOrder): Promise<LaneOutcome>;
  ask(question: LaneQuestion): Promise<CarrierAnswer>;
}

export class LaneObject extends DurableObject<Bindings> implements LaneRpc {
  readonly #carrierBaseUrls = settingsOf(this.env).carrierBaseUrls;

  async place({ account, order, leaveBy }: LaneOrder): Promise<LaneOutcome> {
    if (Date.now() > leaveBy) return { kind: "not_sent", message: "the lane that was to place the call came too late" };
    return dialerFor(account, this.#carrierBaseUrls, order.region).place(order);
  }

  async ask({ account, region, question }: LaneQuestion): Promise<CarrierAnswer> {
    return askCarrier(dialerFor(account, this.#carrierBaseUrls, region), question);
  }
}
