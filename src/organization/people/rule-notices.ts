/**
 * Tells batches of new rules.
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

import { FREE_MS } from "../../calling/messages/clearance.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { jittered } from "../../peer.ts";
import { type AlarmClock, RECOVERY_MS } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { batchesBehind, hearDoNotCall, heardDoNotCall, runningBatches } from "../batches/batch-index.ts";
import { loadHoldings } from "../ledger/holdings.ts";
import { listedSince, newestEntry } from "./do-not-call.ts";

/** Tells the batch's object the numbers that are new on the list. Without numbers: other rules have changed. */
export type TellRules = (route: string, numbers: readonly string[]) => Promise<void>;

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
  telling: Promise<void> | null;
};

export class RuleNotices {
  readonly #sql: Sql;
  readonly #alarm: AlarmClock;
  readonly #tell: TellRules;
  /** Null until it is read after the object woke. */
  #behind: Map<string, Behind> | null = null;
  /** When each batch was last told. Losing it is safe: a batch is told once more. */
  readonly #toldAt = new Map<string, number>();

  constructor(sql: Sql, alarm: AlarmClock, tell: TellRules) {
    this.#sql = sql;
    this.#alarm = alarm;
    this.#tell = tell;
  }

  /** The list has grown: tell the batches that are behind. */
  look(): void {
    const known = this.#behind ?? new Map<string, Behind>();
    this.#behind = known;
    for (const { id, created_at } of batchesBehind(this.#sql, newestEntry(this.#sql))) this.#add(known, id, created_at);
  }

  /** A batch has reported: it may be new, or no longer at rest. */
  consider(batchId: string, createdAt: number): void {
    const heard = heardDoNotCall(this.#sql, createdAt);
    if (heard !== null && heard < newestEntry(this.#sql)) this.#add(this.#batches(), batchId, createdAt);
  }

  /**
   * When a batch must be told; null if none is behind. While a message is in flight, the alarm is only the safety net.
   */
  nextDue(now: number): number | null {
    let next: number | null = null;
    for (const { dueAt: repeatAt, telling } of this.#batches().values()) {
      const dueAt = telling === null ? repeatAt : Math.max(repeatAt, now + RECOVERY_MS);
      next = Math.min(next ?? dueAt, dueAt);
    }
    return next;
  }

  /**
   * Tells the batches that are due. Resolves when each has acknowledged, or has not answered and will be told again.
   */
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
   * Makes a stored rule hold from now on. Resolves when every batch that may dial asks first: all have acknowledged, or
   * their earlier answers have expired.
   *
   * `isChange`: operators changed rules, which may be easier now, so batches that wait because of the old ones ask
   * again. If such a notice is lost, they wait as long as the old rules said.
   */
  async spread(now: number, isChange = false): Promise<void> {
    this.look();
    const behind = this.#batches();
    // A batch without slots does not dial.
    const dialing = loadHoldings(this.#sql);
    for (const batchId of dialing.keys()) {
      const batch = behind.get(batchId);
      if (batch !== undefined) batch.dueAt = 0;
    }
    // The alarm tells the batches that have no slots or do not answer now.
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
    // A running timer would keep the object in memory.
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
    // If the batch does not answer, or this object stops meanwhile, it is told again.
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

  /** False if the batch has not acknowledged it. */
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
