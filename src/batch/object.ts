/**
 * One batch: its recipients, its attempts, and the engine that dials them. Called by the API with the organization of
 * the client's key, by carriers' callbacks, by the organization's ledger, and by its own alarm.
 */

import type { Act } from "../calling/messages/act.ts";
import type { BatchOrder, NewRecipient } from "../calling/messages/batch-order.ts";
import type { BatchSummary, CallView } from "../calling/messages/batch-view.ts";
import type { PersonErased } from "../calling/messages/erasure.ts";
import type { Grant, SlotStatement } from "../calling/messages/slots.ts";
import type { WebhookTarget } from "../calling/messages/webhook.ts";
import type { OnDuplicate } from "../calling/numbers/duplicates.ts";
import { hashOfLabel, type PersonHash, type PersonNamed } from "../calling/numbers/person-hash.ts";
import { present } from "../calling/requests/assert.ts";
import { type Failure, TRY_AGAIN } from "../calling/requests/failure.ts";
import { type Err, err, ok } from "../calling/requests/result.ts";
import type { DirectCallOutcome } from "../calling/words/direct-call.ts";
import { labelsOf, type RemarksChange } from "../calling/words/remarks.ts";
import type { CarrierRequest } from "../dialer/dialer.ts";
import { isPassing } from "../peer.ts";
import { remarkProblem } from "./core/asked/orders.ts";
import type { Answers, AppendOutcome, CallbackVerdict, Requests } from "./core/asked/requests.ts";
import type { Order } from "./core/effects.ts";
import type { Executor } from "./executor.ts";
import { personErased } from "./people/erasing.ts";
import { callsBeside, findCall } from "./reading/call-records.ts";
import { directCallOutcomes, PLACED_WITHIN_MS } from "./reading/direct-calls.ts";
import { type Answer, BatchReads } from "./reads.ts";
import type { BatchRpc, ErasedCall } from "./rpc.ts";
import type { BatchChange, SteeringWord } from "./steering/steering.ts";
import type { BatchRow } from "./store/batch-row.ts";
import { isDeleted, markDeleted, REMEMBERED_MS } from "./store/deletion.ts";
import type { RecipientPage as PackedPage } from "./store/recipients.ts";
import { unusedLabels } from "./store/remarks.ts";
import { endSocket } from "./telling/live.ts";

/** A WebSocket's close code for an end that goes away (RFC 6455, 7.4.1). */
const BATCH_DELETED = 1001;

export class BatchObject extends BatchReads implements BatchRpc {
  // --- for the API ---

  async create(order: BatchOrder, total: number, pages: readonly PackedPage[]): Promise<BatchSummary> {
    const now = Date.now();
    const before = this.opening.executor;
    if (before !== null) {
      // It may have stored the batch and ended before it told anybody.
      before.hear({ kind: "woken" }, now);
      return this.#listed(before);
    }
    if (isDeleted(this.opening.sql))
      throw new Error("the batch was deleted, so a repeat of its request creates nothing");
    // Set before anything else is stored, so the object wakes and continues whatever happens.
    this.opening.alarm.recoverSoon(now);
    return this.#listed(this.opening.create(order, total, pages, now, (opened) => opened.hear({ kind: "woken" }, now)));
  }

  /**
   * The organization's index has the batch before the client gets its answer. If the organization does not answer, the
   * alarm tells it.
   */
  async #listed(executor: Executor): Promise<BatchSummary> {
    const summary = executor.batch.summary();
    await executor.told();
    return summary;
  }

  async callNow(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]> {
    const { id, createdAt, requestedAt = createdAt, webhooks, organizationWindow: window } = order;
    const now = Date.now();
    if (isDeleted(this.opening.sql))
      throw new Error("the calls of this object were deleted, so a late request calls nobody");
    if ((this.opening.executor?.batch.direct?.find(id) ?? null) === null) this.opening.alarm.recoverSoon(now);
    const request = { id, requestedAt, webhooks, ...(window === undefined ? {} : { window }) };
    const call = (by: Executor) => by.obey({ kind: "call_now", request, recipients });
    const before = this.opening.executor;
    if (before !== null) call(before);
    // Nobody is in it yet.
    const executor = before ?? this.opening.create(order, 0, [], now, call);
    const stored = present(executor.batch.direct?.find(id), "it is stored");
    await executor.placed(stored, PLACED_WITHIN_MS);
    return directCallOutcomes(executor.batch, stored);
  }

  async dialDirectly(order: BatchOrder, recipients: NewRecipient[]): Promise<DirectCallOutcome[]> {
    return this.callNow(order, recipients);
  }

  async cancel(batchId: string, organizationId: string, act?: Act): Answer<BatchSummary> {
    return this.#ordered(batchId, organizationId, { kind: "cancel" }, act);
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

  async steer(batchId: string, organizationId: string, word: SteeringWord, act?: Act): Answer<BatchSummary> {
    return this.#ordered(batchId, organizationId, { kind: "steer", word }, act);
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

  /** Answers when the organization knows what has followed, or could not be told. */
  #ordered(batchId: string, organizationId: string, order: Order, act: Act | undefined): Answer<BatchSummary> {
    return this.opening.of(batchId, organizationId, async (executor) => {
      const answer = executor.obey(order, act);
      await executor.told();
      return answer;
    });
  }

  /** The same of what others are asked about first. */
  #asked<Of extends "append" | "retry" | "change">(
    batchId: string,
    organizationId: string,
    kind: Of,
    asked: Requests[Of],
  ): Promise<Answers[Of] | Err<Failure>> {
    return this.opening.of(batchId, organizationId, async (executor) => {
      const answer = await executor.request(kind, asked);
      await executor.told();
      return answer;
    });
  }

  async cancelCall(organizationId: string, callNumber: number, act?: Act): Answer<null> {
    return this.opening.of(null, organizationId, async (executor) => {
      const ended = await executor.request("end_call", { number: callNumber, act });
      await executor.told();
      return ended;
    });
  }

  async eraseCall(organizationId: string, callNumber: number, act?: Act): Answer<ErasedCall> {
    return this.opening.of(null, organizationId, async (executor) => {
      const erased = executor.obey({ kind: "erase_call", number: callNumber }, act);
      if (!erased.ok) return erased;
      // Webhooks are asked to erase next. No event may arrive there after that.
      if (!(await executor.eventsSent())) return err(TRY_AGAIN);
      const { sql } = executor.batch;
      const call = await findCall(sql, executor, callNumber);
      return call.ok ? ok({ call: call.value, callIds: callsBeside(sql, executor.batch, callNumber) }) : call;
    });
  }

  async remark(organizationId: string, callNumber: number, change: RemarksChange): Answer<CallView> {
    return this.opening.of(null, organizationId, async (executor) => {
      const { batch } = executor;
      const problem = remarkProblem(batch, callNumber) ?? (await this.#indexed(batch.row, change));
      if (problem !== null) return err(problem);
      const remarked = executor.obey({ kind: "remark", number: callNumber, change });
      return remarked.ok ? findCall(batch.sql, executor, callNumber) : remarked;
    });
  }

  /** Null once the organization finds calls here by the outcome and tags. It is told before they are stored. */
  async #indexed({ created_at }: BatchRow, change: RemarksChange): Promise<Failure | null> {
    const hashes = unusedLabels(this.opening.sql, labelsOf(change)).map(hashOfLabel);
    if (hashes.length === 0) return null;
    try {
      await this.opening.organization.ask((one) => one.labelled(created_at, hashes));
      return null;
    } catch (error) {
      if (!isPassing(error)) throw error;
      return TRY_AGAIN;
    }
  }

  async erasePerson(organizationId: string, person: PersonNamed, hashes: readonly PersonHash[]): Answer<PersonErased> {
    return this.opening.of(null, organizationId, async (executor) => {
      const { batch } = executor;
      const positions = batch.recipients.positionsOf(person);
      executor.obey({ kind: "erase_person", positions });
      // Webhooks are asked to erase next. No event may arrive there after that.
      if (!(await executor.eventsSent())) return err(TRY_AGAIN);
      return ok(personErased(batch, positions, batch.recipients.positionsOf(person), hashes));
    });
  }

  async callsToDelete(batchId: string, organizationId: string): Answer<readonly string[]> {
    const { leaving } = this.opening;
    return this.opening.of(batchId, organizationId, (executor) => leaving.calls(executor), "any");
  }

  async archive(batchId: string, organizationId: string, folder: string, mark?: string): Answer<null> {
    const { leaving } = this.opening;
    return this.opening.of(batchId, organizationId, ({ batch }) => leaving.archive(batch, folder, mark), "any");
  }

  async delete(batchId: string, organizationId: string, isArchived = false): Answer<null> {
    // It never came to be, or the object died between the two steps of a deletion. It must not come to be.
    if (this.opening.executor === null) this.#forget();
    const left = async (executor: Executor): Answer<null> => {
      // What is being reported is answered before its row is gone.
      await executor.told();
      const problem = this.opening.leaving.problem(executor.batch, isArchived);
      if (problem !== null) return err(problem);
      this.opening.close();
      this.#forget();
      for (const socket of this.ctx.getWebSockets()) endSocket(socket, BATCH_DELETED);
      return ok(null);
    };
    return this.opening.of(batchId, organizationId, left, "any");
  }

  /** In one turn, so all of it becomes durable together. (A dropped table's pages would keep their bytes.) */
  #forget(): void {
    const { alarm, sql } = this.opening;
    const now = Date.now();
    alarm.rest();
    void sql.deleteAll();
    markDeleted(sql);
    alarm.ringBy(now + REMEMBERED_MS, now);
  }

  // --- for carriers ---

  async callback(callNumber: number, token: string | null, request: CarrierRequest): Promise<CallbackVerdict> {
    return this.opening.executor?.request("callback", { number: callNumber, token, request }) ?? { kind: "forbidden" };
  }

  // --- for the organization ---

  async granted({ requestNumber, slots, batchId }: Grant): Promise<SlotStatement | null> {
    // Direct calls were granted slots before they were stored. If that took long, the slots were taken back. Only the
    // answer to their own report confirms them.
    const { executor } = this.opening;
    if (executor?.batch.row.kind === "batch") {
      executor.hear({ kind: "granted", answer: { grantedRequest: requestNumber, grantedSlots: slots } });
    }
    return this.statement(batchId);
  }

  async webhooksAre(targets: readonly WebhookTarget[]): Promise<void> {
    this.opening.executor?.hear({ kind: "webhooks", targets });
  }

  async rulesChanged(listed: readonly string[]): Promise<void> {
    this.opening.executor?.hear({ kind: "rules_changed", listed });
  }

  async wake(): Promise<void> {
    this.opening.executor?.hear({ kind: "woken" });
  }

  override async alarm(): Promise<void> {
    const { alarm, executor, live, sql } = this.opening;
    alarm.rang();
    if (executor === null) {
      if (isDeleted(sql)) await sql.deleteAll();
      return;
    }
    // If anything below fails, the object wakes again.
    const now = Date.now();
    alarm.recoverSoon(now, executor.batch.recoveryMs);
    live.endExpired(now);
    executor.hear({ kind: "woken" }, now);
  }
}
