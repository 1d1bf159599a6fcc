/**
 * One webhook: the deliveries to it. Batches hand it their events, which it stores before it answers. It delivers some at a
 * time itself, and has others tried through the queue: those of a receiver that fails or is slow, and those for which it has no
 * room (`sending.ts`, `wayOf`). It hears what became of each, and has it tried again for a day.
 *
 * What is due follows from the rows, so a message that the queue loses is sent again, and a webhook has an object of its
 * own, so that neither its failures nor its traffic are anybody else's. Where it delivers is the organization's to say.
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

const TOO_MANY_WAIT = `${WAITING_AT_MOST} deliveries were waiting already; it was not tried`;
/** How long URL and secrets may be out of date where a change of them was not heard. */
const ENDPOINT_FRESH_MS = 60_000;
/** So many more than are kept, and they are deleted together. */
const PRUNE_SLACK = 50;

export abstract class WebhookObject extends DurableObject<Bindings> implements WebhookRpc {
  /** The HTTP, which is the API's (`api/webhook-delivery.ts`). */
  protected abstract readonly post: (order: DeliveryOrder) => Promise<AttemptOutcome>;
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  /** Null until the first event: an object that was never used stores nothing. */
  #webhook: WebhookRow | null = null;
  /** Everything pending, by id and so by age. A recount of the rows. */
  readonly #waiting = new Map<string, Waiting>();
  /** When each was sent to the queue, or begun here. Losing it sends them again, which at worst delivers twice. */
  #underWay = new Map<string, number>();
  /** Losing it lets a failing webhook have more tried at once for a moment. */
  #failuresInARow = 0;
  /** Those that are delivered from here; losing them with the object's life is a lost message. */
  #own = 0;
  /** Losing these has one more tried by the other way. */
  #slowUntil = 0;
  #refusedUntil = 0;
  /** Those that are over and still kept. A recount of the rows, too. */
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
    // Before anything is stored: whatever happens from here on, the object wakes and goes on.
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

  // --- from the queue's consumer ---

  async begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null> {
    if (!this.#isNext(deliveryId, attempt)) return null;
    const endpoint = await this.#currentEndpoint();
    if (endpoint === null || endpoint.isDisabled) {
      this.#stop(endpoint);
      return null;
    }
    // Meanwhile another message may have come first.
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

  /** Rows read and written since the object woke: what the platform bills. For measurements. */
  cost(): { rowsRead: number; rowsWritten: number } {
    return { rowsRead: this.#sql.rowsRead, rowsWritten: this.#sql.rowsWritten };
  }

  // --- inside ---

  /** Has tried what is due, as far as there is room. An alarm that finds nothing costs less than one that is deleted. */
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
    // What is held up goes on when one that is delivered from here is over, or the queue takes messages again.
    if (next !== null) this.#alarm.ringBy(isHeldUp ? Math.max(next, this.#refusedUntil) : next, now);
  }

  get #sending(): Sending {
    const [own, failuresInARow] = [this.#own, this.#failuresInARow];
    return { own, failuresInARow, slowUntil: this.#slowUntil, refusedUntil: this.#refusedUntil };
  }

  /** From here. Where the object dies meanwhile, its alarm has it tried again. */
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

  /** One that refuses them, because others have sent it too many, holds up nobody: the object goes on with them itself. */
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

  /** Of those that are over only the last ones are kept. */
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

  /** Nothing is sent any more: the webhook is disabled, or (null) gone, and then nothing of it is kept. */
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

  /** Null where the webhook is gone. Throws where the organization does not answer. */
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
