/**
 * A clock that tests drive: `Date` of the Worker and its objects, and of the carrier's records, moves when told to.
 * Alarms are set to driven instants, which the platform's own clock does not reach; `ring` runs those that are due.
 */

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { TestService } from "./service.ts";

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

  stop(): void {
    vi.useRealTimers();
  }

  /** Runs every alarm that is due. Nothing else wakes an object here. */
  async ring(): Promise<void> {
    const stubs = [
      this.#service.organizationObject(),
      ...this.#batches.map((id) => this.#service.batchObject(id)),
      ...this.#webhooks.map((id) => env.WEBHOOKS.getByName(id)),
    ];
    for (const stub of stubs) {
      const at = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
      if (at !== null && at <= Date.now()) await runDurableObjectAlarm(stub);
    }
  }
}
