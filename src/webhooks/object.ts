/**
 * One webhook with its deliveries. Batches hand over events, which are stored before the answer.
 *
 * The object delivers some events itself. Others go through the queue: those for a receiver that fails or is slow, and
 * those beyond its own capacity (`wayOf` in `sending.ts`). It learns the outcome of each attempt and retries for a day.
 *
 * What is due follows from the rows, so a message that the queue loses is sent again. Each webhook has its own object,
 * so its failures and its traffic affect no other. The organization decides where it delivers.
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
import type { Endpoint, OrganizationRpc } from "../organization/rpc.ts";
import { jittered, Peer } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { unknownCursor } from "../storage/listing.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { afterAttempt, failingSince, isAccepted, whyDisabled } from "./attempt.ts";
import {
  type DeliveryRow,
  deleteDeliveries,
  deliveriesNewerThan,
  deliveriesOfCalls,
  deliveriesOlderThan,
  deliveryView,
  eventOf,
  failPending,
  findDelivery,
  insertDelivery,
  KEPT,
  standings,
  updateDelivery,
} from "./deliveries.ts";
import { WEBHOOK_STEPS } from "./migrations.ts";
import type { AttemptOutcome, DeliveryMessage, DeliveryOrder, DeliveryView, WebhookOwner, WebhookRpc } from "./rpc.ts";
import {
  atOnce,
  nextTryAt,
  QUICK_MS,
  REFUSED_FOR_MS,
  type Sending,
  SLOW_FOR_MS,
  toTry,
  UNHEARD_MS,
  WAITING_AT_MOST,
  type Waiting,
  wayOf,
} from "./sending.ts";

type WebhookRow = { id: string; organization_id: string; failing_since: number | null };

const INSERT = /*sql*/ `INSERT INTO webhook (only_row, id, organization_id) VALUES (1, ?, ?)`;
const SELECT = /*sql*/ `SELECT id, organization_id, failing_since FROM webhook`;
const SET_FAILING = /*sql*/ `UPDATE webhook SET failing_since = ?`;

const TOO_MANY_WAIT = `${WAITING_AT_MOST} deliveries were already waiting, so it was not tried`;
/** How long URL and secrets may be out of date if the message about their change was lost. */
const ENDPOINT_FRESH_MS = 60_000;
/** Finished deliveries are deleted together, once there are this many more than are kept. */
const PRUNE_SLACK = 50;

export abstract class WebhookObject extends DurableObject<Bindings> implements WebhookRpc {
  /** Sends the HTTP request (`api/webhook-delivery.ts`). */
  protected abstract readonly post: (order: DeliveryOrder) => Promise<AttemptOutcome>;
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  /** Null until the first event: an unused object stores nothing. */
  #webhook: WebhookRow | null = null;
  /** All pending deliveries, by id and so by age. Derived from the rows. */
  readonly #waiting = new Map<string, Waiting>();
  /** When each was sent to the queue, or begun here. Losing it sends them again, which delivers twice at worst. */
  #underWay = new Map<string, number>();
  /** Losing it lets a failing webhook have more deliveries in flight for a moment. */
  #failuresInARow = 0;
  /** Deliveries that this object is making itself. If the object stops, each counts as a lost message. */
  #own = 0;
  /** Losing these sends one more delivery by the other way. */
  #slowUntil = 0;
  #refusedUntil = 0;
  /** Finished deliveries that are kept. Derived from the rows. */
  #over = new Set<string>();
  #endpoint: { endpoint: Endpoint | null; at: number } | null = null;
  readonly #organization = new Peer<OrganizationRpc>(() => {
    const webhook = present(this.#webhook, "what has deliveries has a webhook");
    return this.env.ORGANIZATIONS.getByName(webhook.organization_id);
  });

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.#sql = new Sql(ctx.storage);
    this.#alarm = new AlarmClock(ctx.storage);
    if (isCreated(this.#sql)) {
      migrate(this.#sql, WEBHOOK_STEPS);
      this.#recount();
    }
  }

  // --- from batches and the API ---

  async take(owner: WebhookOwner, events: readonly WebhookEvent[]): Promise<void> {
    const now = Date.now();
    // Set before anything is stored, so the object wakes and continues whatever happens.
    this.#alarm.ringBy(now + UNHEARD_MS, now);
    if (this.#webhook === null) this.#create(owner);
    this.#sql.transaction(() => {
      for (const event of events) {
        const refused = this.#waiting.size < WAITING_AT_MOST ? null : TOO_MANY_WAIT;
        if (!insertDelivery(this.#sql, event, refused, now)) continue;
        if (refused === null) this.#waiting.set(event.id, { attempts: 0, dueAt: now });
        else this.#over.add(event.id);
      }
    });
    this.#prune();
    this.#act(now);
  }

  async sendTest(owner: WebhookOwner): Promise<DeliveryView> {
    const now = Date.now();
    const event: WebhookEvent = { id: newEventId(now), at: now, about: { type: "test" } };
    await this.take(owner, [event]);
    return deliveryView(present(findDelivery(this.#sql, event.id), "the delivery was stored"));
  }

  async deliveries(request: PageRequest): Promise<Result<Page<DeliveryView>, Failure>> {
    const cursor = request.endingBefore ?? request.startingAfter;
    if (cursor !== null && this.#find(cursor) === null) return err(unknownCursor(request));
    if (this.#webhook === null) return ok(pageOf<DeliveryView>([], request));
    const { endingBefore, limit } = request;
    const rows =
      endingBefore === null
        ? deliveriesOlderThan(this.#sql, cursor, limit + 1)
        : deliveriesNewerThan(this.#sql, endingBefore, limit + 1);
    return ok(pageOf(rows.map(deliveryView), request));
  }

  async redeliver(deliveryId: string): Promise<Result<DeliveryView, Failure>> {
    const now = Date.now();
    const row = this.#find(deliveryId);
    if (row === null) return err(notFound("delivery"));
    const isOver = row.status !== "pending";
    const after: DeliveryRow = {
      ...row,
      status: "pending",
      due_at: now,
      ...(isOver ? { tries: 0, ordered_at: now } : {}),
    };
    this.#alarm.ringBy(now + UNHEARD_MS, now);
    updateDelivery(this.#sql, after);
    this.#over.delete(row.id);
    this.#waiting.set(row.id, { attempts: row.attempts, dueAt: now });
    this.#act(now);
    return ok(deliveryView(after));
  }

  /** A delivery under way may still arrive at its receiver. */
  async eraseCalls(callIds: readonly string[]): Promise<void> {
    if (this.#webhook === null) return;
    const ids = deliveriesOfCalls(this.#sql, callIds);
    deleteDeliveries(this.#sql, ids);
    for (const id of ids) {
      this.#over.delete(id);
      this.#waiting.delete(id);
      this.#underWay.delete(id);
    }
  }

  // --- from the queue's consumer ---

  async begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null> {
    if (!this.#isNext(deliveryId, attempt)) return null;
    const endpoint = await this.#currentEndpoint();
    if (endpoint === null || endpoint.isDisabled) {
      this.#stop(endpoint);
      return null;
    }
    // Another message may have come first.
    const webhook = this.#webhook;
    if (webhook === null || !this.#isNext(deliveryId, attempt)) return null;
    this.#underWay.set(deliveryId, Date.now());
    const { url, secrets } = endpoint;
    return {
      webhookId: webhook.id,
      organizationId: webhook.organization_id,
      url,
      secrets,
      event: eventOf(this.#sql, deliveryId),
    };
  }

  async settle(deliveryId: string, attempt: number, outcome: AttemptOutcome): Promise<void> {
    const now = Date.now();
    const webhook = this.#webhook;
    const row = this.#isNext(deliveryId, attempt) ? this.#find(deliveryId) : null;
    if (webhook === null || row === null) return;
    const after = afterAttempt(row, outcome, now, Math.random());
    const failing = failingSince(webhook.failing_since, outcome, now);
    this.#sql.transaction(() => {
      updateDelivery(this.#sql, after);
      if (failing !== webhook.failing_since) this.#sql.run(SET_FAILING, failing);
    });
    this.#webhook = { ...webhook, failing_since: failing };
    this.#failuresInARow = isAccepted(outcome) ? 0 : this.#failuresInARow + 1;
    this.#underWay.delete(deliveryId);
    if (after.due_at === null) {
      this.#waiting.delete(deliveryId);
      this.#over.add(deliveryId);
    } else this.#waiting.set(deliveryId, { attempts: after.attempts, dueAt: after.due_at });
    const why = whyDisabled(outcome, failing, now);
    if (why !== null) this.#background(this.#organization.ask((one) => one.disableWebhook(webhook.id, why)));
    this.#prune();
    this.#act(now);
  }

  // --- from the organization, and the alarm ---

  async endpointChanged(): Promise<void> {
    this.#endpoint = null;
    if (this.#webhook === null) return;
    const endpoint = await this.#currentEndpoint();
    if (endpoint === null || endpoint.isDisabled) this.#stop(endpoint);
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    const now = Date.now();
    if (this.#webhook === null || this.#waiting.size === 0) return;
    this.#alarm.ringBy(now + UNHEARD_MS, now);
    this.#act(now);
  }

  /** Rows read and written since the object woke, as the platform bills them. For measurements. */
  cost(): { rowsRead: number; rowsWritten: number } {
    return { rowsRead: this.#sql.rowsRead, rowsWritten: this.#sql.rowsWritten };
  }

  // --- inside ---

  /**
   * Starts the due deliveries that there is room for. An alarm that finds nothing to do costs less than deleting it.
   */
  #act(now: number): void {
    const webhookId = present(this.#webhook, "what has deliveries has a webhook").id;
    const messages: { body: DeliveryMessage }[] = [];
    const most = atOnce(this.#failuresInARow);
    let isHeldUp = false;
    for (const deliveryId of toTry(this.#waiting, this.#underWay, most, now)) {
      const attempt = present(this.#waiting.get(deliveryId), "what is tried waits").attempts + 1;
      const way = wayOf(this.#sending, now);
      isHeldUp = way === null;
      if (isHeldUp) break;
      this.#underWay.set(deliveryId, now);
      if (way === "queue") messages.push({ body: { webhookId, deliveryId, attempt } });
      else this.#background(this.#deliver(deliveryId, attempt));
    }
    if (messages.length > 0) this.#background(this.#enqueue(messages));
    const next = nextTryAt(this.#waiting, this.#underWay, most, now);
    // Deliveries that are held up continue when one of the object's own ends, or when the queue takes messages again.
    if (next !== null) this.#alarm.ringBy(isHeldUp ? Math.max(next, this.#refusedUntil) : next, now);
  }

  get #sending(): Sending {
    const [own, failuresInARow] = [this.#own, this.#failuresInARow];
    return { own, failuresInARow, slowUntil: this.#slowUntil, refusedUntil: this.#refusedUntil };
  }

  /** Delivers from this object. If the object stops meanwhile, the alarm has the delivery tried again. */
  async #deliver(deliveryId: string, attempt: number): Promise<void> {
    this.#own += 1;
    let outcome: AttemptOutcome;
    try {
      const order = await this.begin(deliveryId, attempt);
      if (order === null) return;
      const begunAt = Date.now();
      outcome = await this.post(order);
      const now = Date.now();
      if (now - begunAt > QUICK_MS) this.#slowUntil = now + SLOW_FOR_MS;
    } finally {
      this.#own -= 1;
    }
    await this.settle(deliveryId, attempt, outcome);
  }

  /**
   * If the queue refuses messages, because all webhooks together sent too many, the object continues with its own
   * deliveries.
   */
  async #enqueue(messages: readonly { readonly body: DeliveryMessage }[]): Promise<void> {
    try {
      await this.env.WEBHOOK_QUEUE.sendBatch(messages);
    } catch (error) {
      const now = Date.now();
      this.#refusedUntil = now + jittered(REFUSED_FOR_MS);
      console.warn(JSON.stringify({ event: "queue_refused", messages: messages.length, error: String(error) }));
      for (const { body } of messages) {
        if (this.#isNext(body.deliveryId, body.attempt)) this.#underWay.delete(body.deliveryId);
      }
      if (this.#webhook !== null) this.#act(now);
    }
  }

  /** Keeps only the last finished deliveries. */
  #prune(): void {
    if (this.#over.size <= KEPT + PRUNE_SLACK) return;
    const oldest = [...this.#over].sort().slice(0, -KEPT);
    deleteDeliveries(this.#sql, oldest);
    for (const id of oldest) this.#over.delete(id);
  }

  #isNext(deliveryId: string, attempt: number): boolean {
    return this.#waiting.get(deliveryId)?.attempts === attempt - 1;
  }

  #find(deliveryId: string): DeliveryRow | null {
    return this.#webhook === null ? null : findDelivery(this.#sql, deliveryId);
  }

  #create({ webhookId, organizationId }: WebhookOwner): void {
    migrate(this.#sql, WEBHOOK_STEPS);
    this.#sql.run(INSERT, webhookId, organizationId);
    this.#recount();
  }

  #recount(): void {
    this.#webhook = this.#sql.first<WebhookRow>(SELECT);
    this.#over.clear();
    this.#waiting.clear();
    for (const { id, status, attempts, due_at } of standings(this.#sql)) {
      if (status !== "pending") this.#over.add(id);
      else this.#waiting.set(id, { attempts, dueAt: present(due_at, "what waits is due some time") });
    }
  }

  /** Ends all deliveries: the webhook is disabled, or (null) deleted. Of a deleted one nothing is kept. */
  #stop(endpoint: Endpoint | null): void {
    for (const id of this.#waiting.keys()) this.#over.add(id);
    this.#waiting.clear();
    this.#underWay.clear();
    if (endpoint === null) {
      this.#webhook = null;
      this.#background(this.ctx.storage.deleteAll());
      return;
    }
    failPending(this.#sql, "the webhook was disabled");
    this.#prune();
  }

  /** Null if the webhook is deleted. Throws if the organization does not answer. */
  async #currentEndpoint(): Promise<Endpoint | null> {
    const now = Date.now();
    if (this.#endpoint !== null && now - this.#endpoint.at < ENDPOINT_FRESH_MS) return this.#endpoint.endpoint;
    const webhook = present(this.#webhook, "what has deliveries has a webhook");
    const endpoint = await this.#organization.ask((one) => one.webhookEndpoint(webhook.id));
    this.#endpoint = { endpoint, at: now };
    return endpoint;
  }

  #background(work: Promise<unknown>): void {
    this.ctx.waitUntil(
      work.catch((error) => console.warn(JSON.stringify({ event: "webhook_unheard", error: String(error) }))),
    );
  }
}
