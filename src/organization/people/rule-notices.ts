/**
 * Tells batches of new rules. Numbers that are new on the do-not-call list are told to every batch that is not at rest,
 * and repeated until it acknowledges them: who waits under such a number fails at once. Other rules are told to the batches
 * that may dial, so that they ask again before they do, and to those that wait, because the rule may be easier now.
 *
 * How far each batch has heard the list is stored with it, so a notice that is lost costs time. In memory are only the
 * batches that are behind and when they are told again; losing that reads it again.
 */

import { FREE_MS } from "../../calling/messages/clearance.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { jittered } from "../../peer.ts";
import { type AlarmClock, RECOVERY_MS } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { batchesBehind, hearDoNotCall, heardDoNotCall, runningBatches } from "../batches/batch-index.ts";
import { loadHoldings } from "../ledger/holdings.ts";
import { listedSince, newestEntry } from "./do-not-call.ts";

/** Tells the batch's object which numbers are new on the list; none: other rules are new, or easier. */
export type TellRules = (route: string, numbers: readonly string[]) => Promise<void>;

/** Numbers in one message. */
const NOTICE_NUMBERS = 5_000;
const REPEAT_MS = 2_000;
const REPEAT_AT_MOST_MS = 60_000;
/**
 * A batch without slots is told of new numbers so often at most: before it dials anybody it asks, and until then it only
 * shows people as waiting who will not be called. Each word has it look through all of its people.
 */
export const WITHOUT_SLOTS_EVERY_MS = 60_000;

/** `createdAt`: the batch's, which is its key in the index. */
type Behind = {
  readonly batchId: string;
  readonly createdAt: number;
  dueAt: number;
  waitMs: number;
  telling: Promise<void> | null;
};

export class RuleNotices {
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  readonly #tell: TellRules;
  /** Null: not looked since the object woke. */
  #behind: Map<string, Behind> | null = null;
  /** When each batch was last told. Losing it tells once more. */
  readonly #toldAt = new Map<string, number>();

  constructor(sql: Sql, alarm: AlarmClock, tell: TellRules) {
    this.#sql = sql;
    this.#alarm = alarm;
    this.#tell = tell;
  }

  /** The list has grown: batches that have not heard of it are to be told. */
  look(): void {
    const known = this.#behind ?? new Map<string, Behind>();
    this.#behind = known;
    for (const { id, created_at } of batchesBehind(this.#sql, newestEntry(this.#sql))) this.#add(known, id, created_at);
  }

  /** A batch has reported: it may be new, or at work again. */
  consider(batchId: string, createdAt: number): void {
    const heard = heardDoNotCall(this.#sql, createdAt);
    if (heard !== null && heard < newestEntry(this.#sql)) this.#add(this.#batches(), batchId, createdAt);
  }

  /** When a batch has to be told; null where all have heard. While one is being told the alarm is the safety net. */
  nextDue(now: number): number | null {
    let next: number | null = null;
    for (const { dueAt: repeatAt, telling } of this.#batches().values()) {
      const dueAt = telling === null ? repeatAt : Math.max(repeatAt, now + RECOVERY_MS);
      next = Math.min(next ?? dueAt, dueAt);
    }
    return next;
  }

  /** Tells those who are due. Resolves when each has acknowledged, or has not answered and is told again later. */
  async run(now: number): Promise<void> {
    await this.#tellAll([...this.#batches().values()].filter((batch) => batch.dueAt <= now || batch.telling !== null));
  }

  async #tellAll(batches: readonly Behind[]): Promise<void> {
    await Promise.all(
      batches.map((batch) => {
        batch.telling ??= this.#catchUp(batch).finally(() => {
          batch.telling = null;
        });
        return batch.telling;
      }),
    );
  }

  /**
   * A rule is stored and has to hold from now on. Resolves when every batch that may dial asks before it does: when all
   * have acknowledged, or when nothing that they were answered earlier counts any more. `isChange`: operators have changed
   * rules, which may be easier now; so batches that wait because of the old ones ask again, too. A notice that is lost there
   * costs time: they wait for as long as the old rules said.
   */
  async spread(now: number, isChange = false): Promise<void> {
    this.look();
    const behind = this.#batches();
    // Nobody dials without slots.
    const dialing = loadHoldings(this.#sql);
    for (const batchId of dialing.keys()) {
      const batch = behind.get(batchId);
      if (batch !== undefined) batch.dueAt = 0;
    }
    // The alarm tells the batches that have no slots, or that do not answer now.
    const dueAt = this.nextDue(now);
    if (dueAt !== null) this.#alarm.ringBy(Math.max(dueAt, now + REPEAT_MS), now);
    const others = [...dialing.keys()].filter((batchId) => isChange || !behind.has(batchId));
    const waiting = isChange ? runningBatches(this.#sql).filter((batchId) => !dialing.has(batchId)) : [];
    const told = Promise.all([
      this.#tellAll([...behind.values()].filter(({ batchId }) => dialing.has(batchId))),
      ...others.map((batchId) => this.#send(batchId, [])),
      ...waiting.map((batchId) => this.#send(batchId, []).then(() => true)),
    ]);
    const hasHeard = (batchId: string) => !behind.has(batchId);
    const isHeard = told.then(([, ...sent]) => [...dialing.keys()].every(hasHeard) && sent.every(Boolean));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lapsed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FREE_MS);
    });
    await Promise.race([isHeard.then((heard) => (heard ? undefined : lapsed)), lapsed]);
    // A timer that runs on would keep the object in memory.
    clearTimeout(timer);
  }

  #batches(): Map<string, Behind> {
    if (this.#behind === null) this.look();
    return this.#behind ?? new Map();
  }

  #add(known: Map<string, Behind>, batchId: string, createdAt: number): void {
    if (known.has(batchId)) return;
    const toldAt = this.#toldAt.get(batchId);
    const dueAt = toldAt === undefined ? 0 : toldAt + WITHOUT_SLOTS_EVERY_MS;
    known.set(batchId, { batchId, createdAt, dueAt, waitMs: REPEAT_MS, telling: null });
  }

  async #catchUp(batch: Behind): Promise<void> {
    const now = Date.now();
    for (const [batchId, at] of this.#toldAt) if (at + WITHOUT_SLOTS_EVERY_MS <= now) this.#toldAt.delete(batchId);
    this.#toldAt.set(batch.batchId, now);
    // If it does not answer, or this object dies meanwhile, it is told again.
    batch.dueAt = now + jittered(batch.waitMs);
    batch.waitMs = Math.min(REPEAT_AT_MOST_MS, batch.waitMs * 2);
    for (;;) {
      const heard = heardDoNotCall(this.#sql, batch.createdAt) ?? 0;
      if (heard >= newestEntry(this.#sql)) {
        this.#batches().delete(batch.batchId);
        return;
      }
      const { numbers, upTo } = listedSince(this.#sql, heard, NOTICE_NUMBERS);
      if (!(await this.#send(batch.batchId, numbers))) break;
      hearDoNotCall(this.#sql, batch.createdAt, upTo);
    }
  }

  /** False where the batch has not acknowledged it. */
  async #send(batchId: string, numbers: readonly string[]): Promise<boolean> {
    const route = routeOfBatch(batchId);
    if (route === null) return true;
    try {
      await this.#tell(route, numbers);
      return true;
    } catch (error) {
      console.warn(JSON.stringify({ event: "rule_not_delivered", batch: batchId, error: String(error) }));
      return false;
    }
  }
}
