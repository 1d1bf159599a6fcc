/**
 * Asks the organization for the batch's line, once for all callers that wait for it, and keeps the answer in
 * `LineMemory`.
 */

import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import { carrierNamed } from "../../dialer/carriers.ts";
import type { Dialer } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import { jittered } from "../../peer.ts";
import { REPORT_RETRY_AT_MOST_MS } from "../attempts/timing.ts";
import type { Line, LineMemory } from "./line.ts";

export class LineSource {
  readonly #memory: LineMemory;
  readonly #ask: () => Promise<Result<Dialing, Failure>>;
  readonly #connect: (dialing: Dialing) => Dialer;
  /** Called with each line that the organization sends, new or unchanged. */
  readonly #heard: (line: Line) => void;
  #asking: Promise<Line> | null = null;
  /** Callbacks ask again only from then on, because the organization did not answer. */
  #askAgainAt = 0;

  constructor(
    memory: LineMemory,
    ask: () => Promise<Result<Dialing, Failure>>,
    connect: (dialing: Dialing) => Dialer,
    heard: (line: Line) => void = () => {},
  ) {
    this.#memory = memory;
    this.#ask = ask;
    this.#connect = connect;
    this.#heard = heard;
  }

  /**
   * The line to verify a callback with. An old line is used at once and refreshed in the background. A line that may be
   * out of date is used only if the organization does not answer; otherwise the carrier's report would be lost. Throws
   * if no line is known and none can be fetched.
   */
  async known(now: number): Promise<Line> {
    const { last, isStale } = this.#memory;
    if (last === null || this.#memory.ready(now) !== null) return this.get(now);
    // Callbacks are many, and an organization that does not answer may be overloaded.
    if (now < this.#askAgainAt) return last;
    const asked = this.get(now).catch(() => {
      this.#askAgainAt = now + jittered(REPORT_RETRY_AT_MOST_MS, now);
      return last;
    });
    return isStale ? asked : last;
  }

  /** Throws if the organization does not answer, or its number, agent or credentials are gone. */
  async get(now: number): Promise<Line> {
    const ready = this.#memory.ready(now);
    if (ready !== null) return ready;
    this.#asking ??= this.#load(now).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #load(now: number): Promise<Line> {
    const asked = this.#memory.ask(now);
    const dialing = await this.#ask();
    if (!dialing.ok) throw new Error(`the organization has no line for this batch: ${JSON.stringify(dialing.failure)}`);
    const { capabilities } = carrierNamed(dialing.value.account.carrier);
    const line = { dialing: dialing.value, dialer: this.#connect(dialing.value), capabilities };
    this.#memory.heard(line, asked);
    this.#heard(line);
    return line;
  }
}
