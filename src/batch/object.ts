/**
 * One batch: its recipients, its attempts, and the engine that dials them. Called by the API with the organization of
 * the client's key, by carriers' callbacks, by the organization's ledger, and by its own alarm.
 */

import { DurableObject } from "cloudflare:workers";
import { archiveBucket } from "../archive/bucket.ts";
import type { Act } from "../calling/messages/act.ts";
import type { BatchOrder, NewRecipient } from "../calling/messages/batch-order.ts";
import type { BatchSummary, CallView, PersonPlace, RecipientDetail } from "../calling/messages/batch-view.ts";
import type { PersonErased, PersonInBatch } from "../calling/messages/erasure.ts";
import type { Grant, SlotStatement } from "../calling/messages/slots.ts";
import type { WebhookTarget } from "../calling/messages/webhook.ts";
import type { OnDuplicate } from "../calling/numbers/duplicates.ts";
import { hashOfLabel, type PersonHash, type PersonNamed } from "../calling/numbers/person-hash.ts";
import { present } from "../calling/requests/assert.ts";
import { type Failure, notFound, type Resource, TRY_AGAIN } from "../calling/requests/failure.ts";
import type { Page } from "../calling/requests/page.ts";
import { type Err, err, mapped, ok, type Result } from "../calling/requests/result.ts";
import { randomBytes, routeOfBatch } from "../calling/secrets/ids.ts";
import type { DirectCallOutcome } from "../calling/words/direct-call.ts";
import { labelsOf, type RemarksChange } from "../calling/words/remarks.ts";
import type { CarrierRequest } from "../dialer/dialer.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import { textOf, writeLog } from "../log.ts";
import type { OrganizationRpc } from "../organization/rpc.ts";
import { isPassing, Peer, Peers } from "../peer.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import type { WebhookRpc } from "../webhooks/rpc.ts";
import { Batch } from "./core/batch.ts";
import { remarkProblem } from "./core/orders.ts";
import type { Answers, AppendOutcome, CallbackVerdict, Requests } from "./core/requests.ts";
import type { LaneRpc } from "./dialing/lane.ts";
import { Executor } from "./executor.ts";
import { Leaving } from "./leaving.ts";
import { personErased, personInBatch } from "./people/erasing.ts";
import { callLines } from "./reading/archived-calls.ts";
import { callsBeside, callsFrom, findCall, listCalls } from "./reading/call-records.ts";
import { directCallOutcomes, PLACED_WITHIN_MS } from "./reading/direct-calls.ts";
import { metadataKeys } from "./reading/metadata-keys.ts";
import { placesOf, recipientDetail } from "./reading/recipient-detail.ts";
import { recipientPage, storedCalls } from "./reading/recipient-list.ts";
import { snapshotOf, snapshotPart } from "./reading/snapshot.ts";
import type {
  BatchCallsRequest,
  BatchRpc,
  BatchSnapshot,
  CallLines,
  CallPart,
  ErasedCall,
  MetadataKeys,
  PartRequest,
  RecipientListRequest,
  RecipientPage,
  SnapshotPart,
} from "./rpc.ts";
import type { ChangePreview } from "./steering/change-preview.ts";
import { type BatchChange, changed, type SteeringWord } from "./steering/steering.ts";
import { type BatchRow, firstRow, readBatch } from "./store/batch-row.ts";
import { isDeleted, markDeleted, REMEMBERED_MS } from "./store/deletion.ts";
import { issueTicket, type LiveTicket, revokeTickets, useTicket } from "./store/live-tickets.ts";
import { BATCH_LATE, BATCH_STEPS } from "./store/migrations.ts";
import { type RecipientPage as PackedPage, Recipients } from "./store/recipients.ts";
import { unusedLabels } from "./store/remarks.ts";
import { endSocket, KEY_IS_GONE, Live, WATCHERS_AT_MOST } from "./telling/live.ts";
import type { LiveState } from "./telling/live-message.ts";

/** A WebSocket's close code for an end that goes away (RFC 6455, 7.4.1). */
const BATCH_DELETED = 1001;

type Answer<T> = Promise<Result<T, Failure>>;

export class BatchObject extends DurableObject<Bindings> implements BatchRpc {
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  readonly #settings: Settings;
  #running: Executor | null = null;
  /** Memory may differ from what is stored. */
  #isToBeReadAnew = false;
  readonly #leaving: Leaving;
  readonly #live: Live;
  /** Used only by a batch that exists. */
  readonly #organization = new Peer<OrganizationRpc>(() =>
    this.env.ORGANIZATIONS.getByName(this.#present.row.organization_id),
  );
  readonly #webhooks = new Peers<WebhookRpc>((id) => this.env.WEBHOOKS.getByName(id));
  readonly #lanes = new Peers<LaneRpc>((name) => this.env.LANES.getByName(name));

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.#sql = new Sql(ctx.storage, BATCH_LATE);
    this.#alarm = new AlarmClock(ctx.storage);
    this.#settings = settingsOf(env);
    this.#leaving = new Leaving(this.#sql, (organizationId) => archiveBucket(this.env, organizationId));
    this.#live = new Live({ sockets: () => ctx.getWebSockets(), state: () => this.#liveState() });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    if (isCreated(this.#sql)) {
      migrate(this.#sql, BATCH_STEPS);
      this.#running = this.#start();
    }
  }

  // --- for the API ---

  async create(order: BatchOrder, total: number, pages: readonly PackedPage[]): Promise<BatchSummary> {
    if (this.#executor !== null) return this.#executor.batch.summary();
    if (isDeleted(this.#sql)) throw new Error("the batch was deleted, so a repeat of its request creates nothing");
    const now = Date.now();
    // Set before anything else is stored, so the object wakes and continues whatever happens.
    this.#alarm.recoverSoon(now);
    const executor = this.#opened(order, total, pages, now, (opened) => opened.hear({ kind: "woken" }, now));
    const created = executor.batch.summary();
    // The organization's index has the batch before the client gets its answer. If the organization does not answer,
    // the alarm tells it.
    await executor.told();
    return created;
  }

  async callNow(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]> {
    const { id, createdAt, requestedAt = createdAt, webhooks, organizationWindow: window } = order;
    const now = Date.now();
    if (isDeleted(this.#sql)) throw new Error("the calls of this object were deleted, so a late request calls nobody");
    if ((this.#executor?.batch.direct?.find(id) ?? null) === null) this.#alarm.recoverSoon(now);
    const request = { id, requestedAt, webhooks, ...(window === undefined ? {} : { window }) };
    const call = (by: Executor) => by.obey({ kind: "call_now", request, recipients });
    const before = this.#executor;
    if (before !== null) call(before);
    // Nobody is in it yet.
    const executor = before ?? this.#opened(order, 0, [], now, call);
    const stored = present(executor.batch.direct?.find(id), "it is stored");
    await executor.placed(stored, PLACED_WITHIN_MS);
    return directCallOutcomes(executor.batch, stored);
  }

  async dialDirectly(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]> {
    return this.callNow(order, recipients);
  }

  /** Its tables, its recipients, its row and what `first` makes of it: all or nothing. */
  #opened(
    order: BatchOrder,
    total: number,
    pages: readonly PackedPage[],
    now: number,
    first: (executor: Executor) => unknown,
  ): Executor {
    try {
      return this.#sql.transaction(() => {
        migrate(this.#sql, BATCH_STEPS);
        new Recipients(this.#sql).insert(pages);
        const executor = this.#start(firstRow(order, total, now));
        this.#running = executor;
        first(executor);
        return executor;
      });
    } catch (error) {
      // There is nothing to read.
      this.#running = null;
      this.#isToBeReadAnew = false;
      throw error;
    }
  }

  async snapshot(batchId: string, organizationId: string, withAttempts: boolean): Answer<BatchSnapshot> {
    return this.#of(batchId, organizationId, ({ batch }) => ok(snapshotOf(this.#sql, batch, withAttempts, Date.now())));
  }

  async snapshotPart(batchId: string, organizationId: string, request: PartRequest): Answer<SnapshotPart> {
    return this.#of(batchId, organizationId, ({ batch }) => ok(snapshotPart(this.#sql, batch, request)));
  }

  async recipient(batchId: string, organizationId: string, recipientId: string): Answer<RecipientDetail> {
    return this.#of(batchId, organizationId, ({ batch }) => recipientDetail(this.#sql, batch, recipientId, Date.now()));
  }

  async recipients(batchId: string, organizationId: string, request: RecipientListRequest): Answer<RecipientPage> {
    return this.#of(batchId, organizationId, ({ batch }) =>
      recipientPage(batch, storedCalls(this.#sql), request, Date.now()),
    );
  }

  async metadataKeys(batchId: string, organizationId: string, atMost: number): Answer<MetadataKeys> {
    return this.#of(batchId, organizationId, ({ batch: { row, recipients } }) =>
      ok({ batchName: row.name, ...metadataKeys(recipients, row.total_recipients, atMost) }),
    );
  }

  async cancel(batchId: string, organizationId: string, act?: Act): Answer<BatchSummary> {
    return this.#of(batchId, organizationId, async (executor) => {
      const cancelled = executor.obey({ kind: "cancel" }, act);
      await executor.told();
      return cancelled;
    });
  }

  async retry(batchId: string, organizationId: string, key: string | null, act?: Act): Answer<BatchSummary> {
    return this.#asked(batchId, organizationId, "retry", { key, act });
  }

  async append(
    batchId: string,
    organizationId: string,
    recipients: NewRecipient[],
    onDuplicate: OnDuplicate,
    key: string | null,
    act?: Act,
  ): Answer<AppendOutcome> {
    return this.#asked(batchId, organizationId, "append", { recipients, onDuplicate, key, act });
  }

  steer(batchId: string, organizationId: string, word: SteeringWord, act?: Act): Answer<BatchSummary> {
    return this.#of(batchId, organizationId, async (executor) => {
      const steered = executor.obey({ kind: "steer", word }, act);
      await executor.told();
      return steered;
    });
  }

  async change(
    batchId: string,
    organizationId: string,
    change: BatchChange,
    allowFailures: boolean,
    act?: Act,
  ): Answer<BatchSummary> {
    return this.#asked(batchId, organizationId, "change", { change, allowFailures, act });
  }

  async previewChange(batchId: string, organizationId: string, change: BatchChange): Answer<ChangePreview> {
    return this.#of(batchId, organizationId, ({ batch }) => {
      const now = Date.now();
      return mapped(changed(batch.row, batch.roster, change, now), (after) => batch.previewed(after, now));
    });
  }

  /** Answers when the organization knows what has followed, or could not be told. */
  #asked<Of extends "append" | "retry" | "change">(
    batchId: string,
    organizationId: string,
    kind: Of,
    asked: Requests[Of],
  ): Promise<Answers[Of] | Err<Failure>> {
    return this.#of(batchId, organizationId, async (executor) => {
      const answer = await executor.request(kind, asked);
      await executor.told();
      return answer;
    });
  }

  async calls(batchId: string, organizationId: string, request: BatchCallsRequest): Answer<Page<CallView>> {
    return this.#of(batchId, organizationId, (executor) => listCalls(this.#sql, executor, request));
  }

  async callsFrom(organizationId: string, part: CallPart): Promise<CallView[]> {
    const calls = await this.#ofCall(organizationId, async (executor) =>
      ok(await callsFrom(this.#sql, executor, part)),
    );
    return calls.ok ? calls.value : [];
  }

  async call(organizationId: string, callNumber: number): Answer<CallView> {
    return this.#ofCall(organizationId, (executor) => findCall(this.#sql, executor, callNumber));
  }

  async cancelCall(organizationId: string, callNumber: number, act?: Act): Answer<null> {
    return this.#ofCall(organizationId, async (executor) => {
      const ended = await executor.request("end_call", { number: callNumber, act });
      await executor.told();
      return ended;
    });
  }

  async eraseCall(organizationId: string, callNumber: number, act?: Act): Answer<ErasedCall> {
    return this.#ofCall(organizationId, async (executor) => {
      const erased = executor.obey({ kind: "erase_call", number: callNumber }, act);
      if (!erased.ok) return erased;
      // Webhooks are asked to erase next. No event may arrive there after that.
      if (!(await executor.eventsSent())) return err(TRY_AGAIN);
      const call = await findCall(this.#sql, executor, callNumber);
      return call.ok ? ok({ call: call.value, callIds: callsBeside(this.#sql, executor.batch, callNumber) }) : call;
    });
  }

  async remark(organizationId: string, callNumber: number, change: RemarksChange): Answer<CallView> {
    return this.#ofCall(organizationId, async (executor) => {
      const { batch } = executor;
      const problem = remarkProblem(batch, callNumber) ?? (await this.#indexed(batch.row, change));
      if (problem !== null) return err(problem);
      const remarked = executor.obey({ kind: "remark", number: callNumber, change });
      return remarked.ok ? findCall(this.#sql, executor, callNumber) : remarked;
    });
  }

  /** Null once the organization finds calls here by the outcome and tags. It is told before they are stored. */
  async #indexed({ created_at }: BatchRow, change: RemarksChange): Promise<Failure | null> {
    const hashes = unusedLabels(this.#sql, labelsOf(change)).map(hashOfLabel);
    if (hashes.length === 0) return null;
    try {
      await this.#organization.ask((one) => one.labelled(created_at, hashes));
      return null;
    } catch (error) {
      if (!isPassing(error)) throw error;
      return TRY_AGAIN;
    }
  }

  async placesOf(organizationId: string, person: PersonNamed): Promise<PersonPlace[]> {
    const places = await this.#ofCall(organizationId, ({ batch }) =>
      ok(placesOf(this.#sql, batch, person, Date.now())),
    );
    return places.ok ? places.value : [];
  }

  async personIn(organizationId: string, person: PersonNamed): Answer<PersonInBatch> {
    return this.#ofCall(organizationId, ({ batch }) => ok(personInBatch(batch, batch.recipients.positionsOf(person))));
  }

  async erasePerson(organizationId: string, person: PersonNamed, hashes: readonly PersonHash[]): Answer<PersonErased> {
    return this.#ofCall(organizationId, async (executor) => {
      const { batch } = executor;
      const positions = batch.recipients.positionsOf(person);
      executor.obey({ kind: "erase_person", positions });
      // Webhooks are asked to erase next. No event may arrive there after that.
      if (!(await executor.eventsSent())) return err(TRY_AGAIN);
      return ok(personErased(batch, positions, batch.recipients.positionsOf(person), hashes));
    });
  }

  async callsToDelete(batchId: string, organizationId: string): Answer<readonly string[]> {
    return this.#ofAnyKind(batchId, organizationId, (executor) => this.#leaving.calls(executor));
  }

  async callLines(batchId: string, organizationId: string, from: number): Answer<CallLines> {
    return this.#ofAnyKind(batchId, organizationId, async ({ batch }) => ok(callLines(this.#sql, batch, from)));
  }

  async archive(batchId: string, organizationId: string, folder: string, mark?: string): Answer<null> {
    return this.#ofAnyKind(batchId, organizationId, ({ batch }) => this.#leaving.archive(batch, folder, mark));
  }

  async delete(batchId: string, organizationId: string, isArchived = false): Answer<null> {
    // It never came to be, or the object died between the two steps of a deletion. It must not come to be.
    if (this.#executor === null) this.#forget();
    return this.#ofAnyKind(batchId, organizationId, async (executor) => {
      // What is being reported is answered before its row is gone.
      await executor.told();
      const problem = this.#leaving.problem(executor.batch, isArchived);
      if (problem !== null) return err(problem);
      executor.stop();
      this.#running = null;
      this.#forget();
      for (const socket of this.ctx.getWebSockets()) endSocket(socket, BATCH_DELETED);
      return ok(null);
    });
  }

  /** In one turn, so all of it becomes durable together. (A dropped table's pages would keep their bytes.) */
  #forget(): void {
    const now = Date.now();
    this.#alarm.rest();
    void this.#sql.deleteAll();
    markDeleted(this.#sql);
    this.#alarm.ringBy(now + REMEMBERED_MS, now);
  }

  // --- for watchers ---

  async liveTicket(
    batchId: string,
    organizationId: string,
    keyId: string,
    keyExpiresAt: number | null = null,
  ): Answer<LiveTicket> {
    return this.#of(batchId, organizationId, () => ok(issueTicket(this.#sql, { keyId, keyExpiresAt }, Date.now())));
  }

  /** A WebSocket for a client with a ticket. 401: the ticket is not valid; 429: too many watchers. */
  override async fetch(request: Request): Promise<Response> {
    const now = Date.now();
    const ticket = new URL(request.url).searchParams.get("ticket") ?? "";
    const watcher = this.#executor === null ? null : useTicket(this.#sql, ticket, now);
    if (watcher === null) return new Response(null, { status: 401 });
    if (this.ctx.getWebSockets().length >= WATCHERS_AT_MOST) return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [watcher.keyId]);
    this.#live.welcome(server, watcher.keyExpiresAt, now);
    // Sets the alarm by all that is due. The object may just have woken, and not know of its alarm.
    if (watcher.keyExpiresAt !== null) this.#executor?.hear({ kind: "woken" }, now);
    return new Response(null, { status: 101, webSocket: client });
  }

  async keyRevoked(keyId: string): Promise<void> {
    if (this.#executor === null) return;
    revokeTickets(this.#sql, keyId);
    for (const socket of this.ctx.getWebSockets(keyId)) socket.close(KEY_IS_GONE, "your access was ended");
  }

  /** Messages from watchers are ignored. Pings are answered without waking the object. */
  override webSocketMessage(): void {}

  /** Answers a watcher's close. Without an answer, the client waits and then reports a broken connection. */
  override webSocketClose(socket: WebSocket, code: number): void {
    endSocket(socket, code);
    this.#live.left();
  }

  // --- for carriers ---

  async callback(callNumber: number, token: string | null, request: CarrierRequest): Promise<CallbackVerdict> {
    return this.#executor?.request("callback", { number: callNumber, token, request }) ?? { kind: "forbidden" };
  }

  // --- for the organization ---

  async granted({ requestNumber, slots, batchId }: Grant): Promise<SlotStatement | null> {
    // Direct calls were granted slots before they were stored. If that took long, the slots were taken back. Only the
    // answer to their own report confirms them.
    if (this.#executor?.batch.row.kind === "batch") {
      this.#executor.hear({ kind: "granted", answer: { grantedRequest: requestNumber, grantedSlots: slots } });
    }
    return this.statement(batchId);
  }

  async webhooksAre(targets: readonly WebhookTarget[]): Promise<void> {
    this.#executor?.hear({ kind: "webhooks", targets });
  }

  async statement(batchId?: string): Promise<SlotStatement | null> {
    return this.#executor?.batch.statement(batchId) ?? null;
  }

  async rulesChanged(listed: readonly string[]): Promise<void> {
    this.#executor?.hear({ kind: "rules_changed", listed });
  }

  async wake(): Promise<void> {
    this.#executor?.hear({ kind: "woken" });
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    if (this.#executor === null) {
      if (isDeleted(this.#sql)) await this.#sql.deleteAll();
      return;
    }
    // If anything below fails, the object wakes again.
    const now = Date.now();
    this.#alarm.recoverSoon(now, this.#executor.batch.recoveryMs);
    this.#live.endExpired(now);
    this.#executor.hear({ kind: "woken" }, now);
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.#sql, this.#alarm);
  }

  // --- inside ---

  /** Null until the batch is created: an object that was never created stores nothing. */
  get #executor(): Executor | null {
    if (this.#isToBeReadAnew) {
      this.#running = this.#start();
      this.#isToBeReadAnew = false;
    }
    return this.#running;
  }

  /** `first`: of a new batch. */
  #start(first: BatchRow | null = null): Executor {
    const { id, organization_id: owner } = first ?? readBatch(this.#sql);
    const route = present(routeOfBatch(id, owner), "a stored batch has a batch's id");
    return new Executor(new Batch(this.#sql, route, { ...this.#settings, random: randomBytes }, first), {
      settings: this.#settings,
      alarm: this.#alarm,
      live: this.#live,
      organization: this.#organization,
      webhooks: this.#webhooks,
      lanes: this.#lanes,
      waitUntil: (work) => this.ctx.waitUntil(work),
      unexpected: logUnexpected,
      failed: () => {
        this.#isToBeReadAnew = true;
      },
    });
  }

  get #present(): Batch {
    return present(this.#executor, "only a batch that exists is changed or watched").batch;
  }

  #liveState(): LiveState {
    const { route, row, roster } = this.#present;
    return { route, row, summary: this.#present.summary(), counts: roster.counts, inFlight: roster.flying };
  }

  /**
   * Runs for a batch of this id and organization. Another id can have the same route, and direct calls are not a batch.
   */
  async #of<Given extends Result<unknown, Failure>>(
    batchId: string,
    organizationId: string,
    answer: (executor: Executor) => Given | Promise<Given>,
  ): Promise<Given | Err<Failure>> {
    return this.#ofCall<Given | Err<Failure>>(
      organizationId,
      (executor) => {
        const { row } = executor.batch;
        return row.id === batchId && row.kind === "batch" ? answer(executor) : err(notFound("batch"));
      },
      "batch",
    );
  }

  /** The same for direct calls too, whose object has the ids of several requests. */
  async #ofAnyKind<T>(
    batchId: string,
    organizationId: string,
    answer: (executor: Executor) => Result<T, Failure> | Answer<T>,
  ): Answer<T> {
    return this.#ofCall(
      organizationId,
      (executor) => {
        const { row } = executor.batch;
        return row.id === batchId || row.kind === "direct" ? answer(executor) : err(notFound("batch"));
      },
      "batch",
    );
  }

  /** For callers with a call's id, from which only the route is known. */
  async #ofCall<Given extends Result<unknown, Failure>>(
    organizationId: string,
    answer: (executor: Executor) => Given | Promise<Given>,
    resource: Resource = "call",
  ): Promise<Given | Err<Failure>> {
    const executor = this.#executor;
    if (executor?.batch.row.organization_id !== organizationId) return err(notFound(resource));
    executor.catchUp();
    return answer(executor);
  }
}

function logUnexpected(error: unknown): void {
  writeLog({ level: "error", event: "unexpected", error: textOf(error) });
}
