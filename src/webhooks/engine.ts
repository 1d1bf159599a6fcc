/**
 * Decides about a webhook's deliveries. It takes an event and its time, changes the rows in one transaction, and returns
 * effects as data. After every event it starts due deliveries, up to its limits. Synchronous: no clock, randomness or network.
 */

import type { WebhookEvent } from "../calling/messages/webhook.ts";
import { present } from "../calling/requests/assert.ts";
import type { Endpoint } from "../organization/messages/telephony.ts";
import type { Sql } from "../storage/sql.ts";
import { afterAttempt, failingSince, isAccepted, whyDisabled } from "./attempt.ts";
import { Deliveries } from "./deliveries.ts";
import type { AttemptOutcome, DeliveryMessage, DeliveryOrder } from "./rpc.ts";
import { atOnce, nextTryAt, QUICK_MS, REFUSED_FOR_MS, type Sending, SLOW_FOR_MS, toTry, wayOf } from "./sending.ts";

/** One attempt of a delivery. */
export type Attempt = { readonly deliveryId: string; readonly attempt: number };

/** `chance`: random, from 0 to 1, so that webhooks that failed together do not retry together. */
export type DeliveryEvent =
  /** An alarm rang, or the timer: due deliveries are tried. */
  | { readonly kind: "woken" }
  /** A known event changes nothing. `isKept`: their batch keeps them until `deliveries.areStored`. */
  | { readonly kind: "taken"; readonly events: readonly WebhookEvent[]; readonly isKept: boolean }
  /** A finished delivery gets a new series of retries. A pending one is only tried earlier. */
  | { readonly kind: "reordered"; readonly deliveryId: string }
  | ({ readonly kind: "settled"; readonly outcome: AttemptOutcome; readonly chance: number } & Attempt)
  /** The object's own delivery is over. `tookMs`: its request's time; null if none was sent. `settled` has the outcome. */
  | { readonly kind: "own_over"; readonly tookMs: number | null }
  | { readonly kind: "queue_refused"; readonly attempts: readonly Attempt[]; readonly chance: number }
  /** The webhook is disabled: all its deliveries end. */
  | { readonly kind: "disabled" }
  /** A delivery in flight may still arrive at its receiver. */
  | { readonly kind: "erased"; readonly callIds: readonly string[] }
  /** Finished deliveries that were ordered by then are deleted. */
  | { readonly kind: "aged"; readonly until: number };

export type Effect =
  /** The object delivers itself. It answers `own_over`, and `settled` if there is an outcome. */
  | ({ readonly kind: "deliver" } & Attempt)
  /** Answers `queue_refused`, or nothing: the queue's consumer asks for the order, and settles it. */
  | { readonly kind: "enqueue"; readonly messages: readonly DeliveryMessage[] }
  /** The organization disables the webhook. */
  | { readonly kind: "disable"; readonly webhookId: string; readonly why: string }
  /** `woken`, no later, even if the object stops meanwhile. */
  | { readonly kind: "ring_by"; readonly at: number }
  /** Answers `woken` within a second, if the object is still in memory then. */
  | { readonly kind: "wake"; readonly at: number };

type WebhookRow = { id: string; organization_id: string; failing_since: number | null };

const SELECT = /*sql*/ `SELECT id, organization_id, failing_since FROM webhook`;
const SET_FAILING = /*sql*/ `UPDATE webhook SET failing_since = ?`;

export class Engine {
  readonly #sql: Sql;
  #webhook: WebhookRow;
  readonly deliveries: Deliveries;
  /** When each delivery was sent to the queue, or begun here. If it is lost, they are sent again: at worst twice. */
  readonly #underWay = new Map<string, number>();
  /** If it is lost, one more delivery may go the other way. A lost own delivery counts as a lost message. */
  #sending: Sending = { own: 0, failuresInARow: 0, slowUntil: 0, refusedUntil: 0 };

  /** The webhook must be stored. */
  constructor(sql: Sql) {
    this.#sql = sql;
    this.#webhook = sql.one<WebhookRow>(SELECT);
    this.deliveries = new Deliveries(sql);
  }

  get id(): string {
    return this.#webhook.id;
  }

  get organizationId(): string {
    return this.#webhook.organization_id;
  }

  /** False if the attempt is out of date. */
  isNext({ deliveryId, attempt }: Attempt): boolean {
    return this.deliveries.waiting.get(deliveryId)?.attempts === attempt - 1;
  }

  /** What to send; the attempt is in flight from now on. Null if the attempt is out of date. */
  begin(attempt: Attempt, { url, secrets }: Endpoint, now: number): DeliveryOrder | null {
    if (!this.isNext(attempt)) return null;
    const { id: webhookId, organization_id: organizationId } = this.#webhook;
    this.#underWay.set(attempt.deliveryId, now);
    return { webhookId, organizationId, url, secrets, event: this.deliveries.eventOf(attempt.deliveryId) };
  }

  /** If it throws, the deliveries must be read from their rows again. */
  handle(event: DeliveryEvent, now: number): readonly Effect[] {
    return this.#sql.transaction(() => {
      const effects = [...this.#heard(event, now)];
      const isHeldUp = this.#act(now, effects);
      const saveAt = this.deliveries.save((id) => this.#underWay.has(id), now);
      this.#ring(isHeldUp, now, effects);
      if (saveAt !== null) effects.push({ kind: "wake", at: saveAt });
      return effects;
    });
  }

  #heard(event: DeliveryEvent, now: number): readonly Effect[] {
    switch (event.kind) {
      case "woken":
        break;
      case "taken":
        this.deliveries.take(event.events, event.isKept, now);
        break;
      case "reordered":
        this.#reorder(event.deliveryId, now);
        break;
      case "settled":
        return this.#settle(event, event.outcome, event.chance, now);
      case "own_over": {
        const isSlow = event.tookMs !== null && event.tookMs > QUICK_MS;
        const { own, slowUntil } = this.#sending;
        this.#sending = {
          ...this.#sending,
          own: Math.max(0, own - 1),
          slowUntil: isSlow ? now + SLOW_FOR_MS : slowUntil,
        };
        break;
      }
      case "queue_refused":
        this.#sending = { ...this.#sending, refusedUntil: now + (REFUSED_FOR_MS * (1 + event.chance)) / 2 };
        for (const attempt of event.attempts) if (this.isNext(attempt)) this.#underWay.delete(attempt.deliveryId);
        break;
      case "disabled":
        this.deliveries.failAll("the webhook was disabled", now);
        this.#underWay.clear();
        // What failed before does not count against it once somebody has enabled it again.
        this.#failingIs(null);
        break;
      case "erased": {
        const isGone = new Set<string | null>(event.callIds);
        for (const id of this.deliveries.erase(({ call_id }) => isGone.has(call_id))) this.#underWay.delete(id);
        break;
      }
      case "aged":
        this.deliveries.erase(({ due_at, ordered_at }) => due_at === null && ordered_at <= event.until);
    }
    return [];
  }

  #reorder(deliveryId: string, now: number): void {
    const delivery = this.deliveries.find(deliveryId);
    if (delivery === null) return;
    const anew = delivery.status === "pending" ? {} : { tries: 0, ordered_at: now };
    this.deliveries.change({ ...delivery, status: "pending", due_at: now, ...anew }, now);
  }

  #settle(attempt: Attempt, outcome: AttemptOutcome, chance: number, now: number): readonly Effect[] {
    const { deliveryId } = attempt;
    const row = this.isNext(attempt) ? this.deliveries.find(deliveryId) : null;
    if (row === null) return [];
    const after = afterAttempt(row, outcome, now, chance);
    this.deliveries.change(after, now);
    const failing = failingSince(this.#webhook.failing_since, outcome, now);
    this.#failingIs(failing);
    const failuresInARow = isAccepted(outcome) ? 0 : this.#sending.failuresInARow + 1;
    this.#sending = { ...this.#sending, failuresInARow };
    this.#underWay.delete(deliveryId);
    const why = whyDisabled(outcome, failing, now);
    return why === null ? [] : [{ kind: "disable", webhookId: this.id, why }];
  }

  #failingIs(since: number | null): void {
    if (since === this.#webhook.failing_since) return;
    this.#sql.run(SET_FAILING, since);
    this.#webhook = { ...this.#webhook, failing_since: since };
  }

  /** Starts due deliveries, up to the limits. Returns whether others are due and have no way now. */
  #act(now: number, effects: Effect[]): boolean {
    const messages: DeliveryMessage[] = [];
    let isHeldUp = false;
    for (const deliveryId of toTry(this.deliveries.waiting, this.#underWay, this.#atOnce, now)) {
      const attempt = present(this.deliveries.waiting.get(deliveryId), "what is tried waits").attempts + 1;
      const way = wayOf(this.#sending, now);
      isHeldUp = way === null;
      if (isHeldUp) break;
      this.#underWay.set(deliveryId, now);
      if (way === "queue") {
        this.deliveries.storeNow(deliveryId);
        messages.push({ webhookId: this.id, deliveryId, attempt });
      } else {
        this.#sending = { ...this.#sending, own: this.#sending.own + 1 };
        effects.push({ kind: "deliver", deliveryId, attempt });
      }
    }
    if (messages.length > 0) effects.push({ kind: "enqueue", messages });
    return isHeldUp;
  }

  /** An alarm is never deleted: one that finds nothing to do costs less. */
  #ring(isHeldUp: boolean, now: number, effects: Effect[]): void {
    const next = nextTryAt(this.deliveries.waiting, this.#underWay, this.#atOnce, now);
    if (next === null || !this.deliveries.isAlarmNeeded) return;
    // Deliveries that are held up continue when one of the object's own ends, or when the queue takes messages again.
    effects.push({ kind: "ring_by", at: isHeldUp ? Math.max(next, this.#sending.refusedUntil) : next });
  }

  get #atOnce(): number {
    return atOnce(this.#sending.failuresInARow);
  }
}
