/** Requests to append in turn, and numbers that are listed while the organization is asked. */

import { describe, expect, it } from "vitest";
import type { Order } from "../../src/batch/core/effects.ts";
import { grown } from "../../src/batch/people/appending.ts";
import { Appender, type Growing, type GrowingBatch } from "../../src/batch/steering/append.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import { summaryOf } from "../../src/batch/telling/views.ts";
import type { AppendAnswer, AppendRequest } from "../../src/calling/messages/appending.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import type { Failure } from "../../src/calling/requests/failure.ts";
import { err, ok, type Result } from "../../src/calling/requests/result.ts";
import { NO_RECIPIENTS } from "../../src/calling/words/batch-status.ts";
import { sampleBatch } from "./samples.ts";

const person = (to_number: string): NewRecipient => ({ to_number, metadata: null, timezone: null });

class World implements GrowingBatch, Growing {
  row: BatchRow = sampleBatch({ total_recipients: 0 });
  readonly roster = { counts: NO_RECIPIENTS };
  rulesHeard = 0;
  readonly present: NewRecipient[] = [];
  readonly listed = new Set<string>();
  readonly asked: AppendRequest[] = [];
  /** What happens between the organization's decision and its arrival. */
  meanwhile: () => void = () => {};
  budget = 10;
  readonly recipients = { all: () => this.present };
  readonly callingHours = { expiresAt: null };
  readonly batch = this;
  readonly appender = new Appender(this, (request) => this.#admit(request));

  obey(order: Order): void {
    if (order.kind !== "append") return;
    this.present.push(...order.recipients);
    this.row = grown(this.row, order.recipients.length, 1);
  }
  told(): Promise<void> {
    return Promise.resolve();
  }
  summary() {
    return summaryOf(this.row, { counts: NO_RECIPIENTS, called: 0, answered: 0, updatedAt: 0 });
  }

  async #admit(request: AppendRequest): Promise<Result<AppendAnswer, Failure>> {
    this.asked.push(request);
    const doNotCall = request.numbers.filter((number) => this.listed.has(number));
    const isTooMany = request.appendedBefore + request.numbers.length > this.budget;
    this.meanwhile();
    this.meanwhile = () => {};
    return isTooMany ? err({ kind: "usage_limit_reached", message: "" }) : ok({ doNotCall });
  }
}

const NO_KEY = { before: () => null, remember: () => {} };

describe("a request to append", () => {
  it("asks again where a number is listed between the organization's answer and its arrival", async () => {
    const world = new World();
    world.meanwhile = () => {
      world.listed.add("+1");
      world.rulesHeard += 1;
    };
    const appended = await world.appender.append([person("+1"), person("+2")], "skip", NO_KEY);
    expect(appended).toMatchObject({ value: { appended: 1, skippedDoNotCall: 1 } });
    expect(world.present.map(({ to_number }) => to_number)).toEqual(["+2"]);
    expect(world.asked).toHaveLength(2);
  });

  it("that meets a cancel takes back what was counted", async () => {
    const world = new World();
    world.meanwhile = () => {
      world.row = { ...world.row, cancelled_at: 1 };
    };
    expect(await world.appender.append([person("+1")], "skip", NO_KEY)).toMatchObject({ ok: false });
    expect(world.asked.map(({ appendedBefore, numbers }) => [appendedBefore, numbers.length])).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  it("waits for the one before it, also where that is refused", async () => {
    const world = new World();
    const many = Array.from({ length: 11 }, (_, index) => person(`+${index}`));
    const [refused, first, second] = await Promise.all([
      world.appender.append(many, "skip", NO_KEY),
      world.appender.append([person("+1")], "skip", NO_KEY),
      world.appender.append([person("+1"), person("+2")], "skip", NO_KEY),
    ]);
    expect(refused).toMatchObject({ failure: { kind: "usage_limit_reached" } });
    expect([first, second]).toMatchObject([
      { value: { appended: 1 } },
      { value: { appended: 1, skippedDuplicates: 1 } },
    ]);
    expect(world.row).toMatchObject({ total_recipients: 2, appended_recipients: 2 });
  });
});
