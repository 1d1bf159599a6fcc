/**
 * Carries out the batch's effects and hands their answers back as events: `answering.ts` has who answers which. Watchers,
 * clocks and who waits for a request are told here. It decides nothing.
 */

import type { Act } from "../calling/messages/act.ts";
import type { BatchSummary } from "../calling/messages/batch-view.ts";
import type { Failure } from "../calling/requests/failure.ts";
import type { Result } from "../calling/requests/result.ts";
import { Latch } from "../latch.ts";
import { writeLog } from "../log.ts";
import { type AlarmClock, type Due, sooner } from "../storage/alarm-clock.ts";
import { WakeTimer } from "../wake-timer.ts";
import { Answering, type Others } from "./answering.ts";
import type { Answers, Request, Requested, Requests } from "./core/asked/requests.ts";
import type { Batch } from "./core/batch.ts";
import type { DirectRequest } from "./core/direct-requests.ts";
import type { BatchEvent, Effect, Order } from "./core/effects.ts";
import { Engine } from "./core/engine.ts";
import type { Line } from "./dialing/line.ts";
import type { Live } from "./telling/live.ts";

/** Who waits for the answer to a request. Losing it breaks the connection, and the request is repeated. */
type Asker = { readonly answer: (answer: unknown) => void; readonly fail: (error: unknown) => void };

/** What the batch's object has around it. */
export type Surroundings = Others & {
  readonly alarm: AlarmClock;
  readonly live: Live;
  readonly waitUntil: (work: Promise<void>) => void;
  readonly unexpected: (error: unknown) => void;
  /** An event was only partly applied: memory may differ from what is stored. */
  readonly failed: () => void;
};

export class Executor {
  readonly batch: Batch;
  readonly #engine: Engine;
  readonly #around: Surroundings;
  readonly #answering: Answering;
  /** The last report; resolves with its answer. */
  #reporting: Promise<void> = Promise.resolve();
  readonly #timer = new WakeTimer(() => this.hear({ kind: "woken" }));
  /** The last events that were sent; resolves with whether their webhooks have them. */
  #sending: Promise<boolean> = Promise.resolve(true);
  /** Callers that wait until all is placed. Losing it breaks their connections, and they ask again. */
  readonly #placed = new Latch();
  readonly #askers = new Map<number, Asker>();
  #lastAsker = 0;
  #isOver = false;

  constructor(batch: Batch, around: Surroundings) {
    this.batch = batch;
    this.#around = around;
    this.#engine = new Engine(batch);
    this.#answering = new Answering(batch, around, () => this.names());
  }

  /** Reads the clock once for each event. */
  hear(event: BatchEvent, now: number = Date.now()): void {
    if (this.#isOver) return;
    this.#carryOutAll(
      this.#whole(() => this.#engine.handle(event, now)),
      now,
    );
  }

  obey(order: Order, act?: Act): Result<BatchSummary, Failure> {
    this.#refuseIfOver();
    const now = Date.now();
    const { answer, effects } = this.#whole(() => this.#engine.obey(order, now, act));
    this.#carryOutAll(effects, now);
    return answer;
  }

  /** The rows of calls in flight become what is known of them. Call it before they are read. */
  catchUp(): void {
    if (!this.#isOver) this.#whole(() => this.#engine.catchUp());
  }

  /** Resolves with the answer, which may need others. Throws if one that is needed fails. */
  request<Of extends Requested>(kind: Of, asked: Requests[Of]): Promise<Answers[Of]> {
    return new Promise((answer, fail) => {
      this.#refuseIfOver();
      this.#lastAsker += 1;
      const to = this.#lastAsker;
      this.#askers.set(to, { answer: answer as Asker["answer"], fail });
      this.hear({ kind, to, ...asked } as unknown as Request);
    });
  }

  /** The line, for the names in records; null if the organization does not answer. */
  async names(): Promise<Line | null> {
    return this.batch.line.ready(Date.now()) ?? this.request("names", {}).catch(() => null);
  }

  /** Resolves when the report in flight is acknowledged or has failed. */
  told(): Promise<void> {
    return this.#reporting;
  }

  /** What the batch was is not stored, or no longer: whatever comes is not heard. */
  stop(why: unknown): void {
    this.#end(why);
  }

  /** Resolves when no event is in flight. False, once, if it is not known whether the last ones have arrived. */
  async eventsSent(): Promise<boolean> {
    const sending = this.#sending;
    const isSent = await sending;
    if (this.#sending === sending) this.#sending = Promise.resolve(true);
    return isSent;
  }

  /** Resolves when every call of the request is placed or has failed, or after `withinMs`. */
  async placed(request: DirectRequest, withinMs: number): Promise<void> {
    await this.#placed.wait(withinMs, () => this.batch.isPlaced(request));
  }

  #whole<Answer>(event: () => Answer): Answer {
    try {
      return event();
    } catch (error) {
      this.#end(error);
      this.#around.failed();
      throw error;
    }
  }

  #refuseIfOver(): void {
    if (this.#isOver) throw new Error("the batch is read again; ask again");
  }

  #end(why: unknown): void {
    this.#isOver = true;
    this.#timer.stop();
    for (const { fail } of this.#askers.values()) fail(why);
    this.#askers.clear();
  }

  #fail(to: number, error: unknown): void {
    this.#askers.get(to)?.fail(error);
    this.#askers.delete(to);
  }

  #carryOutAll(effects: readonly Effect[], now: number): void {
    for (const effect of effects) this.#carryOut(effect, now);
    this.#placed.look();
  }

  #carryOut(effect: Effect, now: number): void {
    const { live, waitUntil, unexpected } = this.#around;
    switch (effect.kind) {
      case "broadcast":
        live.changed(effect.row, now);
        break;
      case "wake":
        this.#timer.ringBy(effect.at, now);
        break;
      case "set_alarm":
        this.#setAlarm(effect.due, now);
        break;
      case "log":
        writeLog(effect.log);
        break;
      case "reply":
        this.#askers.get(effect.to)?.answer(effect.answer);
        this.#askers.delete(effect.to);
        break;
      default: {
        const answer = this.#answering.answerTo(effect);
        const heard = answer.then((event) => {
          if (event.kind === "broke") this.#fail(event.to, event.error);
          this.hear(event);
        });
        if (effect.kind === "send_events") this.#sending = answer.then((event) => event.kind === "events_sent");
        if (effect.kind === "report") this.#reporting = heard;
        // Callbacks are many, and each is itself a request that keeps the object until it is answered.
        if (effect.kind === "verify") heard.catch(unexpected);
        else waitUntil(heard.catch(unexpected));
      }
    }
  }

  /** A watcher's key may expire before anything else is due. */
  #setAlarm(due: Due | null, now: number): void {
    const { alarm, live } = this.#around;
    const { expiresAt } = live;
    const next = sooner(due, expiresAt === null ? null : { at: expiresAt, isRecovery: false });
    if (next === null) alarm.rest();
    else alarm.nothingBefore(next, now, this.batch.recoveryMs);
  }
}
