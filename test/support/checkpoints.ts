/**
 * The points at which a crash can separate a durable write from its effect, or an effect from its answer. They are
 * before and after every request to the carrier, and every message between objects. (Between two writes of one turn
 * there is no such point: the platform makes a turn's writes durable together, with its alarm.)
 *
 * A test counts the points in one run and crashes at each of them in later runs. At the chosen point code stops, and
 * from then on nothing is stored, sent or received. Then the objects end, so that their memory is gone.
 */

import { abortAllDurableObjects } from "cloudflare:test";
import { vi } from "vitest";
import { LaneObject } from "../../src/batch/dialing/lane.ts";
import { BatchObject } from "../../src/batch/object.ts";
import { OrganizationObject } from "../../src/organization/object.ts";
import { AlarmClock } from "../../src/storage/alarm-clock.ts";
import { Sql } from "../../src/storage/sql.ts";
import { WebhookObject } from "../../src/webhooks/object.ts";
import { until } from "./service.ts";

const CRASHED = new Error("crashed here, as the test asked");
// The runtime prints every one of thousands.
CRASHED.stack = CRASHED.message;

export class Checkpoints {
  /** What was passed, in order. */
  readonly passed: string[] = [];
  /** The batches that the run announced. */
  readonly batches: string[] = [];
  readonly #crashAt: number | null;
  readonly #counted: (name: string) => boolean;
  #isDown = false;
  #asking = 0;
  readonly #restore: (() => void)[] = [];

  /** `crashAt`: the number of the point, from 0, of those that are `counted`; null lets everything pass. */
  constructor(crashAt: number | null, counted: (name: string) => boolean = () => true) {
    this.#crashAt = crashAt;
    this.#counted = counted;
  }

  /** The point of the crash; null where the run has not come to it. */
  get crashedAt(): string | null {
    return this.#isDown ? (this.passed.at(-1) ?? null) : null;
  }

  install(): void {
    this.#watchCarrier();
    this.#watchMessages();
    this.#stopStorage();
  }

  /** Until the carrier has each request that has left. The calls that it knows are found again. */
  async carrierHasAnswered(): Promise<void> {
    await until(() => Promise.resolve(this.#asking === 0 ? true : null));
  }

  /** Everything runs again. */
  restore(): void {
    for (const undo of this.#restore) undo();
  }

  #watchCarrier(): void {
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes("/2010-04-01/")) return original(input, init);
      const operation = init?.method === "POST" ? "place" : "ask";
      this.#pass(`${operation}: the request has not left`);
      this.#asking += 1;
      const response = await original(input, init).finally(() => {
        this.#asking -= 1;
      });
      this.#pass(`${operation}: the answer has not arrived`);
      return response;
    };
    this.#restore.push(() => {
      globalThis.fetch = original;
    });
  }

  #watchMessages(): void {
    const [batch, organization, webhook] = [
      BatchObject.prototype,
      OrganizationObject.prototype,
      WebhookObject.prototype,
    ];
    this.#around(
      webhook,
      "take",
      webhook.take,
      "webhook: events sent, not stored",
      "webhook: events stored, not answered",
    );
    this.#around(webhook, "begin", webhook.begin, "webhook: to be tried, not begun", "webhook: begun, not delivered");
    this.#around(webhook, "settle", webhook.settle, "webhook: delivered, not heard", "webhook: heard, not answered");
    this.#around(
      batch,
      "create",
      batch.create,
      "create: announced, not stored",
      "create: stored and told, not answered",
    );
    this.#around(batch, "granted", batch.granted, "grant: stored, not heard", "grant: heard, not confirmed");
    this.#around(
      batch,
      "callback",
      batch.callback,
      "callback: arrived, not settled",
      "callback: settled, not answered",
    );
    this.#around(batch, "cancel", batch.cancel, "cancel: asked", "cancel: done, not answered");
    this.#around(batch, "append", batch.append, "append: asked", "append: done, not answered");
    this.#around(
      organization,
      "admitAppended",
      organization.admitAppended,
      "append: told, not counted",
      "append: counted, not heard",
    );
    this.#around(batch, "retry", batch.retry, "retry: asked", "retry: done, not answered");
    this.#around(
      organization,
      "report",
      organization.report,
      "report: sent, not heard",
      "report: heard, not acknowledged",
    );
    this.#around(organization, "clear", organization.clear, "clear: asked, not decided", "clear: decided, not heard");
    this.#around(
      batch,
      "rulesChanged",
      batch.rulesChanged,
      "rules: stored, not heard",
      "rules: heard, not acknowledged",
    );
    this.#around(batch, "callNow", batch.callNow, "direct: granted, not stored", "direct: dialed, not answered");
    const { prototype: lane } = LaneObject;
    this.#around(lane, "place", lane.place, "lane: asked, not placed", "lane: placed, not heard");
    this.#around(batch, "cancelCall", batch.cancelCall, "cancel call: asked", "cancel call: done, not answered");
    this.#around(
      organization,
      "announceCalls",
      organization.announceCalls,
      "direct: asked",
      "direct: granted, not answered",
      (result) => {
        if (result.ok) this.batches.push(result.value.id);
      },
    );
    this.#around(
      organization,
      "announceBatch",
      organization.announceBatch,
      "announce: asked",
      "announce: stored, not answered",
      (result) => {
        if (result.ok) this.batches.push(result.value.id);
      },
    );
  }

  /** Every write and alarm fails while the machine is down. */
  #stopStorage(): void {
    const { run, transaction } = Sql.prototype;
    const { ringBy, rest } = AlarmClock.prototype;
    const up = () => {
      if (this.#isDown) throw CRASHED;
    };
    Sql.prototype.run = function (...args) {
      up();
      return run.apply(this, args);
    };
    Sql.prototype.transaction = function (body) {
      up();
      return transaction.call(this, body) as ReturnType<typeof body>;
    };
    AlarmClock.prototype.ringBy = function (...args) {
      up();
      ringBy.apply(this, args);
    };
    AlarmClock.prototype.rest = function () {
      up();
      rest.apply(this);
    };
    this.#restore.push(() => {
      Object.assign(Sql.prototype, { run, transaction });
      Object.assign(AlarmClock.prototype, { ringBy, rest });
    });
  }

  #around<Args extends unknown[], Result>(
    object: object,
    key: string,
    original: (...args: Args) => Promise<Result>,
    before: string,
    after: string,
    onResult: (result: Result) => void = () => {},
  ): void {
    const pass = (name: string) => this.#pass(name);
    const watched = async function (this: unknown, ...args: Args): Promise<Result> {
      pass(before);
      const result = await original.apply(this, args);
      onResult(result);
      pass(after);
      return result;
    };
    Object.assign(object, { [key]: watched });
    this.#restore.push(() => {
      Object.assign(object, { [key]: original });
    });
  }

  #pass(name: string): void {
    if (this.#isDown) throw CRASHED;
    if (!this.#counted(name)) return;
    this.passed.push(name);
    if (this.passed.length - 1 !== this.#crashAt) return;
    this.#isDown = true;
    throw CRASHED;
  }
}

/** What is down complains, and everybody who asks it does. Until mocks are restored. */
export function expectComplaints(): void {
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "warn").mockReturnValue();
}

/**
 * What the objects had in memory is gone, with what was on its way to them. An eviction would wait for that until the
 * platform's limit, some seconds.
 */
export const endObjects = (): Promise<void> => abortAllDurableObjects();
