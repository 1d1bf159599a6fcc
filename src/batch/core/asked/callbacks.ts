/**
 * Carriers' requests about calls of the batch: verified, settled, answered. If anything is wrong with one, nothing changes
 * and the answer is always the same. If the organization does not answer, the request cannot be verified and the
 * carrier is asked to repeat it.
 */

import { areSameTexts } from "../../../calling/secrets/digest.ts";
import type { CarrierEventOutcome } from "../../../dialer/dialer.ts";
import type { Line } from "../../dialing/line.ts";
import type { Batch } from "../batch.ts";
import type { Effect } from "../effects.ts";
import type { CallbackVerdict, RequestOf } from "./requests.ts";

type Callback = RequestOf<"callback">;

/** Where one stands that is not answered. */
type Open =
  /** Waits for a line. `fallback`: the one to use if none comes. `isSecond`: an older line has rejected it. */
  | { readonly kind: "waits"; readonly callback: Callback; readonly fallback: Line | null; readonly isSecond: boolean }
  | { readonly kind: "verifying"; readonly callback: Callback; readonly line: Line; readonly isSecond: boolean };

const FORBIDDEN: CallbackVerdict = { kind: "forbidden" };

export class Callbacks {
  /** By who asks. Losing them is safe: the carrier repeats what was not answered. */
  readonly #open = new Map<number, Open>();

  /** Changes no row. */
  requested(batch: Batch, callback: Callback, now: number, effects: Effect[]): void {
    const row = batch.attempts.find(callback.number);
    // All tokens have the same length, so the length tells nothing.
    const isKnown = row !== null && row.token !== null && areSameTexts(callback.token ?? row.token, row.token);
    if (!isKnown) {
      reply(callback, FORBIDDEN, effects);
      return;
    }
    const line = batch.line.toVerify(now);
    if (line !== null) this.#verify(batch, callback, line, false, effects);
    else this.#wait(callback, batch.line.last, false);
  }

  /** A line has come. */
  lineCame(batch: Batch, line: Line, effects: Effect[]): void {
    for (const open of [...this.#open.values()]) {
      if (open.kind === "waits") this.#verify(batch, open.callback, line, open.isSecond, effects);
    }
  }

  /** No line has come. */
  lineFailed(batch: Batch, error: unknown, effects: Effect[]): void {
    for (const open of [...this.#open.values()]) {
      if (open.kind !== "waits") continue;
      const log = { level: "warn", event: "callback_unverified", batch: batch.row.id, error: String(error) } as const;
      effects.push({ kind: "log", log });
      if (open.fallback !== null) this.#verify(batch, open.callback, open.fallback, false, effects);
      else this.#answer(open.callback, { kind: "unanswered" }, effects);
    }
  }

  /** What the carrier reports, if the request is genuine and reports anything. Answers the request. */
  verified(
    batch: Batch,
    to: number,
    outcome: CarrierEventOutcome,
    now: number,
    effects: Effect[],
  ): CallbackNews | null {
    const open = this.#open.get(to);
    if (open === undefined || open.kind !== "verifying") return null;
    const { callback } = open;
    if (outcome.kind === "forged") {
      this.#forged(batch, open, now, effects);
      return null;
    }
    if (outcome.kind === "undone") {
      this.#answer(callback, { kind: "unanswered" }, effects);
      return null;
    }
    this.#answer(callback, { kind: "accepted", ...outcome.reply }, effects);
    return outcome.kind === "event" ? { number: callback.number, event: outcome.event } : null;
  }

  forget(to: number): void {
    this.#open.delete(to);
  }

  /** The line may have been old, and the present one have newer credentials. */
  #forged(batch: Batch, { callback, line, isSecond }: Open & { kind: "verifying" }, now: number, effects: Effect[]) {
    const ready = batch.line.ready(now);
    if (isSecond || ready === line) this.#answer(callback, FORBIDDEN, effects);
    else if (ready !== null) this.#verify(batch, callback, ready, true, effects);
    else {
      batch.line.want();
      this.#wait(callback, null, true);
    }
  }

  #wait(callback: Callback, fallback: Line | null, isSecond: boolean): void {
    this.#open.set(callback.to, { kind: "waits", callback, fallback, isSecond });
  }

  #verify(batch: Batch, callback: Callback, line: Line, isSecond: boolean, effects: Effect[]): void {
    const { to, number, token, request } = callback;
    // Without a token only the signature is left, and only shared callbacks are sure to have one.
    if ((token === null) !== (line.capabilities.callbacks === "shared")) {
      this.#answer(callback, FORBIDDEN, effects);
      return;
    }
    this.#open.set(to, { kind: "verifying", callback, line, isSecond });
    effects.push({ kind: "verify", to, line, request, context: batch.contexts.of(number) });
  }

  #answer(callback: Callback, verdict: CallbackVerdict, effects: Effect[]): void {
    this.#open.delete(callback.to);
    reply(callback, verdict, effects);
  }
}

/** What a genuine request says of a call. */
export type CallbackNews = {
  readonly number: number;
  readonly event: Extract<CarrierEventOutcome, { readonly kind: "event" }>["event"];
};

function reply({ to }: Callback, answer: CallbackVerdict, effects: Effect[]): void {
  effects.push({ kind: "reply", to, answer });
}
