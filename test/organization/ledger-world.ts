/**
 * A small world around the ledger's pure functions: batches that follow `request.ts`, requests for direct calls that
 * follow `direct-slots.ts`, and a ledger that follows `ledger.ts`. The network between them loses, repeats and reorders
 * messages. Calls are counters: only who may dial matters here.
 */

import { DIRECT_REQUEST_NUMBER, directStatement } from "../../src/batch/slots/direct-slots.ts";
import {
  admitted,
  fitted,
  freeSlots,
  requested,
  retargeted,
  slotsOf,
  statementOf,
} from "../../src/batch/slots/request.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import {
  type Capacity,
  mostForBatches,
  type SlotAnswer,
  type SlotStatement,
} from "../../src/calling/messages/slots.ts";
import { NO_RECIPIENTS, type RecipientCounts } from "../../src/calling/words/batch-status.ts";
import {
  answerTo,
  audit,
  freeForDirectCalls,
  grantedDirectly,
  grantInOrder,
  type Holding,
  hear,
  isUnconfirmed,
  slotsInDirectUse,
  slotsInUse,
  waitingInOrder,
} from "../../src/organization/ledger/ledger.ts";
import { sampleBatch } from "../batch/samples.ts";

/**
 * A batch, or a request for direct calls. `later`: of those who are queued, people who may not be dialed soon. `hasSlots`: of
 * direct calls, the ledger has said so.
 */
export type SimulatedBatch = { row: BatchRow; counts: RecipientCounts; later: number; hasSlots: boolean };
type Message =
  | { readonly kind: "statement"; readonly statement: SlotStatement }
  | { readonly kind: "answer"; readonly batchId: string; readonly answer: SlotAnswer }
  /** Of its grant, without having been asked. Direct calls only tell by it that they are there. */
  | { readonly kind: "told"; readonly about: Holding }
  | { readonly kind: "not_there"; readonly about: Holding }
  | { readonly kind: "audited"; readonly about: Holding; readonly statement: SlotStatement };

const inFlight = (batch: SimulatedBatch): number => batch.counts.dispatched + batch.counts.started;
const free = (batch: SimulatedBatch): number =>
  batch.row.kind === "batch" ? freeSlots(batch.row, inFlight(batch)) : batch.hasSlots ? batch.counts.queued : 0;

function statementOfBatch(batch: SimulatedBatch): SlotStatement {
  const { row, counts, hasSlots } = batch;
  if (row.kind === "batch") return statementOf(row, inFlight(batch));
  const standing = { waiting: counts.queued, flying: inFlight(batch) };
  return directStatement({ batchId: row.id, createdAt: row.created_at }, standing, hasSlots);
}

/** Direct calls that were granted and whose object is not made yet; it may never be. */
export type Unborn = { readonly id: string; readonly createdAt: number; readonly slots: number };

export class LedgerWorld {
  limit: number;
  reserved: number;
  readonly unborn: Unborn[] = [];
  #made = 0;
  readonly batches: SimulatedBatch[] = [];
  readonly holdings = new Map<string, Holding>();
  readonly #rested = new Map<string, number>();
  network: Message[] = [];
  #now = 1;
  /** Grants in the order in which they were made. */
  readonly granted: string[] = [];

  constructor(limit: number, reserved = 0) {
    this.limit = limit;
    this.reserved = Math.min(reserved, limit - 1);
  }

  get capacity(): Capacity {
    return { limit: this.limit, reserved: this.reserved };
  }

  /** Somebody wants people called now. Returns how many may be. */
  direct(wanted: number): number {
    const slots = Math.min(wanted, freeForDirectCalls(this.capacity, this.holdings.values()));
    if (slots === 0) return 0;
    const id = this.#newId();
    this.unborn.push({ id, createdAt: this.#now, slots });
    this.holdings.set(id, grantedDirectly(id, this.#now, slots));
    return slots;
  }

  /** Their object is made at last. */
  bear(index: number): void {
    const [order] = this.unborn.splice(index, 1);
    if (order === undefined) return;
    const { id, createdAt, slots } = order;
    const fields = { id, kind: "direct", created_at: createdAt, total_recipients: slots } as const;
    this.batches.push({
      row: sampleBatch({ ...fields, target_concurrency_limit: slots }),
      counts: { ...NO_RECIPIENTS, queued: slots },
      later: 0,
      hasSlots: false,
    });
    this.#settle(this.batches.at(-1));
  }

  /** The object of direct calls restarts, and has to be told again of its slots. */
  restart(batch: SimulatedBatch): void {
    batch.hasSlots = false;
  }

  /** Direct calls that were not dialed in their time are not dialed any more. */
  expire(batch: SimulatedBatch): void {
    const { queued } = batch.counts;
    if (batch.row.kind === "direct" && queued > 0) this.#count(batch, { queued: -queued, failed: queued });
  }

  #newId(): string {
    this.#now += 1;
    this.#made += 1;
    return `acb_${String(this.#made).padStart(4, "0")}`;
  }

  create(recipients: number, target: number): void {
    const id = this.#newId();
    const target_concurrency_limit = Math.min(target, mostForBatches(this.capacity));
    const row = sampleBatch({ id, created_at: this.#now, total_recipients: recipients, target_concurrency_limit });
    this.batches.push({ row, counts: { ...NO_RECIPIENTS, queued: recipients }, later: 0, hasSlots: false });
    this.#settle(this.batches.at(-1));
  }

  dial(batch: SimulatedBatch): void {
    if (free(batch) === 0 || batch.counts.queued === batch.later) return;
    this.#count(batch, { queued: -1, dispatched: 1 });
  }

  end(batch: SimulatedBatch, status: "completed" | "failed"): void {
    if (inFlight(batch) > 0) this.#count(batch, { dispatched: -1, [status]: 1 });
  }

  /** Some of those who wait may not be dialed for a while. */
  putOff(batch: SimulatedBatch, count: number): void {
    if (batch.row.kind === "direct") return;
    batch.later = Math.min(batch.counts.queued, batch.later + count);
    this.#settle(batch);
  }

  /** The time of some of them has come. */
  comeDue(batch: SimulatedBatch, count: number): void {
    batch.later = Math.max(0, batch.later - count);
    this.#settle(batch);
  }

  cancel(batch: SimulatedBatch): void {
    const { queued } = batch.counts;
    if (queued === 0 || batch.row.kind === "direct") return;
    batch.later = 0;
    batch.row = { ...batch.row, cancelled_at: this.#now };
    this.#count(batch, { queued: -queued, cancelled: queued });
  }

  retry(batch: SimulatedBatch): void {
    const { failed } = batch.counts;
    if (batch.row.cancelled_at === null && batch.row.kind === "batch")
      this.#count(batch, { failed: -failed, queued: failed });
  }

  pause(batch: SimulatedBatch): void {
    if (batch.row.kind === "direct") return;
    batch.row = { ...batch.row, paused_at: batch.row.paused_at === null ? this.#now : null };
    this.#settle(batch);
  }

  retarget(batch: SimulatedBatch, target: number): void {
    if (batch.row.kind === "direct") return;
    batch.row = retargeted(batch.row, Math.min(target, mostForBatches(this.capacity)), this.#now);
    this.#settle(batch);
  }

  say(batch: SimulatedBatch): void {
    this.network.push({ kind: "statement", statement: statementOfBatch(batch) });
  }

  /** The ledger repeats what a batch has not confirmed. */
  tell(): void {
    for (const holding of this.holdings.values()) {
      if (isUnconfirmed(holding)) this.network.push({ kind: "told", about: holding });
    }
  }

  /** The ledger asks everybody it knows; the answers travel like all else. */
  audit(): void {
    for (const batch of this.batches) {
      const about = this.holdings.get(batch.row.id);
      if (about === undefined) continue;
      this.network.push({ kind: "audited", about, statement: statementOfBatch(batch) });
    }
  }

  changeLimit(limit: number): void {
    this.limit = limit;
    this.reserved = Math.min(this.reserved, limit - 1);
    this.#grant();
  }

  reserve(slots: number): void {
    this.reserved = Math.min(slots, this.limit - 1);
    this.#grant();
  }

  /** Delivers one message, and keeps it in the network where `again`. */
  deliver(index: number, again: boolean): void {
    const message = this.network[index];
    if (message === undefined) return;
    // A question's answer comes once; the others may be repeated.
    if (!again || message.kind === "audited" || message.kind === "not_there") this.network.splice(index, 1);
    switch (message.kind) {
      case "statement": {
        const { batchId } = message.statement;
        const known = this.holdings.get(batchId) ?? null;
        // Of direct calls nobody remembers that they were there.
        const rested = message.statement.direct ? 0 : (this.#rested.get(batchId) ?? 0);
        this.#put(message.statement, hear(message.statement, known, rested));
        this.#grant();
        const answer = answerTo(this.holdings.get(batchId) ?? null);
        this.network.push({ kind: "answer", batchId, answer });
        return;
      }
      case "answer": {
        const batch = this.#find(message.batchId);
        if (batch !== undefined) this.#admit(batch, message.answer);
        return;
      }
      case "told": {
        const { about } = message;
        const batch = this.#find(about.batchId);
        if (batch === undefined) this.network.push({ kind: "not_there", about });
        else if (batch.row.kind === "batch") this.#admit(batch, answerTo(about));
        return;
      }
      case "not_there": {
        const { about } = message;
        if (this.holdings.get(about.batchId) !== about) return;
        this.#put(about, null);
        this.#grant();
        return;
      }
      case "audited": {
        const { about, statement } = message;
        if (this.holdings.get(about.batchId) !== about) return;
        this.#put(statement, audit(statement, about));
        this.#grant();
      }
    }
  }

  lose(index: number): void {
    this.network.splice(index, 1);
  }

  isOver(): boolean {
    return (
      this.unborn.length === 0 && this.batches.every((batch) => batch.counts.queued === 0 && inFlight(batch) === 0)
    );
  }

  /** What each batch could have in flight without another word to the ledger. */
  static held(batch: SimulatedBatch): number {
    return Math.max(slotsOf(batch.row) ?? 0, inFlight(batch) + free(batch));
  }

  get slotsInUse(): number {
    return slotsInUse(this.holdings.values());
  }
  get slotsOfBatches(): number {
    return this.slotsInUse - this.slotsOfDirectCalls;
  }
  get slotsOfDirectCalls(): number {
    return slotsInDirectUse(this.holdings.values());
  }
  get waiting(): Holding[] {
    return waitingInOrder(this.holdings.values());
  }

  #find(id: string): SimulatedBatch | undefined {
    return this.batches.find((one) => one.row.id === id);
  }

  #admit(batch: SimulatedBatch, answer: SlotAnswer): void {
    if (batch.row.kind === "direct") {
      batch.hasSlots ||= batch.counts.queued > 0 && answer.grantedRequest === DIRECT_REQUEST_NUMBER;
      return;
    }
    const after = admitted(batch.row, answer, this.#now);
    if (after === null) return;
    batch.row = after;
    this.#settle(batch);
  }

  #count(batch: SimulatedBatch, by: Partial<Record<keyof RecipientCounts, number>>): void {
    const counts = { ...batch.counts };
    for (const status of Object.keys(counts) as (keyof RecipientCounts)[]) counts[status] += by[status] ?? 0;
    batch.counts = counts;
    this.#settle(batch);
  }

  /** What every transaction of the batch does at its end. */
  #settle(batch: SimulatedBatch | undefined): void {
    if (batch === undefined || batch.row.kind === "direct") return;
    const soon = batch.counts.queued - batch.later;
    const use = (atMost: number) => Math.max(inFlight(batch), Math.min(atMost, inFlight(batch) + soon));
    batch.row = fitted(requested(batch.row, soon > 0 ? 0 : null, this.#now, use), use);
  }

  #put({ batchId, requestNumber }: Pick<SlotStatement, "batchId" | "requestNumber">, after: Holding | null): void {
    if (after !== null) {
      this.holdings.set(batchId, after);
    } else {
      this.holdings.delete(batchId);
      this.#rested.set(batchId, Math.max(requestNumber, this.#rested.get(batchId) ?? 0));
    }
  }

  #grant(): void {
    for (const holding of grantInOrder(this.capacity, this.holdings.values())) {
      this.holdings.set(holding.batchId, holding);
      this.granted.push(holding.batchId);
    }
  }
}
