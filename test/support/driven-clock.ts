/**
 * A clock that tests drive: `Date` of the Worker and its objects, and of the carrier's records, moves when told to.
 * Alarms are set to driven instants, which the platform's own clock does not reach; `ring` runs those that are due.
 */

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { TestService } from "./service.ts";

const HOUR_MS = 3_600_000;
const alarmOf = (object: DurableObjectStub): Promise<number | null> =>
  runInDurableObject(object, (_, state) => state.storage.getAlarm());

export class DrivenClock {
  readonly #service: TestService;
  readonly #batches: string[] = [];
  readonly #webhooks: string[] = [];
  #aheadMs = 0;

  constructor(service: TestService) {
    this.#service = service;
  }

  /** From now on the batch's alarm is rung too. */
  watch(batchId: string): void {
    this.#batches.push(batchId);
  }

  watchWebhook(webhookId: string): void {
    this.#webhooks.push(webhookId);
  }

  async advance(ms: number): Promise<void> {
    this.#aheadMs += ms;
    const target = Date.now() + ms;
    vi.useFakeTimers({ toFake: ["Date"], now: target });
    await this.#service.carrier.control("PUT", "clock", { ahead_ms: this.#aheadMs });
  }

  /** To the next alarm, and over an hour at most. Of an alarm that was broken off the platform tells nothing meanwhile. */
  async advanceToAlarm(atMostMs = HOUR_MS): Promise<void> {
    const alarms = await Promise.all(this.#objects().map(alarmOf));
    const next = Math.min(...alarms.filter((at) => at !== null), Date.now() + atMostMs);
    await this.advance(Math.max(1, next - Date.now()));
  }

  stop(): void {
    vi.useRealTimers();
  }

  /** Runs every alarm that is due. Nothing else wakes an object here. */
  async ring(): Promise<void> {
    for (const object of this.#objects()) {
      const at = await alarmOf(object);
      if (at !== null && at <= Date.now()) await runDurableObjectAlarm(object);
    }
  }

  #objects(): DurableObjectStub[] {
    return [
      this.#service.organizationObject(),
      ...this.#batches.map((id) => this.#service.batchObject(id)),
      ...this.#webhooks.map((id) => env.WEBHOOKS.getByName(id)),
    ];
  }
}
