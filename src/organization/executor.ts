/** Carries out what the organization has others do, and hands their answers back as events. Nothing is decided here. */

import type { BatchRpc } from "../batch/rpc.ts";
import { FREE_MS } from "../calling/messages/clearance.ts";
import type { SlotStatement } from "../calling/messages/slots.ts";
import { Latch } from "../latch.ts";
import { writeLog } from "../log.ts";
import { answerOf } from "../peer.ts";
import type { AlarmClock } from "../storage/alarm-clock.ts";
import type { Sql } from "../storage/sql.ts";
import type { WebhookRpc } from "../webhooks/rpc.ts";
import type { Effect, Message, OrganizationEvent } from "./core/effects.ts";
import { type Decision, Engine } from "./core/engine.ts";
import type { Organization } from "./core/organization.ts";
import type { Spread } from "./people/rule-notices.ts";

/** What is logged of a message without an answer. */
export const UNANSWERED: Readonly<Record<Message["kind"], string>> = {
  grant: "grant_not_delivered",
  audit: "audit_unanswered",
  rules: "rule_not_delivered",
  revoked: "revocation_not_delivered",
  wake: "sweep_unanswered",
  webhooks: "hint_unheard",
};

export type Surroundings = {
  readonly sql: Sql;
  readonly alarm: AlarmClock;
  readonly batch: (id: string) => BatchRpc;
  readonly webhook: (id: string) => Pick<WebhookRpc, "endpointChanged">;
  readonly waitUntil: (work: Promise<void>) => void;
};

export class Executor {
  readonly #engine: Engine;
  readonly #around: Surroundings;
  /** Clients that wait until batches have heard. Losing it breaks their connections, and they ask again. */
  readonly #heard = new Latch();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#engine = new Engine(around.sql, Date.now());
  }

  get organization(): Organization {
    return this.#engine.organization;
  }

  /** The clock is read once for each event. */
  hear(event: OrganizationEvent, now: number = Date.now()): void {
    this.#carryOut(this.#engine.handle(event, now), now);
  }

  decide<Answer>(decision: Decision<Answer>): Answer {
    const now = Date.now();
    const { answer, effects } = this.#engine.decide(decision, now);
    this.#carryOut(effects, now);
    return answer;
  }

  /** Resolves when every batch that may dial has heard of the rule, or when all that was answered before has expired. */
  untilHeard(spread: Spread): Promise<void> {
    return this.#heard.wait(FREE_MS, () => spread.waitsFor.size === 0);
  }

  /** Resolves when every batch knows of revoked keys, or when one does not answer. */
  untilRevoked(): Promise<void> {
    return this.#heard.wait(FREE_MS, () => this.organization.watches.isQuiet);
  }

  send(message: Message): void {
    this.#around.waitUntil(this.#answerTo(message).then((event) => this.hear(event)));
  }

  /** What the webhook's object has in memory is out of date. If it does not hear, it asks again within a minute. */
  tellWebhook(id: string): void {
    const told = answerOf(this.#around.webhook(id).endpointChanged());
    this.#around.waitUntil(
      told.catch((error) => writeLog({ level: "warn", event: "hint_unheard", to: id, error: String(error) })),
    );
  }

  #carryOut(effects: readonly Effect[], now: number): void {
    const { alarm } = this.#around;
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
          this.send(effect.message);
          break;
        case "warn":
          writeLog({ level: "warn", event: effect.event, batch: effect.batch });
          break;
        case "set_alarm":
          if (effect.due === null) alarm.rest();
          else alarm.nothingBefore(effect.due, now);
      }
    }
    this.#heard.look();
  }

  async #answerTo(message: Message): Promise<OrganizationEvent> {
    try {
      return { kind: "heard", message, statement: await this.#tell(message) };
    } catch (error) {
      writeLog({ level: "warn", event: UNANSWERED[message.kind], batch: message.batchId, error: String(error) });
      return { kind: "unheard", message };
    }
  }

  async #tell(message: Message): Promise<SlotStatement | null> {
    const batch = this.#around.batch(message.batchId);
    switch (message.kind) {
      case "grant": {
        const { grantedRequest: requestNumber, grantedSlots: slots } = message.holding;
        return answerOf(batch.granted({ requestNumber, slots, batchId: message.batchId }));
      }
      case "audit":
        return answerOf(batch.statement(message.batchId));
      case "rules":
        await answerOf(batch.rulesChanged(message.numbers));
        return null;
      case "revoked":
        await answerOf(batch.keyRevoked(message.keyId));
        return null;
      case "wake":
        await answerOf(batch.wake());
        return null;
      case "webhooks":
        await answerOf(batch.webhooksAre(message.targets));
        return null;
    }
  }
}
