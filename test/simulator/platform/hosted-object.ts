/**
 * One Durable Object: its storage, which stays, and its lives, which end. A crash may come after any turn. Then the
 * turn's writes and messages are both lost, or its writes are durable and none, some or all of its messages were sent.
 */

import type { Platform } from "./platform.ts";
import type { Actor, Event } from "./scheduler.ts";
import { Storage } from "./storage.ts";

export type ObjectClass = new (ctx: object, env: object) => object;
type Methods = Record<string, (...args: unknown[]) => unknown>;

export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Error };

/** The platform's own error, which says that the request is not at fault ("Error handling"). */
export class ConnectionLost extends Error {
  readonly retryable = true;

  constructor(why = "") {
    super(`Network connection lost.${why}`);
  }
}

export type Reply = (outcome: Outcome) => void;

/** An idle object stays in memory for some seconds (Durable Objects, "Lifecycle"). */
const QUIET_MS = 10_000;
const QUIET_AT_MOST_MS = 140_000;
/** A failed alarm is retried (Alarms API). */
const ALARM_RETRIES = 6;
const ALARM_RETRY_MS = 2_000;

const CRASHES = ["before it is durable", "before anything left", "after some has left", "after all has left"] as const;

export class HostedObject {
  readonly platform: Platform;
  readonly label: string;
  readonly storage = new Storage();
  readonly #class: ObjectClass;
  #life: Life | null = null;
  #alarm: { readonly event: Event; readonly at: number } | null = null;
  #alarmFailures = 0;

  constructor(platform: Platform, objectClass: ObjectClass, label: string) {
    this.platform = platform;
    this.#class = objectClass;
    this.label = label;
  }

  /** In an event: the present life, or a new one whose constructor runs now. */
  wake(): Life {
    const { scheduler, chance, faults } = this.platform;
    if (this.#life !== null) {
      const quietMs = this.#life.quietMs;
      const goes =
        quietMs > QUIET_AT_MOST_MS ||
        (quietMs > QUIET_MS && chance.fault(`${this.label}/${scheduler.cause} evicted`, faults.eviction));
      if (!goes) return this.#life;
      this.#life.die("it was quiet");
    }
    const skew = `${this.label} skew of life`;
    const skewMs = chance.fault(skew, faults.skewMs > 0 ? 1 : 0)
      ? chance.between(`${skew} ms`, -faults.skewMs, faults.skewMs)
      : 0;
    this.platform.mostSkewMs = Math.max(this.platform.mostSkewMs, Math.abs(skewMs));
    const life = new Life(this, skewMs);
    this.#life = life;
    return life;
  }

  /** A message: its method runs in an event of its own, whose actor is the present life. */
  receive(method: string, args: readonly unknown[], reply: Reply): void {
    const life = this.#life ?? this.wake();
    life.call(() => {
      const target = life.instance(this.#class) as Methods;
      const called = target[method];
      if (typeof called !== "function")
        throw new TypeError(`The RPC receiver does not implement the method "${method}".`);
      return called.apply(target, args as unknown[]);
    }, reply);
  }

  /** By a release. */
  restart(): void {
    this.#life?.crash(1);
  }

  lifeEnded(life: Life): void {
    if (this.#life === life) this.#life = null;
    this.platform.deaths.push({ label: this.label, at: this.platform.scheduler.now });
    this.keepAlarm(life.skewMs);
  }

  /** Rings the alarm at its durable time, by the clock of the object's machine. */
  keepAlarm(skewMs: number): void {
    const at = this.storage.durableAlarmAt;
    if (this.#alarm?.at === at) return;
    if (this.#alarm !== null) this.#alarm.event.isCancelled = true;
    this.#alarm = at === null ? null : { at, event: this.#scheduleAlarm(at - skewMs) };
  }

  #scheduleAlarm(trueTime: number): Event {
    const { scheduler, chance, faults } = this.platform;
    const name = `${this.label}/${scheduler.cause} alarm late`;
    const lateMs = chance.fault(name, faults.alarmLate) ? chance.between(`${name} ms`, 50, 90_000) : 0;
    return scheduler.schedule(
      trueTime - scheduler.now + lateMs,
      () => this.wake(),
      "alarm",
      () => this.#ring(true),
    );
  }

  #ring(isFirst: boolean): void {
    const { scheduler, chance, faults } = this.platform;
    const life = this.#life ?? this.wake();
    if (isFirst) {
      this.#alarm = null;
      this.storage.takeAlarm();
      // The organization wakes its batches once an hour; only a message wakes an organization.
      const mayDrop = faults.alarmDropped > 0 && this.label.startsWith("batch");
      if (mayDrop && chance.fault(`${this.label}/${scheduler.cause} alarm dropped`, faults.alarmDropped)) {
        life.die("its alarm failed");
        return;
      }
      const name = `${this.label}/${scheduler.cause} alarm twice`;
      if (chance.fault(name, faults.alarmTwice)) {
        const laterMs = chance.between(`${name} ms`, 0, 5_000);
        scheduler.schedule(
          laterMs,
          () => this.wake(),
          "alarm again",
          () => this.#ring(false),
        );
      }
    }
    life.call(
      () => (life.instance(this.#class) as Methods).alarm?.(),
      (outcome) => this.#alarmEnded(outcome),
    );
  }

  #alarmEnded(outcome: Outcome): void {
    if (outcome.ok) {
      this.#alarmFailures = 0;
      return;
    }
    if (this.storage.alarmAt !== null || this.#alarmFailures >= ALARM_RETRIES) return;
    const waitMs = ALARM_RETRY_MS * 2 ** this.#alarmFailures;
    this.#alarmFailures += 1;
    this.storage.retryAlarmAt(this.platform.scheduler.now + waitMs);
    this.keepAlarm(0);
  }
}

/** From a constructor to the loss of the object's memory. */
export class Life implements Actor {
  readonly skewMs: number;
  isAlive = true;
  readonly #host: HostedObject;
  #instance: object | null = null;
  /** Requests without an answer. */
  readonly #calls = new Set<Reply>();
  /** Messages that leave when earlier writes are durable. */
  #outgoing: (() => void)[] = [];
  #commitsLater = false;
  #activeAt: number;
  /** Timers, and messages without an answer. */
  waits = 0;

  constructor(host: HostedObject, skewMs: number) {
    this.#host = host;
    this.skewMs = skewMs;
    this.#activeAt = host.platform.scheduler.now;
  }

  get label(): string {
    return this.#host.label;
  }

  /** How long nothing has kept it in memory; 0 while something does. */
  get quietMs(): number {
    return this.waits > 0 || this.#calls.size > 0 ? 0 : this.#host.platform.scheduler.now - this.#activeAt;
  }

  /** Made in the life's first event. */
  instance(objectClass: ObjectClass): object {
    this.#instance ??= new objectClass(this.#context(), this.#host.platform.env);
    return this.#instance;
  }

  call(body: () => unknown, reply: Reply): void {
    this.#activeAt = this.#host.platform.scheduler.now;
    this.#calls.add(reply);
    const answer = (outcome: Outcome): void => {
      if (!this.isAlive || !this.#calls.delete(reply)) return;
      this.#activeAt = this.#host.platform.scheduler.now;
      this.send(() => reply(outcome));
    };
    let made: Promise<unknown>;
    try {
      made = Promise.resolve(body());
    } catch (error) {
      made = Promise.reject(error);
    }
    made.then(
      (value) => answer({ ok: true, value }),
      (error: unknown) => {
        const said = error instanceof Error ? error : new Error(String(error));
        this.#host.platform.threw(this.label, said);
        // The caller gets only the message of what is thrown.
        answer({ ok: false, error: new Error(said.message) });
      },
    );
  }

  send(leave: () => void): void {
    if (this.#host.storage.isDirty || this.#outgoing.length > 0) this.#outgoing.push(leave);
    else leave();
  }

  turnEnded(): void {
    if (!this.isAlive) return;
    const { platform, storage } = this.#host;
    const { chance, faults, scheduler } = platform;
    storage.close();
    if (faults.crash > 0) {
      const name = `${this.label}/${scheduler.cause} crash`;
      if (chance.fault(name, faults.crash)) {
        this.crash(chance.between(`${name} how`, 0, CRASHES.length - 1));
        return;
      }
    }
    if (!storage.isDirty || this.#commitsLater) return;
    const name = `${this.label}/${scheduler.cause} commit late`;
    if (faults.lateCommit > 0 && chance.fault(name, faults.lateCommit)) {
      this.#commitsLater = true;
      scheduler.schedule(chance.between(`${name} ms`, 1, 30), this, "durable", () => this.#commit());
    } else this.#commit();
  }

  /** `how`: an index in `CRASHES`. */
  crash(how: number): void {
    if (how === 0) {
      this.#host.storage.rollback();
      this.#outgoing = [];
    } else {
      this.#host.storage.commit();
      const { chance } = this.#host.platform;
      const outgoing = this.#outgoing;
      this.#outgoing = [];
      for (const leave of outgoing) {
        if (how === 3 || (how === 2 && chance.happens(`${this.label} leaves`, 0.5))) leave();
      }
    }
    this.die("it crashed");
  }

  die(why: string): void {
    this.isAlive = false;
    const calls = [...this.#calls];
    this.#calls.clear();
    this.#host.lifeEnded(this);
    for (const reply of calls) reply({ ok: false, error: new ConnectionLost(` ${why}`) });
  }

  #commit(): void {
    this.#commitsLater = false;
    this.#host.storage.commit();
    this.#host.keepAlarm(this.skewMs);
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    for (const leave of outgoing) leave();
  }

  #context(): object {
    return {
      storage: this.#host.storage.interface,
      waitUntil: (work: Promise<unknown>) => this.#host.platform.waitsFor(this.label, work),
      getWebSockets: () => [],
      acceptWebSocket: () => {},
      setWebSocketAutoResponse: () => {},
      blockConcurrencyWhile: <T>(body: () => Promise<T>) => body(),
      abort: () => this.crash(1),
    };
  }
}
