/**
 * Has batches told of new rules.
 *
 * Numbers that are new on the do-not-call list are told to every batch that is not at rest, until it acknowledges them.
 * Recipients who wait with such a number fail at once.
 *
 * Other rules are told to batches that may dial, so that they ask before they do. They are also told to batches that
 * wait, because the new rule may be easier.
 *
 * The position of each batch in the list is stored, so a lost notice only costs time. In memory are the batches that
 * are behind, and when each is told again. Losing that is safe: it is read again.
 */

import { jittered } from "../../peer.ts";
import { type Due, messageDue, sooner } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { batchesBehind, hearDoNotCall, heardDoNotCall, runningBatches } from "../batches/batch-index.ts";
import { listedSince, newestEntry } from "./do-not-call.ts";

/** A new rule on its way. `waitsFor`: what is not acknowledged yet of what batches that may dial are told. */
export type Spread = { readonly waitsFor: Set<string> };

/** Spreads a rule that is stored; resolves when it holds. */
export type SpreadRule = () => Promise<void>;

export type RulesMessage = {
  readonly kind: "rules";
  readonly batchId: string;
  /** New on the do-not-call list. None: other rules have changed. */
  readonly numbers: readonly string[];
  /** The entry of the list that the batch knows then; null if it is told of other rules alone. */
  readonly upTo: number | null;
  readonly spread: Spread | null;
};

/** Numbers in one message. */
const NOTICE_NUMBERS = 5_000;
const REPEAT_MS = 2_000;
const REPEAT_AT_MOST_MS = 60_000;
/**
 * A batch without slots is told of new numbers once in this time at most, because each notice reads all of its
 * recipients. It asks before it dials. Until it is told, it shows some recipients as waiting who will not be called.
 */
export const WITHOUT_SLOTS_EVERY_MS = 60_000;

/** `createdAt`: when the batch was created, which is its key in the index. */
type Behind = {
  readonly batchId: string;
  readonly createdAt: number;
  dueAt: number;
  waitMs: number;
  isBeingTold: boolean;
};

export class RuleNotices {
  readonly #sql: Sql;
  /** Null until it is read after the object woke. */
  #behind: Map<string, Behind> | null = null;
  /** When each batch was last told. Losing it is safe: a batch is told once more. */
  readonly #toldAt = new Map<string, number>();
  /** Messages that are told once. */
  #unsent: RulesMessage[] = [];
  readonly #spreads = new Set<Spread>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The list has grown: tell the batches that are behind. */
  look(): void {
    const known = this.#behind ?? new Map<string, Behind>();
    this.#behind = known;
    for (const { id, created_at } of batchesBehind(this.#sql, newestEntry(this.#sql))) this.#add(known, id, created_at);
  }

  /** A batch has reported: it may be new, or no longer at rest. */
  consider(batchId: string, createdAt: number): void {
    const newest = newestEntry(this.#sql);
    const heard = newest === 0 ? null : heardDoNotCall(this.#sql, createdAt);
    if (heard !== null && heard < newest) this.#add(this.#batches(), batchId, createdAt);
  }

  /**
   * When a batch must be told; null if none is behind. While a message is in flight, the alarm is only the safety net.
   */
  nextDue(now: number): Due | null {
    let next: Due | null = null;
    for (const { dueAt: repeatAt, isBeingTold } of this.#batches().values()) {
      next = sooner(next, messageDue(repeatAt, isBeingTold, now));
    }
    return next;
  }

  /** What to tell now. Each is `told` or `untold` before the batch is told again. */
  tell(now: number): RulesMessage[] {
    const messages = this.#unsent;
    this.#unsent = [];
    for (const batch of [...this.#batches().values()]) {
      if (batch.dueAt > now || batch.isBeingTold) continue;
      const message = this.#catchUp(batch, now);
      if (message !== null) messages.push(message);
    }
    return messages;
  }

  /**
   * Makes a stored rule hold from now on: when every batch that may dial has acknowledged, or when their earlier answers have
   * expired. `dialing`: the batches with slots; the others do not dial.
   *
   * `isChange`: operators changed rules, which may be easier now, so batches that wait because of the old ones ask
   * again. If such a notice is lost, they wait as long as the old rules said.
   */
  spread(dialing: ReadonlySet<string>, isChange = false): Spread {
    this.look();
    const behind = this.#batches();
    const spread: Spread = { waitsFor: new Set() };
    for (const batchId of dialing) {
      const batch = behind.get(batchId);
      if (batch !== undefined) {
        batch.dueAt = 0;
        spread.waitsFor.add(listOf(batchId));
      }
      if (batch !== undefined && !isChange) continue;
      spread.waitsFor.add(batchId);
      this.#unsent.push({ kind: "rules", batchId, numbers: [], upTo: null, spread });
    }
    if (spread.waitsFor.size > 0) this.#spreads.add(spread);
    const waiting = isChange ? runningBatches(this.#sql).filter((batchId) => !dialing.has(batchId)) : [];
    for (const batchId of waiting) this.#unsent.push({ kind: "rules", batchId, numbers: [], upTo: null, spread: null });
    return spread;
  }

  /** In a write. */
  told({ batchId, upTo, spread }: RulesMessage): void {
    if (spread !== null) this.#acknowledged(spread, batchId);
    const batch = this.#batches().get(batchId);
    if (upTo === null || batch === undefined) return;
    hearDoNotCall(this.#sql, batch.createdAt, upTo);
    batch.isBeingTold = false;
    batch.waitMs = REPEAT_MS;
    // More may be new since.
    batch.dueAt = 0;
  }

  untold({ batchId, upTo, spread }: RulesMessage): void {
    if (spread !== null) this.#spreads.delete(spread);
    const batch = this.#batches().get(batchId);
    if (upTo !== null && batch !== undefined) batch.isBeingTold = false;
  }

  #acknowledged(spread: Spread, what: string): void {
    spread.waitsFor.delete(what);
    if (spread.waitsFor.size === 0) this.#spreads.delete(spread);
  }

  #batches(): Map<string, Behind> {
    if (this.#behind === null) this.look();
    return this.#behind ?? new Map();
  }

  #add(known: Map<string, Behind>, batchId: string, createdAt: number): void {
    if (known.has(batchId)) return;
    const toldAt = this.#toldAt.get(batchId);
    const dueAt = toldAt === undefined ? 0 : toldAt + WITHOUT_SLOTS_EVERY_MS;
    known.set(batchId, { batchId, createdAt, dueAt, waitMs: REPEAT_MS, isBeingTold: false });
  }

  /** The next numbers for the batch; null if it knows all of the list. */
  #catchUp(batch: Behind, now: number): RulesMessage | null {
    const { batchId, createdAt } = batch;
    const heard = heardDoNotCall(this.#sql, createdAt);
    // One that is not in the index was deleted.
    if (heard === null || heard >= newestEntry(this.#sql)) {
      this.#batches().delete(batchId);
      for (const spread of this.#spreads) this.#acknowledged(spread, listOf(batchId));
      return null;
    }
    for (const [id, at] of this.#toldAt) if (at + WITHOUT_SLOTS_EVERY_MS <= now) this.#toldAt.delete(id);
    this.#toldAt.set(batchId, now);
    // If the batch does not answer, or this object stops meanwhile, it is told again.
    batch.isBeingTold = true;
    batch.dueAt = now + jittered(batch.waitMs, now);
    batch.waitMs = Math.min(REPEAT_AT_MOST_MS, batch.waitMs * 2);
    return { kind: "rules", batchId, ...listedSince(this.#sql, heard, NOTICE_NUMBERS), spread: null };
  }
}

const listOf = (batchId: string): string => `list of ${batchId}`;
