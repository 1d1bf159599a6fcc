/**
 * What the batch needs to dial: agent, number, and the carrier with its credentials, asked of the organization and kept
 * in memory for a short time, so that a changed credential or agent is used soon and each call costs no question.
 */

import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { Capabilities } from "../../dialer/carrier.ts";
import { carrierNamed } from "../../dialer/carriers.ts";
import { type Asking, CALLBACKS_TELL, type Dialer } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import { jittered } from "../../peer.ts";
import { REPORT_RETRY_AT_MOST_MS } from "../attempts/timing.ts";

export type Line = { readonly dialing: Dialing; readonly dialer: Dialer; readonly capabilities: Capabilities };

/** How long credentials and agent may be out of date. */
const FRESH_MS = 60_000;
const STALE = Number.NEGATIVE_INFINITY;

export class LineKeeper {
  readonly #ask: () => Promise<Result<Dialing, Failure>>;
  readonly #connect: (dialing: Dialing) => Dialer;
  #kept: { line: Line; at: number } | null = null;
  #asking: Promise<Line> | null = null;
  /** Callbacks ask no sooner, because the organization did not answer. */
  #askAgainAt = 0;
  /** Counts how often what is kept, or under way, was said to be out of date. */
  #forgotten = 0;

  constructor(ask: () => Promise<Result<Dialing, Failure>>, connect: (dialing: Dialing) => Dialer) {
    this.#ask = ask;
    this.#connect = connect;
  }

  /** Without waiting: null where it has to be asked for first. */
  ready(now: number): Line | null {
    return this.#kept !== null && now - this.#kept.at < FRESH_MS ? this.#kept.line : null;
  }

  /** What the organization has said, or is about to answer, may not be so any more. */
  forget(): void {
    this.#forgotten += 1;
    if (this.#kept !== null) this.#kept = { ...this.#kept, at: STALE };
  }

  /** As its adapter said when it was last connected. */
  get asking(): Asking {
    return this.#kept?.line.dialer.asking ?? CALLBACKS_TELL;
  }

  /**
   * By which a callback is verified. However old it is, it serves while the organization does not answer: what the carrier
   * says would be lost. One that is only old serves at once, and is asked for anew behind it. Throws where none is known
   * and none can be had.
   */
  async known(now: number): Promise<Line> {
    const kept = this.#kept;
    if (kept === null || this.ready(now) !== null) return this.get(now);
    // Callbacks are many, and an organization that does not answer may have too much to do.
    if (now < this.#askAgainAt) return kept.line;
    const asked = this.get(now).catch(() => {
      this.#askAgainAt = now + jittered(REPORT_RETRY_AT_MOST_MS);
      return kept.line;
    });
    return kept.at === STALE ? asked : kept.line;
  }

  /** Throws where the organization does not answer, or its number, agent or credentials are gone. */
  async get(now: number): Promise<Line> {
    const kept = this.ready(now);
    if (kept !== null) return kept;
    this.#asking ??= this.#load(now).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #load(now: number): Promise<Line> {
    const forgotten = this.#forgotten;
    const dialing = await this.#ask();
    if (!dialing.ok) throw new Error(`the organization has no line for this batch: ${JSON.stringify(dialing.failure)}`);
    const { capabilities } = carrierNamed(dialing.value.account.carrier);
    const line = { dialing: dialing.value, dialer: this.#connect(dialing.value), capabilities };
    this.#kept = { line, at: forgotten === this.#forgotten ? now : STALE };
    return line;
  }
}
