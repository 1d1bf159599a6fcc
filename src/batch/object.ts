/**
 * One batch: its recipients, its attempts, and the engine that dials them. Called by the API with the organization that
 * the client's key named, by carriers' callbacks, by the organization's ledger, and by its own alarm.
 */

import { DurableObject } from "cloudflare:workers";
import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder, NewRecipient } from "../calling/messages/batch-order.ts";
import type { BatchSummary, CallView, RecipientDetail } from "../calling/messages/batch-view.ts";
import type { Grant, SlotStatement } from "../calling/messages/slots.ts";
import type { WebhookTarget } from "../calling/messages/webhook.ts";
import type { OnDuplicate } from "../calling/numbers/duplicates.ts";
import { present } from "../calling/requests/assert.ts";
import { type Failure, notFound, wrongState } from "../calling/requests/failure.ts";
import type { Page } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import type { DirectCallOutcome } from "../calling/words/direct-call.ts";
import { carrierNamed, dialerFor } from "../dialer/carriers.ts";
import { connectionProblem } from "../dialer/connection-problem.ts";
import type { CarrierRequest } from "../dialer/dialer.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import type { OrganizationRpc } from "../organization/rpc.ts";
import { isPassing, Peer, Peers } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import type { WebhookRpc } from "../webhooks/rpc.ts";
import { INTENT_DUE_MS } from "./attempts/timing.ts";
import { Engine } from "./core/engine.ts";
import type { Orders } from "./core/orders.ts";
import type { LaneRpc } from "./dialing/lane.ts";
import { LineKeeper } from "./dialing/line.ts";
import { callsFrom, findCall, listCalls, recordOf } from "./reading/call-records.ts";
import { directCallOutcomes, PLACED_WITHIN_MS } from "./reading/direct-calls.ts";
import { metadataKeys } from "./reading/metadata-keys.ts";
import { recipientDetail } from "./reading/recipient-detail.ts";
import { recipientPage } from "./reading/recipient-list.ts";
import { snapshotOf, snapshotPart } from "./reading/snapshot.ts";
import type {
  BatchCallsRequest,
  BatchRpc,
  BatchSnapshot,
  CallPart,
  MetadataKeys,
  PartRequest,
  RecipientListRequest,
  RecipientPage,
  SnapshotPart,
} from "./rpc.ts";
import type { AppendOutcome } from "./steering/append.ts";
import { Appender } from "./steering/append.ts";
import type { CallbackVerdict } from "./steering/callback.ts";
import { receiveCallback } from "./steering/callback.ts";
import { cancelCall } from "./steering/cancel-call.ts";
import { type ChangePreview, changePreview, failuresProblem, mayFail } from "./steering/change-preview.ts";
import { type BatchChange, changed, paused, resumed } from "./steering/steering.ts";
import { answeredBefore, rememberAnswer } from "./store/answered.ts";
import { findAttempt, latestAttempts } from "./store/attempts.ts";
import { type BatchRow, insertBatch, readBatch } from "./store/batch-row.ts";
import { issueTicket, type LiveTicket, revokeTickets, useTicket } from "./store/live-tickets.ts";
import { BATCH_STEPS } from "./store/migrations.ts";
import { type RecipientPage as PackedPage, packRecipients, Recipients } from "./store/recipients.ts";
import { endSocket, Live, WATCHERS_AT_MOST } from "./telling/live.ts";
import type { LiveState } from "./telling/live-message.ts";

/** A WebSocket's close code for a broken policy (RFC 6455, 7.4.1). */
const KEY_REVOKED = 1008;
const CANCELLED = wrongState("batch_cancelled", "a cancelled batch cannot be retried; create a new batch");

export class BatchObject extends DurableObject<Bindings> implements BatchRpc {
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  readonly #settings: Settings;
  /** Null until the batch is created: an object that was never created stores nothing. */
  #engine: Engine | null = null;
  readonly #live: Live;
  /** Only a batch that exists has one. */
  readonly #organization = new Peer<OrganizationRpc>(() =>
    this.env.ORGANIZATIONS.getByName(readBatch(this.#sql).organization_id),
  );
  readonly #webhooks = new Peers<WebhookRpc>((id) => this.env.WEBHOOKS.getByName(id));
  readonly #lanes = new Peers<LaneRpc>((name) => this.env.LANES.getByName(name));
  /** Made when it is first needed. */
  #appender: Appender | null = null;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.#sql = new Sql(ctx.storage);
    this.#alarm = new AlarmClock(ctx.storage);
    this.#settings = settingsOf(env);
    this.#live = new Live({ sockets: () => ctx.getWebSockets(), state: () => this.#liveState() });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    if (isCreated(this.#sql)) {
      migrate(this.#sql, BATCH_STEPS);
      this.#engine = this.#start();
    }
  }

  // --- for the API ---

  async create(order: BatchOrder, total: number, pages: readonly PackedPage[]): Promise<BatchSummary> {
    if (this.#engine !== null) return this.#engine.summary();
    const now = Date.now();
    // Before anything else is stored: whatever happens from here on, the object wakes and goes on.
    this.#alarm.recoverSoon(now);
    migrate(this.#sql, BATCH_STEPS);
    this.#sql.transaction(() => {
      insertBatch(this.#sql, order, total, now);
      new Recipients(this.#sql).insert(pages);
    });
    const engine = this.#start();
    this.#engine = engine;
    const created = engine.summary();
    engine.act(now);
    // The organization's index knows the batch before the client hears of it; if it does not answer, the alarm tells it.
    await engine.reporter.settled();
    return created;
  }

  async dialDirectly(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]> {
    await this.create(order, recipients.length, packRecipients(recipients));
    const engine = present(this.#engine, "it was created");
    await engine.placed(PLACED_WITHIN_MS);
    return directCallOutcomes(engine.route, engine.row.total_recipients, latestAttempts(this.#sql));
  }

  async snapshot(
    batchId: string,
    organizationId: string,
    withAttempts: boolean,
  ): Promise<Result<BatchSnapshot, Failure>> {
    const engine = this.#of(batchId, organizationId);
    return engine === null ? err(notFound("batch")) : ok(snapshotOf(this.#sql, engine, withAttempts, Date.now()));
  }

  async snapshotPart(
    batchId: string,
    organizationId: string,
    request: PartRequest,
  ): Promise<Result<SnapshotPart, Failure>> {
    const engine = this.#of(batchId, organizationId);
    return engine === null ? err(notFound("batch")) : ok(snapshotPart(this.#sql, engine, request));
  }

  async recipient(
    batchId: string,
    organizationId: string,
    recipientId: string,
  ): Promise<Result<RecipientDetail, Failure>> {
    const engine = this.#of(batchId, organizationId);
    return engine === null ? err(notFound("batch")) : recipientDetail(this.#sql, engine, recipientId, Date.now());
  }

  async recipients(
    batchId: string,
    organizationId: string,
    request: RecipientListRequest,
  ): Promise<Result<RecipientPage, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    return recipientPage(engine, (number) => findAttempt(this.#sql, number), request, Date.now());
  }

  async metadataKeys(batchId: string, organizationId: string, atMost: number): Promise<Result<MetadataKeys, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    return ok({ batchName: engine.row.name, ...metadataKeys(engine.recipients, engine.row.total_recipients, atMost) });
  }

  async cancel(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    engine.orders.cancel();
    await engine.reporter.settled();
    return ok(engine.summary());
  }

  async retry(batchId: string, organizationId: string, key: string | null): Promise<Result<BatchSummary, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    const before = answeredBefore<BatchSummary>(this.#sql, key, Date.now());
    if (before !== null) return ok(before);
    if (engine.roster.counts.cancelled > 0) return err(CANCELLED);
    const problem = engine.roster.counts.failed === 0 ? null : await this.#lineProblem(engine.row);
    if (problem !== null) return err(problem);
    // In the meantime it may have been cancelled.
    if (engine.roster.counts.cancelled > 0) return err(CANCELLED);
    const retried = engine.orders.retry();
    rememberAnswer(this.#sql, key, retried, Date.now());
    await engine.reporter.settled();
    return ok(retried);
  }

  async append(
    batchId: string,
    organizationId: string,
    recipients: NewRecipient[],
    onDuplicate: OnDuplicate,
    key: string | null,
  ): Promise<Result<AppendOutcome, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    this.#appender ??= new Appender(engine, (request) => this.#admitAppended(request));
    return this.#appender.append(recipients, onDuplicate, {
      before: () => answeredBefore<AppendOutcome>(this.#sql, key, Date.now()),
      remember: (outcome) => rememberAnswer(this.#sql, key, outcome, Date.now()),
    });
  }

  /** An organization that does not answer has perhaps counted them; a repeat counts nobody twice. */
  async #admitAppended(request: AppendRequest): Promise<Result<AppendAnswer, Failure>> {
    try {
      return await this.#organization.ask((one) => one.admitAppended(request));
    } catch (error) {
      if (!isPassing(error)) throw error;
      return err({ kind: "try_again" });
    }
  }

  pause(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>> {
    return this.#steer(batchId, organizationId, paused);
  }

  resume(batchId: string, organizationId: string): Promise<Result<BatchSummary, Failure>> {
    return this.#steer(batchId, organizationId, (row, _, now) => ok(resumed(row, now)));
  }

  change(
    batchId: string,
    organizationId: string,
    change: BatchChange,
    allowFailures: boolean,
  ): Promise<Result<BatchSummary, Failure>> {
    return this.#steer(batchId, organizationId, (row, roster, now) => {
      const after = changed(row, roster, change, now);
      if (!after.ok || allowFailures || !mayFail(row, after.value)) return after;
      const problem = failuresProblem(this.#previewed(after.value, now));
      return problem === null ? after : err(problem);
    });
  }

  async previewChange(
    batchId: string,
    organizationId: string,
    change: BatchChange,
  ): Promise<Result<ChangePreview, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    const now = Date.now();
    const after = changed(engine.row, engine.roster, change, now);
    return after.ok ? ok(this.#previewed(after.value, now)) : after;
  }

  #previewed(after: BatchRow, now: number): ChangePreview {
    const { row, roster, callingHours, holds, recipients } = present(
      this.#engine,
      "only a batch that exists is changed",
    );
    return changePreview(
      { row, roster, callingHours, holds, recipients, latest: latestAttempts(this.#sql) },
      after,
      now,
    );
  }

  async #steer(
    batchId: string,
    organizationId: string,
    change: Parameters<Orders["steer"]>[0],
  ): Promise<Result<BatchSummary, Failure>> {
    const engine = this.#of(batchId, organizationId);
    if (engine === null) return err(notFound("batch"));
    const steered = engine.orders.steer(change);
    await engine.reporter.settled();
    return steered;
  }

  async calls(
    batchId: string,
    organizationId: string,
    request: BatchCallsRequest,
  ): Promise<Result<Page<CallView>, Failure>> {
    const engine = this.#of(batchId, organizationId);
    return engine === null ? err(notFound("batch")) : listCalls(this.#sql, engine, request);
  }

  async callsFrom(organizationId: string, part: CallPart): Promise<CallView[]> {
    const engine = this.#of(null, organizationId);
    return engine === null ? [] : callsFrom(this.#sql, engine, part);
  }

  async call(organizationId: string, callNumber: number): Promise<Result<CallView, Failure>> {
    const engine = this.#of(null, organizationId);
    return engine === null ? err(notFound("call")) : findCall(this.#sql, engine, callNumber);
  }

  async cancelCall(organizationId: string, callNumber: number): Promise<Result<null, Failure>> {
    const engine = this.#of(null, organizationId);
    return engine === null ? err(notFound("call")) : cancelCall(this.#sql, engine, callNumber);
  }

  // --- for watchers ---

  async liveTicket(batchId: string, organizationId: string, keyId: string): Promise<Result<LiveTicket, Failure>> {
    const engine = this.#of(batchId, organizationId);
    return engine === null ? err(notFound("batch")) : ok(issueTicket(this.#sql, keyId, Date.now()));
  }

  /** A WebSocket for whoever has a ticket. 401: a ticket that is not good; 429: too many watch already. */
  override async fetch(request: Request): Promise<Response> {
    const now = Date.now();
    const ticket = new URL(request.url).searchParams.get("ticket") ?? "";
    const keyId = this.#engine === null ? null : useTicket(this.#sql, ticket, now);
    if (keyId === null) return new Response(null, { status: 401 });
    if (this.ctx.getWebSockets().length >= WATCHERS_AT_MOST) return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [keyId]);
    this.#live.welcome(server, now);
    return new Response(null, { status: 101, webSocket: client });
  }

  async keyRevoked(keyId: string): Promise<void> {
    if (this.#engine === null) return;
    revokeTickets(this.#sql, keyId);
    for (const socket of this.ctx.getWebSockets(keyId)) socket.close(KEY_REVOKED, "the API key was revoked");
  }

  /** Watchers say nothing that matters; pings are answered without waking the object. */
  override webSocketMessage(): void {}

  /** Answers a watcher's goodbye; without an answer its side waits for one and then says that the connection broke. */
  override webSocketClose(socket: WebSocket, code: number): void {
    endSocket(socket, code);
  }

  // --- for carriers ---

  async callback(callNumber: number, token: string | null, request: CarrierRequest): Promise<CallbackVerdict> {
    return this.#engine === null ? { kind: "forbidden" } : receiveCallback(this.#engine, callNumber, token, request);
  }

  // --- for the organization ---

  async granted(grant: Grant): Promise<SlotStatement | null> {
    if (this.#engine === null) return null;
    // Direct calls were granted before their object was made, and where it was long in coming the slots were taken back.
    // Only the answer to their own report says that they still have them.
    if (this.#engine.row.kind === "direct") return this.#engine.statement();
    this.#engine.granted({ grantedRequest: grant.requestNumber, grantedSlots: grant.slots });
    return this.#engine.statement();
  }

  async webhooksAre(targets: readonly WebhookTarget[]): Promise<void> {
    this.#engine?.webhooksAre(targets);
  }

  async statement(): Promise<SlotStatement | null> {
    return this.#engine?.statement() ?? null;
  }

  async rulesChanged(listed: readonly string[]): Promise<void> {
    this.#engine?.rulesChanged(listed);
  }

  async wake(): Promise<void> {
    this.#engine?.act(Date.now());
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    const now = Date.now();
    if (this.#engine === null) return;
    // Should anything below fail, the object wakes again.
    this.#alarm.recoverSoon(now);
    this.#engine.act(now);
  }

  /** Since the object woke: what the platform bills. For measurements. */
  cost(): StorageCost {
    return costOf(this.#sql, this.#alarm);
  }

  // --- inside ---

  #start(): Engine {
    const { id, organization_id, agent_id, from_number_id } = readBatch(this.#sql);
    return new Engine({
      sql: this.#sql,
      alarm: this.#alarm,
      route: present(routeOfBatch(id), "a stored batch has a batch's id"),
      line: new LineKeeper(
        () => this.#organization.ask((one) => one.dialing(agent_id, from_number_id)),
        (dialing) => dialerFor(dialing.account, this.#settings.carrierBaseUrls, readBatch(this.#sql).region),
      ),
      checkMs: this.#settings.callCheckMs,
      report: (report) => this.#organization.ask((one) => one.report(report)),
      callOf: async (row) => recordOf(present(this.#engine, "only a batch that exists has calls"), row),
      sendEvents: (webhookId, events) =>
        this.#webhooks.named(webhookId).ask((one) => one.take({ webhookId, organizationId: organization_id }, events)),
      clear: (request) => this.#organization.ask((one) => one.clear(request)),
      lane: (lane, order) => this.#lanes.named(`${id}/${lane}`).ask((one) => one.place(order), INTENT_DUE_MS),
      background: (work) => this.ctx.waitUntil(work.catch(logUnexpected)),
      changed: (row, now) => this.#live.changed(row, now),
    });
  }

  /**
   * Null where people can be dialed. While a batch is over its agent and its number may be deleted, or the agent be made one of
   * another kind, and nobody would be called. An organization that does not answer is asked again before anybody is dialed.
   */
  async #lineProblem({ agent_id, from_number_id }: BatchRow): Promise<Failure | null> {
    try {
      const line = await this.#organization.ask((one) => one.dialing(agent_id, from_number_id));
      if (!line.ok) return line.failure.kind === "not_configured" ? null : line.failure;
      const { account, agent } = line.value;
      return connectionProblem(carrierNamed(account.carrier), agent.connection);
    } catch {
      return null;
    }
  }

  #liveState(): LiveState {
    const engine = present(this.#engine, "only a batch that exists is watched");
    const { route, row, roster } = engine;
    return { route, row, summary: engine.summary(), counts: roster.counts, inFlight: roster.flying };
  }

  /**
   * The engine, if there is a batch, it has this id and it is this organization's. Ids with the same route lead here and
   * are not this batch, and direct calls are no batch; null where the caller came by a call's id, whose route is all there is.
   */
  #of(batchId: string | null, organizationId: string): Engine | null {
    const engine = this.#engine;
    if (engine === null || engine.row.organization_id !== organizationId) return null;
    if (batchId === null) return engine;
    return engine.row.id === batchId && engine.row.kind === "batch" ? engine : null;
  }
}

function logUnexpected(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(JSON.stringify({ event: "unexpected", error: text }));
}
