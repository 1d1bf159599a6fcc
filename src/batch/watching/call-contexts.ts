/**
 * Facts about calls in flight that are not in their rows, for the choice of their end reasons. Losing them is safe:
 * rows and carrier's reports remain.
 */

import type { EndReason } from "../../calling/words/call.ts";
import type { CallContext } from "../../dialer/dialer.ts";
import type { AttemptRow } from "../store/attempt-states.ts";

export class CallContexts {
  readonly #find: (number: number) => AttemptRow | null;
  readonly #maxDurationMs: () => number;
  /** The agent's side closed the audio of these calls. Losing it makes their end reason `client_hangup`. */
  readonly #agentClosed = new Set<number>();
  /**
   * Why the watchdog asked the carrier to end these calls, and whether they were answered then. Losing it leaves the
   * carrier's own reason.
   */
  readonly #endedBecause = new Map<number, { readonly reason: EndReason; readonly isAnswered: boolean }>();

  constructor(find: (number: number) => AttemptRow | null, maxDurationMs: () => number) {
    this.#find = find;
    this.#maxDurationMs = maxDurationMs;
  }

  of(number: number): CallContext {
    const attempt = this.#find(number);
    const answered = attempt?.status === "started";
    const ended = this.#endedBecause.get(number);
    return {
      maxDurationSeconds: this.#maxDurationMs() / 1_000,
      answered,
      // A call that was answered before it could be cancelled goes on, and ends for another reason.
      endedBecause: (ended?.isAnswered === answered ? ended.reason : null) ?? attempt?.ended_because ?? null,
      agentClosed: this.#agentClosed.has(number),
    };
  }

  agentClosed(number: number): void {
    this.#agentClosed.add(number);
  }

  endedBecause(number: number, reason: EndReason): void {
    this.#endedBecause.set(number, { reason, isAnswered: this.#find(number)?.status === "started" });
  }

  forget(number: number): void {
    this.#agentClosed.delete(number);
    this.#endedBecause.delete(number);
  }
}
