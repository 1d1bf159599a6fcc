/** What is read of a batch, by the API, by its organization, and by watchers. Nothing of it changes. */

import { DurableObject } from "cloudflare:workers";
import type { CallView, PersonPlace, RecipientDetail } from "../calling/messages/batch-view.ts";
import type { PersonInBatch } from "../calling/messages/erasure.ts";
import type { SlotStatement } from "../calling/messages/slots.ts";
import type { PersonNamed } from "../calling/numbers/person-hash.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Page } from "../calling/requests/page.ts";
import { mapped, ok, type Result } from "../calling/requests/result.ts";
import type { Bindings } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { Opening } from "./opening.ts";
import { personInBatch } from "./people/erasing.ts";
import { callLines } from "./reading/archived-calls.ts";
import { callsFrom, findCall, listCalls } from "./reading/call-records.ts";
import { metadataKeys } from "./reading/metadata-keys.ts";
import { placesOf, recipientDetail } from "./reading/recipient-detail.ts";
import { recipientPage, storedCalls } from "./reading/recipient-list.ts";
import { snapshotOf, snapshotPart } from "./reading/snapshot.ts";
import type {
  BatchCallsRequest,
  BatchSnapshot,
  CallLines,
  CallPart,
  MetadataKeys,
  PartRequest,
  RecipientListRequest,
  RecipientPage,
  SnapshotPart,
} from "./rpc.ts";
import type { ChangePreview } from "./steering/change-preview.ts";
import { type BatchChange, changed } from "./steering/steering.ts";
import { issueTicket, type LiveTicket, revokeTickets, useTicket } from "./store/live-tickets.ts";
import { endSocket, KEY_IS_GONE, WATCHERS_AT_MOST } from "./telling/live.ts";

export type Answer<T> = Promise<Result<T, Failure>>;

export class BatchReads extends DurableObject<Bindings> {
  protected readonly opening: Opening;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.opening = new Opening(ctx, () => this.env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  async snapshot(batchId: string, organizationId: string, withAttempts: boolean): Answer<BatchSnapshot> {
    return this.opening.of(batchId, organizationId, ({ batch }) =>
      ok(snapshotOf(batch.sql, batch, withAttempts, Date.now())),
    );
  }

  async snapshotPart(batchId: string, organizationId: string, request: PartRequest): Answer<SnapshotPart> {
    return this.opening.of(batchId, organizationId, ({ batch }) => ok(snapshotPart(batch.sql, batch, request)));
  }

  async recipient(batchId: string, organizationId: string, recipientId: string): Answer<RecipientDetail> {
    return this.opening.of(batchId, organizationId, ({ batch }) =>
      recipientDetail(batch.sql, batch, recipientId, Date.now()),
    );
  }

  async recipients(batchId: string, organizationId: string, request: RecipientListRequest): Answer<RecipientPage> {
    return this.opening.of(batchId, organizationId, ({ batch }) =>
      recipientPage(batch, storedCalls(batch.sql), request, Date.now()),
    );
  }

  async metadataKeys(batchId: string, organizationId: string, atMost: number): Answer<MetadataKeys> {
    return this.opening.of(batchId, organizationId, ({ batch: { row, recipients } }) =>
      ok({ batchName: row.name, ...metadataKeys(recipients, row.total_recipients, atMost) }),
    );
  }

  async previewChange(batchId: string, organizationId: string, change: BatchChange): Answer<ChangePreview> {
    return this.opening.of(batchId, organizationId, ({ batch }) => {
      const now = Date.now();
      return mapped(changed(batch.row, batch.roster, change, now), (after) => batch.previewed(after, now));
    });
  }

  async calls(batchId: string, organizationId: string, request: BatchCallsRequest): Answer<Page<CallView>> {
    return this.opening.of(batchId, organizationId, (executor) => listCalls(executor.batch.sql, executor, request));
  }

  async callsFrom(organizationId: string, part: CallPart): Promise<CallView[]> {
    const calls = await this.opening.of(null, organizationId, async (executor) =>
      ok(await callsFrom(executor.batch.sql, executor, part)),
    );
    return calls.ok ? calls.value : [];
  }

  async call(organizationId: string, callNumber: number): Answer<CallView> {
    return this.opening.of(null, organizationId, (executor) => findCall(executor.batch.sql, executor, callNumber));
  }

  async placesOf(organizationId: string, person: PersonNamed): Promise<PersonPlace[]> {
    const places = await this.opening.of(null, organizationId, ({ batch }) =>
      ok(placesOf(batch.sql, batch, person, Date.now())),
    );
    return places.ok ? places.value : [];
  }

  async personIn(organizationId: string, person: PersonNamed): Answer<PersonInBatch> {
    return this.opening.of(null, organizationId, ({ batch }) =>
      ok(personInBatch(batch, batch.recipients.positionsOf(person))),
    );
  }

  async callLines(batchId: string, organizationId: string, from: number): Answer<CallLines> {
    return this.opening.of(batchId, organizationId, async ({ batch }) => ok(callLines(batch.sql, batch, from)), "any");
  }

  async statement(batchId?: string): Promise<SlotStatement | null> {
    return this.opening.executor?.batch.statement(batchId) ?? null;
  }

  async liveTicket(
    batchId: string,
    organizationId: string,
    keyId: string,
    keyExpiresAt: number | null = null,
  ): Answer<LiveTicket> {
    return this.opening.of(batchId, organizationId, ({ batch }) =>
      ok(issueTicket(batch.sql, { keyId, keyExpiresAt }, Date.now())),
    );
  }

  /** A WebSocket for a client with a ticket. 401: the ticket is not valid; 429: too many watchers. */
  override async fetch(request: Request): Promise<Response> {
    const now = Date.now();
    const ticket = new URL(request.url).searchParams.get("ticket") ?? "";
    const watcher = this.opening.executor === null ? null : useTicket(this.opening.sql, ticket, now);
    if (watcher === null) return new Response(null, { status: 401 });
    if (this.ctx.getWebSockets().length >= WATCHERS_AT_MOST) return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [watcher.keyId]);
    this.opening.live.welcome(server, watcher.keyExpiresAt, now);
    // Sets the alarm by all that is due. The object may just have woken, and not know of its alarm.
    if (watcher.keyExpiresAt !== null) this.opening.executor?.hear({ kind: "woken" }, now);
    return new Response(null, { status: 101, webSocket: client });
  }

  async keyRevoked(keyId: string): Promise<void> {
    if (this.opening.executor === null) return;
    revokeTickets(this.opening.sql, keyId);
    for (const socket of this.ctx.getWebSockets(keyId)) socket.close(KEY_IS_GONE, "your access was ended");
  }

  /** Messages from watchers are ignored. Pings are answered without waking the object. */
  override webSocketMessage(): void {}

  /** Answers a watcher's close. Without an answer, the client waits and then reports a broken connection. */
  override webSocketClose(socket: WebSocket, code: number): void {
    endSocket(socket, code);
    this.opening.live.left();
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.opening.sql, this.opening.alarm);
  }
}
