/**
 * What the batch needs to dial: agent, number, and the carrier with its credentials, asked of the organization and kept
 * in memory for a short time, so that a changed credential or agent is used soon and each call costs no question.
 */

import type { Capabilities } from "../../dialer/carrier.ts";
import { type Asking, CALLBACKS_TELL, type Dialer } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";

export type Line = { readonly dialing: Dialing; readonly dialer: Dialer; readonly capabilities: Capabilities };

/** How long credentials and agent may be out of date. */
const FRESH_MS = 60_000;
const STALE = Number.NEGATIVE_INFINITY;

/** A question that was asked then; `forgotten`: how often what was known had been said to be out of date. */
type Asked = { readonly at: number; readonly forgotten: number };

/** What is known of the line. In memory: losing it asks once more. */
export class LineMemory {
  #kept: { line: Line; at: number } | null = null;
  /** Counts how often what is kept, or under way, was said to be out of date. */
  #forgotten = 0;

  /** Null where it has to be asked for first. */
  ready(now: number): Line | null {
    return this.#kept !== null && now - this.#kept.at < FRESH_MS ? this.#kept.line : null;
  }

  /** However old it is; null where none was ever known. */
  get last(): Line | null {
    return this.#kept?.line ?? null;
  }

  /** The organization has said that it may not be so any more. */
  get isStale(): boolean {
    return this.#kept?.at === STALE;
  }

  /** What the organization has said, or is about to answer, may not be so any more. */
  forget(): void {
    this.#forgotten += 1;
    if (this.#kept !== null) this.#kept = { ...this.#kept, at: STALE };
  }

  /** As its adapter said when it was last connected. */
  get asking(): Asking {
    return this.last?.dialer.asking ?? CALLBACKS_TELL;
  }

  ask(now: number): Asked {
    return { at: now, forgotten: this.#forgotten };
  }

  heard(line: Line, { at, forgotten }: Asked): void {
    this.#kept = { line, at: forgotten === this.#forgotten ? at : STALE };
  }
}
