/**
 * One webhook with its deliveries. Batches hand over events, which are stored before the answer: with what came of them, if
 * that is known within a second.
 *
 * The object delivers some events itself. Others go through the queue: those for a receiver that fails or is slow, and
 * those beyond its own capacity (`wayOf` in `sending.ts`). It learns the outcome of each attempt and retries (`attempt.ts`).
 *
 * Rows say what is due, so a message that the queue loses is sent again. Each webhook has its own object,
 * so its failures and its traffic affect no other. The organization decides where it delivers. `engine.ts` decides the rest;
 * this file carries out its effects, and hands their answers back as events.
 */

import { DurableObject } from "cloudflare:workers";
import type { WebhookEvent } from "../calling/messages/webhook.ts";
import { present } from "../calling/requests/assert.ts";
import { type Failure, notFound } from "../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { newEventId } from "../calling/secrets/ids.ts";
import type { Bindings } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import { writeLog } from "../log.ts";
import type { Endpoint } from "../organization/messages/telephony.ts";
import type { OrganizationRpc } from "../organization/rpc.ts";
import { Peer } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { unknownCursor } from "../storage/listing.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { WakeTimer } from "../wake-timer.ts";
import { deliveryView } from "./delivery.ts";
import { type Attempt, type DeliveryEvent, type Effect, Engine } from "./engine.ts";
import { HeldAnswers } from "./held-answers.ts";
import { WEBHOOK_STEPS } from "./migrations.ts";
import type { AttemptOutcome, DeliveryMessage, DeliveryOrder, DeliveryView, WebhookOwner, WebhookRpc } from "./rpc.ts";
import { UNHEARD_MS } from "./sending.ts";

const INSERT = /*sql*/ `INSERT INTO webhook (only_row, id, organization_id) VALUES (1, ?, ?)`;

/** How long URL and secrets may be out of date if the message about their change was lost. */
const ENDPOINT_FRESH_MS = 60_000;

export abstract class WebhookObject extends DurableObject<Bindings> implements WebhookRpc {
  /** Sends the HTTP request (`api/webhooks/delivery.ts`). */
  protected abstract readonly post: (order: DeliveryOrder) => Promise<AttemptOutcome>;
  abstract carry(message: DeliveryMessage): Promise<void>;
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  /** Null until the first event: an unused object stores nothing. */
  #engine: Engine | null = null;
  readonly #held = new HeldAnswers();
  readonly #timer = new WakeTimer(() => this.#hear({ kind: "woken" }));
  #endpoint: { endpoint: Endpoint | null; at: number } | null = null;
  readonly #organization = new Peer<OrganizationRpc>(() => {
    const { organizationId } = present(this.#engine, "what has deliveries has a webhook");
    return this.env.ORGANIZATIONS.getByName(organizationId);
  });

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.#sql = new Sql(ctx.storage);
    this.#alarm = new AlarmClock(ctx.storage);
    if (isCreated(this.#sql)) {
      migrate(this.#sql, WEBHOOK_STEPS);
      this.#engine = new Engine(this.#sql);
    }
  }

  // --- from batches and the API ---

  async take(owner: WebhookOwner, events: readonly WebhookEvent[]): Promise<void> {
    this.#create(owner);
    this.#hear({ kind: "taken", events, isKept: true });
    const ids = events.map(({ id }) => id);
    await this.#held.wait(() => this.#engine?.deliveries.areStored(ids) ?? true);
  }

  async sendTest(owner: WebhookOwner): Promise<DeliveryView> {
    const now = Date.now();
    const event: WebhookEvent = { id: newEventId(now), at: now, about: { type: "test" } };
    this.#create(owner);
    this.#hear({ kind: "taken", events: [event], isKept: false });
    return deliveryView(present(this.#engine?.deliveries.find(event.id) ?? null, "the delivery was stored"));
  }

  async deliveries(request: PageRequest): Promise<Result<Page<DeliveryView>, Failure>> {
    const deliveries = this.#engine?.deliveries ?? null;
    const cursor = request.endingBefore ?? request.startingAfter;
    if (cursor !== null && (deliveries?.find(cursor) ?? null) === null) return err(unknownCursor(request));
    const { endingBefore, limit } = request;
    const found =
      endingBefore === null ? deliveries?.olderThan(cursor, limit + 1) : deliveries?.newerThan(endingBefore, limit + 1);
    return ok(pageOf((found ?? []).map(deliveryView), request));
  }

  async redeliver(deliveryId: string): Promise<Result<DeliveryView, Failure>> {
    this.#hear({ kind: "reordered", deliveryId });
    const delivery = this.#engine?.deliveries.find(deliveryId) ?? null;
    return delivery === null ? err(notFound("delivery")) : ok(deliveryView(delivery));
  }

  async eraseCalls(callIds: readonly string[]): Promise<void> {
    this.#hear({ kind: "erased", callIds });
  }

  async forgetUntil(at: number): Promise<void> {
    this.#hear({ kind: "aged", until: at });
  }

  async remove(): Promise<void> {
    this.#engine = null;
    this.#endpoint = null;
    this.#held.look();
    await this.#sql.deleteAll();
  }

  // --- from the queue's consumer ---

  async begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null> {
    const one: Attempt = { deliveryId, attempt };
    if (this.#engine?.isNext(one) !== true) return null;
    const endpoint = await this.#currentEndpoint();
    if (endpoint !== null && !endpoint.isDisabled) return this.#engine?.begin(one, endpoint, Date.now()) ?? null;
    this.#stop(endpoint);
    return null;
  }

  async settle(deliveryId: string, attempt: number, outcome: AttemptOutcome): Promise<void> {
    this.#hear({ kind: "settled", deliveryId, attempt, outcome, chance: Math.random() });
  }

  // --- from the organization, and the alarm ---

  async endpointChanged(): Promise<void> {
    this.#endpoint = null;
    if (this.#engine === null) return;
    const endpoint = await this.#currentEndpoint();
    if (endpoint === null || endpoint.isDisabled) this.#stop(endpoint);
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    this.#hear({ kind: "woken" });
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.#sql, this.#alarm);
  }

  // --- inside ---

  /** The first event makes the tables. */
  #create({ webhookId, organizationId }: WebhookOwner): void {
    if (this.#engine !== null) return;
    migrate(this.#sql, WEBHOOK_STEPS);
    this.#sql.run(INSERT, webhookId, organizationId);
    this.#engine = new Engine(this.#sql);
  }

  /** The clock is read once for each event. Without a webhook there is nothing to do. */
  #hear(event: DeliveryEvent): void {
    if (this.#engine === null) return;
    const now = Date.now();
    try {
      for (const effect of this.#engine.handle(event, now)) this.#carryOut(effect, now);
      this.#held.look();
    } catch (error) {
      // The rows are the truth: memory is rebuilt from them, and the work is tried later.
      this.#held.failAll(error);
      this.#engine = new Engine(this.#sql);
      this.#alarm.ringBy(now + UNHEARD_MS, now);
      throw error;
    }
  }

  #carryOut(effect: Effect, now: number): void {
    switch (effect.kind) {
      case "deliver":
        this.#background(this.#deliver(effect));
        break;
      case "enqueue":
        this.#background(this.#enqueue(effect.messages));
        break;
      case "disable":
        this.#background(this.#organization.ask((one) => one.disableWebhook(effect.webhookId, effect.why)));
        break;
      case "ring_by":
        this.#alarm.ringBy(effect.at, now);
        break;
      case "wake":
        this.#timer.ringBy(effect.at, now);
    }
  }

  /** Delivers from this object. If the object stops meanwhile, the alarm starts the delivery again. */
  async #deliver({ deliveryId, attempt }: Attempt): Promise<void> {
    let tookMs: number | null = null;
    let outcome: AttemptOutcome | null = null;
    try {
      const order = await this.begin(deliveryId, attempt);
      const begunAt = Date.now();
      if (order !== null) {
        outcome = await this.post(order);
        tookMs = Date.now() - begunAt;
      }
    } finally {
      this.#hear({ kind: "own_over", tookMs });
    }
    if (outcome !== null) await this.settle(deliveryId, attempt, outcome);
  }

  /**
   * If the queue refuses messages, because all webhooks together sent too many, the object continues with its own
   * deliveries.
   */
  async #enqueue(messages: readonly DeliveryMessage[]): Promise<void> {
    try {
      await this.env.WEBHOOK_QUEUE.sendBatch(messages.map((body) => ({ body })));
    } catch (error) {
      writeLog({ level: "warn", event: "queue_refused", messages: messages.length, error: String(error) });
      this.#hear({ kind: "queue_refused", attempts: messages, chance: Math.random() });
    }
  }

  /** The webhook is disabled, or (null) deleted. A deleted one keeps no rows. */
  #stop(endpoint: Endpoint | null): void {
    if (endpoint === null) this.#background(this.remove());
    else this.#hear({ kind: "disabled" });
  }

  /** Null if the webhook is deleted. Throws if the organization does not answer. */
  async #currentEndpoint(): Promise<Endpoint | null> {
    const now = Date.now();
    if (this.#endpoint !== null && now - this.#endpoint.at < ENDPOINT_FRESH_MS) return this.#endpoint.endpoint;
    const { id } = present(this.#engine, "what has deliveries has a webhook");
    const endpoint = await this.#organization.ask((one) => one.webhookEndpoint(id));
    this.#endpoint = { endpoint, at: now };
    return endpoint;
  }

  #background(work: Promise<unknown>): void {
    this.ctx.waitUntil(
      work.catch((error) => writeLog({ level: "warn", event: "webhook_unheard", error: String(error) })),
    );
  }
}
