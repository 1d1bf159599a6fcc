/** What humans have a batch do: cancel, retry, take more people in, or go on otherwise. Each is one change of the rows. */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { grown } from "../people/appending.ts";
import type { Roster } from "../people/roster.ts";
import { cancelQueued, requeueFailed } from "../store/attempts.ts";
import type { BatchRow } from "../store/batch-row.ts";
import { packRecipients } from "../store/recipients.ts";
import type { BatchState } from "./state.ts";

export type OrdersPort = {
  readonly state: BatchState;
  readonly summary: () => BatchSummary;
  /** What the organization has answered was asked under another policy. */
  readonly forgetAnswers: () => void;
  /** The batch has changed: watchers hear of it, and whatever can be done now is. */
  readonly changed: (now: number) => void;
};

export class Orders {
  readonly #port: OrdersPort;
  readonly #state: BatchState;

  constructor(port: OrdersPort) {
    this.#port = port;
    this.#state = port.state;
  }

  /** Whoever waits is cancelled; calls in flight run to their end, and whoever they are is not called again by itself. */
  cancel(): void {
    const now = Date.now();
    const { row, roster, sql } = this.#state;
    if (roster.counts.queued === 0 && (roster.flying === 0 || row.cancelled_at !== null)) return;
    this.#state.change(now, () => {
      cancelQueued(sql, now);
      this.#state.store({ ...row, cancelled_at: now, changed_at: now });
      this.#state.recount();
    });
    this.#port.changed(now);
  }

  /** Whoever failed waits again; nobody was cancelled. Returns the batch as it is then, before any of them is dialed. */
  retry(): BatchSummary {
    const now = Date.now();
    const { row, roster, sql } = this.#state;
    if (roster.counts.failed === 0) return this.#port.summary();
    this.#state.change(now, () => {
      requeueFailed(sql, now);
      const retry_count = row.retry_count + 1;
      this.#state.store({ ...row, retry_count, cancelled_at: null, changed_at: now, rest_known: 0 });
      this.#state.recount();
    });
    const retried = this.#port.summary();
    this.#port.changed(now);
    return retried;
  }

  /** More people to call, behind those who are in the batch. */
  append(recipients: readonly NewRecipient[]): void {
    const now = Date.now();
    if (recipients.length === 0) return;
    const { row } = this.#state;
    this.#state.change(now, () => {
      this.#state.recipients.insert(packRecipients(recipients, row.total_recipients), now);
      this.#state.store(grown(row, recipients.length, now));
      this.#state.regroup();
    });
    this.#port.changed(now);
  }

  /** A human changes what the batch is to do. A refusal changes nothing. */
  steer(
    change: (row: BatchRow, roster: Roster, now: number) => Result<BatchRow, Failure>,
  ): Result<BatchSummary, Failure> {
    const now = Date.now();
    const { row, roster } = this.#state;
    const after = change(row, roster, now);
    if (!after.ok) return after;
    if (after.value !== row) {
      const isOtherWindow = after.value.calling_window !== row.calling_window;
      const isOtherPolicy = after.value.retry_policy !== row.retry_policy;
      if (isOtherPolicy) this.#port.forgetAnswers();
      this.#state.change(now, () => {
        // There is something to say to the organization again, also where all is over.
        const steered: BatchRow = { ...after.value, rest_known: 0 };
        this.#state.store(isOtherPolicy ? { ...steered, holds: null } : steered);
        if (isOtherWindow) this.#state.regroup();
      });
      this.#port.changed(now);
    }
    return ok(this.#port.summary());
  }
}
